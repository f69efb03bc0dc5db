/** Lambda's Runtime API, as far as a runtime needs it. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { InvocationResult } from '../../local/lambda/lambda';
import { jsonObject, text } from '../../local/protocol/wire';

export interface RuntimeApi {
  /** host:port, for AWS_LAMBDA_RUNTIME_API. */
  address: string;
  /** One at a time. Resolves when the runtime answers; `end` settles it otherwise. */
  invoke(event: unknown, of: { arn: string; deadline: number }): Promise<InvocationResult>;
  /** The runtime is gone, or took too long: the invocation under way ends so. */
  end(result: InvocationResult): void;
  close(): void;
}

export async function startRuntimeApi(): Promise<RuntimeApi> {
  let next: { id: string; event: unknown; arn: string; deadline: number } | undefined;
  let waiting: http.ServerResponse | undefined;
  let settle: ((result: InvocationResult) => void) | undefined;
  let count = 0;

  const hand = () => {
    if (!next || !waiting) return;
    const { id, event, arn, deadline } = next;
    waiting
      .writeHead(200, {
        'content-type': 'application/json',
        'lambda-runtime-aws-request-id': id,
        'lambda-runtime-deadline-ms': deadline,
        'lambda-runtime-invoked-function-arn': arn,
      })
      .end(JSON.stringify(event));
    next = waiting = undefined;
  };
  const end = (result: InvocationResult) => {
    settle?.(result);
    settle = next = waiting = undefined;
  };

  const server = http.createServer((request, response) => {
    const [, kind] = /\/2018-06-01\/runtime\/(?:invocation\/(?:[\w-]+\/)?|init\/)(\w+)$/.exec(request.url ?? '') ?? [];
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      if (kind === 'next') {
        waiting = response;
        return hand();
      }
      response.writeHead(kind ? 202 : 404).end('{}');
      if (kind === 'response') end({ outcome: 'answered', value: body === '' ? null : (JSON.parse(body) as unknown) });
      if (kind === 'error') end({ outcome: 'error', name: text(jsonObject(body)?.errorType), message: body });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    invoke(event, of) {
      count += 1;
      next = { id: `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`, event, ...of };
      return new Promise((resolve) => {
        settle = resolve;
        hand();
      });
    },
    end,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
