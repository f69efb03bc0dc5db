/**
 * The one address that everything under test calls: the cdk command, the functions, and the test itself. It hands each
 * request to moto as it came, except those for which a named gap of moto has a shim (gaps.ts).
 *
 * An access key id of twelve digits is the account that calls. moto tells accounts apart by keys that it gave out itself,
 * or by a header that no AWS client sends; the door writes that header.
 */
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface DoorRequest {
  /** The name in the signature's scope, such as events or secretsmanager; '' where a request is not signed. */
  service: string;
  region: string;
  /** The account of the access key, where it says so. */
  account?: string;
  /** Of the JSON protocols and the query protocol; '' for REST. */
  operation: string;
  method: string;
  /** With its query. */
  path: string;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

export interface DoorReply {
  status: number;
  headers: http.OutgoingHttpHeaders;
  body: Buffer | string;
}

/** Hands the request on, as another account where one is named. */
export type Forward = (request: DoorRequest, account?: string) => Promise<DoorReply>;
/** Answers in moto's place, or undefined where the request is none of its business. */
export type Shim = (request: DoorRequest, forward: Forward) => Promise<DoorReply | undefined> | DoorReply | undefined;

export interface Door {
  /** With localhost, not 127.0.0.1: the S3 client puts a bucket's name before the host. */
  url: string;
  close(): void;
}

/** @param shims tried in their order; the first that answers wins. */
export async function openDoor(motoPort: number, shims: Shim[]): Promise<Door> {
  const forward: Forward = (request, account) => handOn(motoPort, request, account ?? request.account);
  const server = http.createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      serve(readRequest(incoming, Buffer.concat(chunks)), shims, forward)
        .then(({ status, headers, body }) => outgoing.writeHead(status, headers).end(body))
        .catch((error: unknown) => {
          process.stderr.write(`The door failed on ${incoming.method} ${incoming.url}: ${String(error)}\n`);
          outgoing.destroy();
        });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function serve(request: DoorRequest, shims: Shim[], forward: Forward): Promise<DoorReply> {
  for (const shim of shims) {
    const reply = await shim(request, forward);
    if (reply) return reply;
  }
  return forward(request);
}

function readRequest(incoming: http.IncomingMessage, body: Buffer): DoorRequest {
  const { headers, method = 'GET', url = '/' } = incoming;
  const [, key = '', region = '', service = ''] = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\//.exec(headers.authorization ?? '') ?? [];
  const target =
    String(headers['x-amz-target'] ?? '')
      .split('.')
      .at(-1) ?? '';
  const isForm = String(headers['content-type']).startsWith('application/x-www-form-urlencoded');
  return {
    service,
    region,
    ...(/^\d{12}$/.test(key) ? { account: key } : {}),
    operation: target || (isForm ? (new URLSearchParams(body.toString()).get('Action') ?? '') : ''),
    method,
    path: url,
    headers,
    body,
  };
}

function handOn(port: number, { method, path, headers, body }: DoorRequest, account?: string): Promise<DoorReply> {
  // The body is whole by now, so it has a length; Host stays, since moto writes it into the URLs of queues.
  const { 'transfer-encoding': _chunked, expect: _expect, connection: _connection, ...kept } = headers;
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        host: '127.0.0.1',
        port,
        method,
        path,
        headers: { ...kept, 'content-length': body.length, ...(account ? { 'x-moto-account-id': account } : {}) },
        agent: false,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const { 'transfer-encoding': _encoding, connection: _kept, ...answered } = response.headers;
          resolve({ status: response.statusCode ?? 502, headers: answered, body: Buffer.concat(chunks) });
        });
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}
