/** Puts a page of ours into a web view. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { pageHtml } from './pageHtml';

/** @param name of its script and style in `dist/page`, and of the element that it fills */
export function showPage(webview: vscode.Webview, extensionUri: vscode.Uri, name: string, words: object): void {
  const folder = vscode.Uri.joinPath(extensionUri, 'dist', 'page');
  const at = (file: string): string => webview.asWebviewUri(vscode.Uri.joinPath(folder, file)).toString();
  webview.options = { enableScripts: true, localResourceRoots: [folder] };
  webview.html = pageHtml({
    script: at(`${name}.js`),
    style: at(`${name}.css`),
    cspSource: webview.cspSource,
    nonce: randomBytes(16).toString('base64url'),
    place: name,
    words,
    language: vscode.env.language,
  });
}
