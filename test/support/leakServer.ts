/** What a server must never do: tries each way to the network, and tells which failed. The control of the tests that watch for it. */
import dgram from 'node:dgram';
import net from 'node:net';

const tcp = net.connect({ host: '127.0.0.1', port: 9 });
tcp.on('error', () => tcp.destroy());
const udp = dgram.createSocket('udp4');
udp.send('x', 9, '127.0.0.1', (error) => {
  process.stdout.write(error === null ? 'sent' : 'failed');
  udp.close();
});
