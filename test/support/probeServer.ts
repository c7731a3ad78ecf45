/** Stands for the probe with a driver that misbehaves, as the folder of the engine says. */
import { spawn } from 'node:child_process';

const argument = (name: string): string =>
  process.argv.find((each) => each.startsWith(`--${name}=`))?.slice(name.length + 3) ?? '';
const report = (device: string): string =>
  `${JSON.stringify({ probe: 'backend', backend: argument('probe'), devices: [device], memoryBytes: 1, unifiedBytes: 0 })}\n`;

switch (argument('engine')) {
  case 'crash':
    process.stderr.write('Error: about to die\n', () => process.abort());
    break;
  case 'hang':
    process.on('SIGTERM', () => console.error('no'));
    setInterval(() => console.error('still here'), 50);
    break;
  case 'garbage':
    console.log('all is well');
    break;
  case 'fail':
    process.stderr.write('loading\nError: no such device\n', () => process.exit(1));
    break;
  case 'oddCode':
    process.exit(5);
    break;
  case 'noisy':
    console.log('driver: hello {');
    process.stdout.write(report('A GPU'));
    console.log('driver: goodbye');
    break;
  case 'lateCrash':
    process.stdout.write(report('A GPU'), () => process.abort());
    break;
  case 'flood':
    process.stdout.write('x'.repeat(4_000_000), () => process.stdout.write(`\n${report('A GPU')}`));
    break;
  case 'orphan':
    // What it started keeps its streams open.
    spawn(process.execPath, ['-e', 'setTimeout(() => {}, 5000)'], { stdio: 'inherit' }).unref();
    process.stdout.write(report('A GPU'), () => process.exit(0));
    break;
  case 'env': {
    const { NODE_OPTIONS, ELECTRON_RUN_AS_NODE, UV_THREADPOOL_SIZE } = process.env;
    process.stdout.write(report([NODE_OPTIONS, ELECTRON_RUN_AS_NODE, UV_THREADPOOL_SIZE].join()));
    break;
  }
  case 'folder':
    process.stdout.write(report(process.cwd()));
    break;
  default:
    throw new Error('unknown misbehaviour');
}
