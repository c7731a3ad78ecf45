/** The editor tab that the dashboard lives in. The editor makes the page anew whenever it comes into sight. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { type DashboardData, type FromDashboard, RANGES, type ToDashboard } from '../../media/dashboardMessages';
import { pageHtml } from '../pageHtml';
import { dashboardWords } from './words';

export const VIEW_TYPE = 'minnow.dashboard';

export interface DashboardPanelParts {
  readonly extensionUri: vscode.Uri;
  readonly onMessage: (message: FromDashboard) => void;
  readonly log: vscode.LogOutputChannel;
}

export class DashboardPanel implements vscode.Disposable {
  #panel: vscode.WebviewPanel | undefined;

  constructor(private readonly parts: DashboardPanelParts) {}

  get isVisible(): boolean {
    return this.#panel?.visible === true;
  }

  /** Opens it, or brings it to the front. */
  show(): void {
    if (this.#panel !== undefined) this.#panel.reveal();
    else this.adopt(vscode.window.createWebviewPanel(VIEW_TYPE, 'Minnow', vscode.ViewColumn.Active));
  }

  /** Fills a tab: a new one, or one that was open when the window was closed. */
  adopt(panel: vscode.WebviewPanel): void {
    const { extensionUri, onMessage, log } = this.parts;
    const folder = vscode.Uri.joinPath(extensionUri, 'dist', 'page');
    this.#panel?.dispose();
    this.#panel = panel;
    panel.title = vscode.l10n.t('Minnow Dashboard');
    panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'chat.svg');
    panel.webview.options = { enableScripts: true, localResourceRoots: [folder] };
    panel.webview.onDidReceiveMessage((value: unknown) => {
      const message = fromDashboard(value);
      if (message) onMessage(message);
      else log.warn('The dashboard sent a message that is none.');
    });
    panel.onDidDispose(() => {
      if (this.#panel === panel) this.#panel = undefined;
    });
    panel.webview.html = html(panel.webview, folder);
  }

  tell(data: DashboardData): void {
    const message: ToDashboard = { type: 'data', data };
    // A page that is going away does not hear it: it is told everything when it comes back.
    void this.#panel?.webview.postMessage(message);
  }

  dispose(): void {
    this.#panel?.dispose();
  }
}

function html(webview: vscode.Webview, folder: vscode.Uri): string {
  const at = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
  return pageHtml({
    script: at('dashboard.js'),
    style: at('dashboard.css'),
    cspSource: webview.cspSource,
    nonce: randomBytes(16).toString('base64url'),
    place: 'dashboard',
    words: dashboardWords(),
    language: vscode.env.language,
  });
}

/** What comes from the page is checked before it is used. */
function fromDashboard(value: unknown): FromDashboard | undefined {
  if (typeof value !== 'object' || value === null || !('type' in value)) return undefined;
  const { type } = value;
  if (type === 'ready' || type === 'export' || type === 'reset' || type === 'openSetting') return { type };
  const range = type === 'range' && 'range' in value ? RANGES.find((each) => each === value.range) : undefined;
  return range && { type: 'range', range };
}
