/** The editor tab that the dashboard lives in. The editor makes the page anew whenever it comes into sight. */
import * as vscode from 'vscode';
import { type DashboardData, type FromDashboard, RANGES, type ToDashboard } from '../../media/dashboardMessages';
import { showPage } from '../webviewPage';
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
    else {
      void this.#closeUnfilled();
      this.adopt(vscode.window.createWebviewPanel(VIEW_TYPE, 'Minnow', vscode.ViewColumn.Active));
    }
  }

  /** Fills a tab: a new one, or one that was open when the window was closed. */
  adopt(panel: vscode.WebviewPanel): void {
    const { extensionUri, onMessage, log } = this.parts;
    this.#panel?.dispose();
    this.#panel = panel;
    panel.title = vscode.l10n.t('Minnow Dashboard');
    // A tab gives an icon no colour of the theme: ours has its own.
    panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'icon.png');
    panel.webview.onDidReceiveMessage((value: unknown) => {
      const message = fromDashboard(value);
      if (message) onMessage(message);
      else log.warn('The dashboard sent a message that is none.');
    });
    panel.onDidDispose(() => {
      if (this.#panel === panel) this.#panel = undefined;
    });
    showPage(panel.webview, extensionUri, 'dashboard', dashboardWords());
  }

  /** Tabs that were open when the window was closed, and have not come into sight since: the editor fills them only then. */
  async #closeUnfilled(): Promise<void> {
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    // The editor puts something of its own before the name.
    const isOurs = ({ input }: vscode.Tab): boolean =>
      input instanceof vscode.TabInputWebview && input.viewType.endsWith(VIEW_TYPE);
    await vscode.window.tabGroups.close(tabs.filter(isOurs));
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

/** What comes from the page is checked before it is used. */
function fromDashboard(value: unknown): FromDashboard | undefined {
  if (typeof value !== 'object' || value === null || !('type' in value)) return undefined;
  const { type } = value;
  if (type === 'ready' || type === 'export' || type === 'reset' || type === 'openSetting') return { type };
  const range = type === 'range' && 'range' in value ? RANGES.find((each) => each === value.range) : undefined;
  return range && { type: 'range', range };
}
