/**
 * What a model may write, by chance or because a file told it to. None of it may run, load, go anywhere, take the page's place or hold it
 * up; all of it stays readable.
 */
import assert from 'node:assert/strict';
import { type ChatPage, openStudio, type Studio } from './lib/chatPage';
import { answer, conversation, exchange, grown } from './lib/messages';

interface Hostile {
  readonly name: string;
  readonly text: string;
  /** What of it must be readable. */
  readonly shows?: string;
}

const alert = 'window.hacked = true';
const many = (text: string, count: number) => text.repeat(count);
const fence = '```';

const table: readonly Hostile[] = [
  { name: 'a script', text: `<script>${alert}</script>`, shows: alert },
  { name: 'handlers', text: `<img src=x onerror="${alert}"> <body onload="${alert}">`, shows: 'onerror' },
  {
    name: 'SVG',
    text: `<svg onload="${alert}"><script>${alert}</script><a xlink:href="javascript:${alert}">x</a></svg>`,
  },
  {
    name: 'MathML',
    text: `<math><mtext><table><mglyph><style><img src=x onerror="${alert}"></style></mglyph></table></mtext></math>`,
  },
  { name: 'a frame', text: '<iframe src="https://example.com" srcdoc="<script>parent.hacked=1</script>"></iframe>' },
  {
    name: 'a style over everything',
    text: '<style>*{display:none}</style><div style="position:fixed;inset:0">over</div>',
    shows: 'over',
  },
  { name: 'a form', text: '<form action="https://example.com"><input name="password"><button>Log in</button></form>' },
  {
    name: 'a page that moves on',
    text: '<meta http-equiv="refresh" content="0;url=https://example.com"><base href="https://example.com">',
  },
  { name: 'HTML that is not closed', text: 'before <div><b>bold\n\nafter -->', shows: 'after' },
  { name: 'ids and names of the page', text: '<div id="chat" class="history">x</div><a name="acquireVsCodeApi">y</a>' },
  {
    name: 'pictures',
    text: '![a cat](https://example.com/cat.png) ![p](data:image/png;base64,AAAA "t") ![](//example.com/x.png)',
    shows: 'a cat',
  },
  {
    name: 'links that run',
    text: `[a](javascript:${alert}) [b](data:text/html,x) [c](command:minnow.restart) [d](vscode:extension/x) [e](JAVASCRIPT&colon;x) <javascript:${alert}>`,
  },
  {
    name: 'a link that breaks out',
    text: '[x](https://example.com/"onmouseover="window.hacked=1) [y](<https://e.com/" autofocus onfocus="window.hacked=1>)',
  },
  {
    name: 'a link that shows another address',
    text: '[https://github.com](https://evil.example/x) <https://user@evil.example> [src/a.ts](../../../etc/passwd)',
    shows: 'https://github.com',
  },
  {
    name: 'links to what the editor would run',
    text: '[a](vscode-webview://x) [b](vscode-file://x) [c](vscode-remote://x/y) [d](ms-settings:x) <command:workbench.action.terminal.new> [e](file:///etc/passwd) [f](//evil.example)',
  },
  {
    name: 'a button and an instruction for tools',
    text: '<button onclick="window.hacked=true">Accept</button><tool_call>{"name":"run","arguments":{"command":"rm -rf /"}}</tool_call><vscode-button>Run</vscode-button>',
  },
  { name: 'a reference that runs', text: `[x][r]\n\n[r]: javascript:${alert} "t"` },
  { name: 'a language that breaks out', text: `${fence}"><img src=x onerror=${alert}>\ncode\n${fence}`, shows: 'code' },
  {
    name: 'markup in code',
    text: `${fence}html\n</code></pre><script>${alert}</script><span class="history">\n${fence}`,
    shows: '</code></pre>',
  },
  {
    name: 'markup in highlighted code',
    text: `${fence}js\nlet a = "</span><img src=x onerror=${alert}>&lt;";\n${fence}`,
    shows: '</span><img src=x',
  },
  {
    name: 'a fence that is not closed',
    text: `before\n\n${many('`', 5)}ts\nlet x = 1;\n${fence}\nstill code`,
    shows: 'still code',
  },
  {
    name: 'terminal escapes',
    text: `\u001b[31mred\u001b[0m \u001b]8;;https://example.com\u0007link\u0007 \u0000 ${fence}\n\u001b[2J\n${fence}`,
    shows: '␛[31mred',
  },
  {
    name: 'text turned around',
    text: `access \u202etxt.exe\u202c \u2066x\u2069 and \`a\u202eb\` and\n\n${fence}js\n/*\u202e } \u2066if (admin)\u2069 \u2066 begin */\n${fence}`,
    shows: 'U+202E',
  },
  { name: 'characters without width', text: `${fence}js\nlet a\u200bb = '\ufeff';\n${fence}`, shows: 'U+200B' },
  { name: 'right to left', text: 'مرحبا **بالعالم** `code`\n\n- שלום\n- hello', shows: 'مرحبا' },
  { name: 'marks piled up', text: `Z${many('\u0300\u0301\u0302', 2_000)}algo`, shows: 'algo' },
  { name: 'lone surrogates', text: 'a\ud800b \udc00 `\ud83d`', shows: 'a' },
  { name: 'a line of 1 MB', text: many('x', 1_000_000), shows: 'xxx' },
  { name: 'a line of 1 MB in code', text: `${fence}js\n${many('x=1;', 250_000)}\n${fence}\n\nend`, shows: 'end' },
  { name: '1 MB of prose', text: many('Some *words* and `code` of a long answer.\n\n', 24_000), shows: 'words' },
  {
    name: '1 MB of code',
    text: `${fence}ts\n${many('const value = compute("text"); // step\n', 26_000)}${fence}\n\nend`,
    shows: 'end',
  },
  { name: '10,000 brackets', text: `${many('[', 10_000)}x`, shows: 'x' },
  { name: '10,000 bracket pairs', text: many('[a](', 5_000) },
  { name: 'pictures in pictures', text: many('![', 10_000) },
  { name: '50,000 stars', text: many('*a_ ', 12_500), shows: '*a_' },
  { name: 'stars and bars', text: many('**x__', 4_000) },
  { name: 'deep quotes', text: `${many('> ', 5_000)}deep`, shows: 'deep' },
  {
    name: 'deep lists',
    text: Array.from({ length: 400 }, (_, depth) => `${many('  ', depth)}- item ${depth}`).join('\n'),
    shows: 'item 399',
  },
  {
    name: 'a table of 500 columns',
    text: `${many('|a', 500)}|\n${many('|-', 500)}|\n${many(`${many('|b', 500)}|\n`, 20)}`,
  },
  {
    name: 'backticks that do not close',
    text: Array.from({ length: 400 }, (_, count) => `${many('`', count)}x`).join(' '),
  },
  { name: 'entities', text: '&lt;script&gt; &#0; &#x202e; &notAnEntity; &amp;amp;', shows: '<script>' },
];

/** Elements and attributes that no answer may bring. */
const forbidden = `[...document.querySelectorAll('.answer .body *')].flatMap((e) => [
  ...(['SCRIPT','IMG','IFRAME','STYLE','FORM','INPUT','SVG','MATH','META','BASE','OBJECT','EMBED','LINK','VIDEO'].includes(e.tagName.toUpperCase()) ? [e.tagName] : []),
  ...[...e.attributes].filter((a) => /^on|^(href|src|srcset|style|id|name|action)$/.test(a.name) && !(e.className === 'part' && a.name === 'style')).map((a) => e.tagName + ' ' + a.name),
  ...(e.dataset.href && !/^(https?|mailto|file):|^[^:]*$/.test(e.dataset.href) ? [e.dataset.href] : []),
])`;

describe('a hostile answer', () => {
  let studio: Studio;
  let chat: ChatPage;
  before(async () => {
    studio = await openStudio();
    chat = await studio.open();
  });
  after(() => studio?.close());

  for (const [index, { name, text, shows }] of table.entries())
    it(`is harmless: ${name}`, async () => {
      const id = `e${index}`;
      const started = performance.now();
      await chat.tell(conversation(exchange(id, name, answer(text))));
      const took = performance.now() - started;
      assert.deepEqual(await chat.page.evaluate(forbidden), []);
      const shown: string = await chat.page.evaluate("document.querySelector('.answer > .body').textContent");
      if (shows !== undefined) assert.ok(shown.includes(shows), shown.slice(0, 300));
      assert.equal(await chat.page.evaluate('window.hacked'), undefined);
      assert.deepEqual([await chat.violations(), chat.faults], [[], []]);
      assert.equal(await chat.page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
      // Far above what is seen, far below what a person would call stuck.
      assert.ok(took < 5_000, `${Math.round(took)} ms`);
      if (took > 200) console.log(`      ${name}: ${Math.round(took)} ms`);
    });

  it('shows where a link leads before it is clicked', async () => {
    await chat.tell(conversation(exchange('l', 'q', answer('[https://github.com](https://evil.example/x)'))));
    const told = await chat.page.evaluate("document.querySelector('.answer .body [data-href]').title");
    assert.match(String(told), /https:\/\/evil\.example\/x/);
  });

  it('is harmless while it grows, too', async () => {
    const growing = (text: string) => exchange('g', 'q', answer(text, { state: 'writing' }));
    for (const { text } of table.filter((each) => each.text.length < 400)) {
      await chat.tell({ ...conversation(growing('')), isBusy: true } as Parameters<ChatPage['tell']>[0]);
      for (let end = 1; end < text.length; end += 7)
        await chat.page.evaluate(`window.postMessage(${JSON.stringify(grown('g', text.slice(0, end)))}, '*')`);
      await chat.tell(grown('g', text));
      assert.deepEqual(await chat.page.evaluate(forbidden), [], text);
    }
    assert.equal(await chat.page.evaluate('window.hacked'), undefined);
    assert.deepEqual([await chat.violations(), chat.faults], [[], []]);
  });
});
