/** How fast models were on this machine: measured on request, kept, and shown beside them. */
import * as vscode from 'vscode';
import { type Backend, MeasureSpeedRequest, type Speed } from '../../server/protocol';
import type { ServerProcess } from '../client/serverProcess';
import type { Memory } from './store';

export interface Measured extends Speed {
  readonly modelId: string;
  readonly backend: Backend;
  /** Milliseconds since 1970. */
  readonly when: number;
}
