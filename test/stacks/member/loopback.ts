/** An HTTP server on 127.0.0.1 that answers each request from its method, path with query, headers and body. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Reply } from '../../../local/protocol/wire';

export interface LoopbackRequest {
  method: string;
  url: URL;
  headers: http.IncomingHttpHeaders;
  body: string;
}

export interface Loopback {
  /** Without a slash at its end. */
  url: string;
  close(): Promise<void>;
}

export async function loopback(answer: (request: LoopbackRequest) => Reply): Promise<Loopback> {
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      const body = Buffer.concat(chunks).toString('utf8');
      const reply = answer({ method: request.method ?? '', url, headers: request.headers, body });
      response.writeHead(reply.status, reply.headers).end(reply.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
