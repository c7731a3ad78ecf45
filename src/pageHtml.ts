/** The document that a page of ours lives in. It loads our script, our style and our icon font, and nothing else from anywhere. */

export interface HtmlParts {
  readonly script: string;
  readonly style: string;
  /** Where the editor serves a page's own files from. */
  readonly cspSource: string;
  /** Another one each time. */
  readonly nonce: string;
  /** Identifier of the element that the page fills. */
  readonly place: string;
  readonly words: object;
  /** BCP 47 tag of the language of the words. */
  readonly language: string;
}

export function pageHtml({ script, style, cspSource, nonce, place, words, language }: HtmlParts): string {
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${attribute(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${attribute(style)}">
<title>Minnow</title>
</head>
<body>
<div id="${attribute(place)}"></div>
<script type="application/json" id="words" nonce="${nonce}">${json(words)}</script>
<script nonce="${nonce}" src="${attribute(script)}"></script>
</body>
</html>
`;
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

/** Nothing in it can end the element that it stands in. */
function json(value: object): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
