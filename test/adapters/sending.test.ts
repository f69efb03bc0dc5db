/** Whether a call left this machine, over real sockets: only what did may have posted a message. */
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { NotSent, sendingFetch } from '../../handlers/adapters/sending';

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** On loopback, by what is done with each connection. */
async function listening(server: net.Server): Promise<number> {
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket: net.Socket) => sockets.add(socket.on('error', () => undefined)));
  open.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
/** Takes connections and says nothing, ever. */
const silent = () => listening(net.createServer());
const call = (url: string, time = 3000) => sendingFetch(url, { method: 'POST', body: '{}', signal: AbortSignal.timeout(time) });

test('nobody listens there: nothing was sent', async () => {
  const server = net.createServer();
  const port = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  await expect(call(`http://127.0.0.1:${port}/`, 5000)).rejects.toMatchObject({
    name: 'NotSent',
    message: 'nothing was sent: ECONNREFUSED',
  });
});

test('the time runs out while TLS is agreed upon: nothing was sent', async () => {
  await expect(call(`https://127.0.0.1:${await silent()}/`)).rejects.toMatchObject({
    name: 'NotSent',
    message: 'nothing was sent: TimeoutError',
  });
});

test('the time runs out while the answer is waited for: it was sent', async () => {
  await expect(call(`http://127.0.0.1:${await silent()}/`)).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('the connection breaks once the request is there: it was sent', async () => {
  const port = await listening(http.createServer((request) => request.socket.destroy()));
  await expect(call(`http://127.0.0.1:${port}/`, 60_000)).rejects.toMatchObject({ name: 'TypeError' });
});

test('calls side by side do not mix up what was sent of each', async () => {
  const port = await silent();
  const results = await Promise.allSettled([
    call(`http://127.0.0.1:${port}/`),
    call(`https://127.0.0.1:${port}/`),
    call(`http://127.0.0.1:${port}/`),
  ]);
  expect(results.map((result) => result.status === 'rejected' && result.reason instanceof NotSent)).toEqual([false, true, false]);
});
