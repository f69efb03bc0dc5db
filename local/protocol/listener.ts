/** A stand-in on 127.0.0.1: reads the request, plays the fault that is planned, answers. */
import http from 'node:http';
import http2 from 'node:http2';
import type { AddressInfo } from 'node:net';
import { regionOf } from './aws-rest';
import { type Disturbance, disturbance, type FaultPlan } from './faults';
import { type Call, jsonObject, type JsonObject, type Reply, type Service, ServiceError, type WireRequest } from './wire';

export interface TranscriptEntry {
  service: 'slack' | 'bedrock';
  operation: string;
  request: JsonObject;
  response: unknown;
}

export interface Caller {
  functionName: string;
  /** Ends the worker at once. */
  crash(): void;
  /** It has crashed: whatever it still had on the way never happened. */
  gone(): boolean;
}

export interface ListenerHooks {
  faults?: FaultPlan;
  /** Who calls, by the access key id or the path prefix that the worker was given. */
  caller?(id: string): Caller | undefined;
  transcript?(entry: TranscriptEntry): void;
}

export interface Listener {
  /** Base URL without a slash at its end. */
  readonly url: string;
  /** How many calls came in, of one operation or of all. */
  calls(operation?: string): number;
  close(): Promise<void>;
}

interface Exchange {
  request: WireRequest;
  callerId: string;
  send(reply: Reply): void;
  abort(): void;
}

/** Listens on an ephemeral loopback port. */
export async function listen(service: Service, hooks: ListenerHooks = {}): Promise<Listener> {
  const counts = new Map<string, number>();
  const handle = (exchange: Exchange) => {
    serve(service, hooks, counts, exchange).catch((error: unknown) => {
      process.stderr.write(
        `The local ${service.name} failed on ${exchange.request.path}: ${String(error instanceof Error ? error.stack : error)}\n`,
      );
      exchange.abort();
    });
  };
  const server = service.http2 ? http2Server(handle) : http1Server(handle);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: (operation) =>
      operation === undefined ? [...counts.values()].reduce((sum, count) => sum + count, 0) : (counts.get(operation) ?? 0),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.dropConnections();
      }),
  };
}

async function serve(service: Service, hooks: ListenerHooks, counts: Map<string, number>, exchange: Exchange): Promise<void> {
  const caller = hooks.caller?.(exchange.callerId);
  if (caller?.gone()) return exchange.abort();
  let call: Call;
  try {
    call = service.read(exchange.request);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return exchange.send(service.failure(error));
  }
  const number = (counts.get(call.operation) ?? 0) + 1;
  counts.set(call.operation, number);
  const fault = hooks.faults?.({
    service: service.name,
    operation: call.operation,
    number,
    get body() {
      return call.body;
    },
    functionName: caller?.functionName,
    region: regionOf(exchange.request),
  });
  const disturbed = fault && disturbance(fault, service);
  const record = (response: unknown) => {
    if (service.transcribed)
      hooks.transcript?.({ service: service.name as TranscriptEntry['service'], operation: call.operation, request: call.body, response });
  };
  const disturb = ({ act, error }: Disturbance) => {
    if (act === 'error' && error) return finish(service.failure(error));
    record({ error: typeof fault === 'string' ? fault : act });
    if (act === 'nonsense') return exchange.send({ status: 200, headers: { 'content-type': 'text/html' }, body: '<html>ok?</html>' });
    if (act === 'crash') caller?.crash();
    if (act !== 'hang') exchange.abort();
  };
  const finish = (reply: Reply) => {
    record(jsonObject(reply.body) ?? { error: reply.body, status: reply.status });
    exchange.send(reply);
  };
  if (disturbed?.when === 'before') return disturb(disturbed);
  if (typeof fault === 'object' && 'modelAnswer' in fault) call.modelAnswer = fault.modelAnswer;
  let reply: Reply;
  try {
    reply = await answered(service, call, exchange.request);
  } catch (error) {
    record({ error: String(error) });
    throw error;
  }
  if (disturbed) return disturb(disturbed);
  finish(reply);
}

async function answered(service: Service, call: Call, request: WireRequest): Promise<Reply> {
  try {
    return await service.answer(call, request);
  } catch (error) {
    if (error instanceof ServiceError) return service.failure(error);
    throw error;
  }
}

type Server = (http.Server | http2.Http2Server) & { dropConnections(): void };

function http1Server(handle: (exchange: Exchange) => void): Server {
  const server = http.createServer((request, response) => receive(request, response, () => request.socket.resetAndDestroy(), handle));
  // An idle connection closed by the server just when the client uses it again would be a fault that nobody planned.
  server.keepAliveTimeout = 0;
  return Object.assign(server, { dropConnections: () => server.closeAllConnections() });
}

function http2Server(handle: (exchange: Exchange) => void): Server {
  const sessions = new Set<http2.ServerHttp2Session>();
  const server = http2.createServer((request, response) => receive(request, response, () => request.stream.session?.destroy(), handle));
  server.on('session', (session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session)).on('error', () => {});
  });
  return Object.assign(server, {
    dropConnections: () => {
      for (const session of sessions) session.destroy();
    },
  });
}

function receive(
  request: http.IncomingMessage | http2.Http2ServerRequest,
  response: http.ServerResponse | http2.Http2ServerResponse,
  abort: () => void,
  handle: (exchange: Exchange) => void,
): void {
  const chunks: Buffer[] = [];
  const stream: NodeJS.EventEmitter = request;
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('error', () => {});
  stream.on('end', () => {
    const [, prefix, path, query] = /^(?:\/@([\w-]+))?(\/[^?]*)\??(.*)/.exec(request.url ?? '/') ?? [];
    const key = /Credential=([^/]+)\//.exec(request.headers.authorization ?? '')?.[1];
    handle({
      request: {
        method: request.method ?? '',
        path: path ?? '/',
        query: query ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      },
      callerId: prefix ?? key ?? '',
      abort,
      send(reply) {
        // The wall clock's date would let the SDK "correct" the virtual one.
        response.sendDate = false;
        response.statusCode = reply.status;
        for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
        response.setHeader('content-length', Buffer.byteLength(reply.body));
        // A text and not a Buffer: head and body then leave in one write.
        response.end(reply.body);
      },
    });
  });
}
