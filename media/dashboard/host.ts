/** The page's end of the door to the extension. */
import type { DashboardData, DashboardWords, FromDashboard, ToDashboard } from '../dashboardMessages';

interface VsCodeApi {
  postMessage(message: FromDashboard): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

export interface Host {
  readonly words: DashboardWords;
  post(message: FromDashboard): void;
}

/** VS Code gives its interface once in the life of a page. */
export function openHost(): Host {
  const api = acquireVsCodeApi();
  return { words: wordsOfPage(), post: (message) => api.postMessage(message) };
}

/** The extension is the only one that can post here; anything without a type is of the editor's own machinery. */
export function onData(hear: (data: DashboardData) => void): void {
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isToDashboard(data)) hear(data.data);
  });
}

function isToDashboard(value: unknown): value is ToDashboard {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'data' && 'data' in value;
}

/** @throws {Error} when the page has no words: the extension always puts them there. */
function wordsOfPage(): DashboardWords {
  const text = document.getElementById('words')?.textContent;
  if (!text) throw new Error('The page has no words.');
  return JSON.parse(text) as DashboardWords;
}
