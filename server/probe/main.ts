/** Entry of the probe process: prints one line of JSON, or exits with 1 and says on standard error why it cannot. */
import { parseArgs } from 'node:util';
import { messageOf } from '../errors';
import type { ProbeReport } from '../probeProtocol';
import { probeBackend } from './backend';
import { probeBattery } from './battery';
import { probeDrivers } from './drivers';

async function report(): Promise<ProbeReport> {
  const { values } = parseArgs({ options: { probe: { type: 'string' }, engine: { type: 'string' } } });
  switch (values.probe) {
    case 'drivers':
      return probeDrivers(values.engine);
    case 'battery':
      return probeBattery();
    case 'metal':
    case 'cuda':
    case 'vulkan':
      return probeBackend(values.probe, values.engine);
    default:
      throw new Error(`nothing to probe: --probe=${values.probe ?? ''}`);
  }
}

// Ends at once: drivers leave threads behind, and taking them down in order is where some of them crash.
report().then(
  (found) => process.stdout.write(`${JSON.stringify(found)}\n`, () => process.exit(0)),
  (error: unknown) => process.stderr.write(`Error: ${messageOf(error)}\n`, () => process.exit(1)),
);
