/** A built page of ours in a real browser, as the extension's host would show it: under its content-security policy, in a theme of VS Code. */
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { ToDashboard } from '../../../media/dashboardMessages';
import type { FromPage, ToPage } from '../../../media/messages';
import { launchBrowser } from '../../e2e/lib/browser';
import { until } from '../../e2e/lib/until';
import { root } from '../../support/server';
import { type ThemeName, themes } from './themes';
import { dashboardWords, words } from './words';

const kinds: Readonly<Record<ThemeName, string>> = {
  dark: 'vscode-dark',
  light: 'vscode-light',
  contrastDark: 'vscode-high-contrast',
  contrastLight: 'vscode-high-contrast-light vscode-high-contrast',
};
const types: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css', ttf: 'font/ttf' };
/** A page by the name of its files, and of the element that it fills. */
export type PageName = 'chat' | 'dashboard';
const wordsOf = { chat: words, dashboard: dashboardWords } as const;
const grounds = { chat: 'sideBar', dashboard: 'editor' } as const;
const fonts = {
  'font-family': '"DejaVu Sans", sans-serif',
  'font-size': '13px',
  'font-weight': 'normal',
  'editor-font-family': '"DejaVu Sans Mono", monospace',
  'editor-font-size': '12px',
};

/** What the page finds in place of VS Code: it records what is posted, and keeps the state in the window's name, over reloading. */
const stub = `
  window.posted = [];
  window.violations = [];
  document.addEventListener('securitypolicyviolation', (e) => window.violations.push(e.violatedDirective + ' ' + e.blockedURI));
  let taken = false;
  window.acquireVsCodeApi = () => {
    if (taken) throw new Error('acquired twice');
    taken = true;
    return {
      postMessage: (message) => window.posted.push(structuredClone(message)),
      getState: () => (window.name ? JSON.parse(window.name) : undefined),
      setState: (state) => { window.name = JSON.stringify(state); },
    };
  };`;

function html(name: PageName, theme: ThemeName, origin: string): string {
  const style = Object.entries({ ...themes[theme], ...fonts }).map(([name, value]) => `--vscode-${name}: ${value};`);
  const policy = `default-src 'none'; script-src 'nonce-n'; style-src ${origin} 'nonce-n'; font-src ${origin}; img-src 'none'`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${name}</title>
<meta http-equiv="Content-Security-Policy" content="${policy}">
<style nonce="n">:root { ${style.join(' ')} } html { background: var(--vscode-${grounds[name]}-background); }</style>
<link rel="stylesheet" href="/${name}.css"></head><body class="${kinds[theme]}"><div id="${name}"></div>
<script type="application/json" id="words" nonce="n">${JSON.stringify(wordsOf[name])}</script>
<script nonce="n">${stub}</script><script nonce="n" src="/${name}.js"></script></body></html>`;
}

export class ChatPage {
  readonly page: Page;
  /** Anything that the page asked the network for beside its own files, and errors of its scripts. */
  readonly faults: string[] = [];

  constructor(page: Page, origin: string) {
    this.page = page;
    page.on('pageerror', (error) => this.faults.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(origin)) this.faults.push(`asked for ${request.url()}`);
    });
  }

  /** Posts as the extension does, and waits until it is drawn. */
  async tell(...messages: readonly (ToPage | ToDashboard)[]): Promise<void> {
    await this.page.evaluate(`for (const m of ${JSON.stringify(messages)}) window.postMessage(m, '*');`);
    await this.frames(3);
  }

  async frames(count: number): Promise<void> {
    const wait =
      'new Promise((done) => { const next = (n) => n ? requestAnimationFrame(() => next(n - 1)) : done(); next(';
    await this.page.evaluate(`${wait}${count}); })`);
  }

  /** Waits for an expression to be true. Not Playwright's own way, which needs `eval` in the page. */
  until(expression: string): Promise<true> {
    const ask = async () => ((await this.page.evaluate<boolean>(expression)) ? true : undefined);
    return until(ask, { timeout: 5_000, what: expression });
  }

  posted(): Promise<readonly FromPage[]> {
    return this.page.evaluate('window.posted');
  }

  /** The last message of a type. */
  async last<T extends FromPage['type']>(type: T): Promise<Extract<FromPage, { type: T }> | undefined> {
    const isOfType = (message: FromPage): message is Extract<FromPage, { type: T }> => message.type === type;
    return (await this.posted()).filter(isOfType).at(-1);
  }

  violations(): Promise<readonly string[]> {
    return this.page.evaluate('window.violations');
  }

  /** A picture for a person to look at. */
  async shoot(name: string): Promise<void> {
    await mkdir(path.join(root, '.run/page'), { recursive: true });
    await this.page.screenshot({ path: path.join(root, '.run/page', `${name}.png`) });
  }
}

export interface Studio {
  open(options?: { theme?: ThemeName; width?: number; height?: number }): Promise<ChatPage>;
  close(): Promise<void>;
}

/** A browser, and a server of this machine for the page's files. */
export async function openStudio(shown: PageName = 'chat'): Promise<Studio> {
  const browser = await launchBrowser();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const name = url.pathname.slice(1);
    if (/^(chat|dashboard)\.(js|css)$|^codicon\.ttf$/.test(name)) {
      response.setHeader('content-type', types[name.split('.')[1] ?? ''] ?? '');
      response.end(readFileSync(path.join(root, 'dist/page', name)));
    } else if (name === '') {
      response.setHeader('content-type', 'text/html');
      response.end(html(shown, themeOf(url.searchParams.get('theme')), `http://${request.headers.host}`));
    } else response.writeHead(404).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { open: (options = {}) => open(browser, server, options), close: () => close(browser, server) };
}

async function open(
  browser: Browser,
  server: Server,
  options: Parameters<Studio['open']>[0] & object,
): Promise<ChatPage> {
  const { port } = server.address() as AddressInfo;
  const page = await browser.newPage({ viewport: { width: options.width ?? 420, height: options.height ?? 760 } });
  const chat = new ChatPage(page, `http://127.0.0.1:${port}`);
  await page.goto(`http://127.0.0.1:${port}/?theme=${options.theme ?? 'dark'}`);
  await chat.until("window.posted.some((m) => m.type === 'ready')");
  return chat;
}

async function close(browser: Browser, server: Server): Promise<void> {
  await browser.close();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
}

function themeOf(name: string | null): ThemeName {
  return name === 'light' || name === 'contrastDark' || name === 'contrastLight' ? name : 'dark';
}
