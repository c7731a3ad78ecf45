/** How much memory the models take: asked from their processes. */
import { MemoryRequest } from '../../server/protocol';
import type { ServerProcess } from '../client/serverProcess';

/** Of all of them together, in bytes; one process may do several jobs. A process that ends meanwhile takes none. */
export async function memoryOf(processes: readonly (ServerProcess | undefined)[]): Promise<number> {
  const running = [...new Set(processes)].flatMap((process) => process?.connection ?? []);
  const taken = await Promise.all(running.map((connection) => connection.sendRequest(MemoryRequest).catch(() => 0)));
  return taken.reduce((sum, bytes) => sum + bytes, 0);
}
