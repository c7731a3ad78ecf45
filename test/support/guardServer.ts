/** Loaded before a server where system calls cannot be watched (`node --require`): writes what JavaScript asks of the network into GUARD_FILE. */
import dgram from 'node:dgram';
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import net from 'node:net';

const note = (what: string): void => appendFileSync(process.env.GUARD_FILE ?? '', `${what}(AF_INET)\n`);

/** A path of a local socket is told as a text, or as `path` of the options; Node nests them in a list inside. */
function isLocal(given: readonly unknown[]): boolean {
  const [first] = given.flat(2);
  return (
    typeof first === 'string' || (typeof first === 'object' && first !== null && 'path' in first && first.path !== null)
  );
}

function watch(owner: object, name: string, mayPass: (given: readonly unknown[]) => boolean): void {
  const original: unknown = Reflect.get(owner, name);
  if (typeof original !== 'function') throw new Error(`no ${name}`);
  Reflect.set(owner, name, function (this: unknown, ...given: unknown[]) {
    if (!mayPass(given)) note(name);
    return Reflect.apply(original, this, given);
  });
}

watch(net.Socket.prototype, 'connect', isLocal);
watch(net.Server.prototype, 'listen', isLocal);
watch(dgram, 'createSocket', () => false);
for (const name of ['lookup', 'resolve'] as const) watch(dns, name, () => false);
