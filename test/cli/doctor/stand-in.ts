/** All services that the doctor asks, on one loopback port: the first part of the path says which. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Answer, type Asked, Refusal, type StandIn } from './protocol';
import { cloudwatch, sns } from './stand-in-alarms';
import { cloudformation, iam, sqs, sts } from './stand-in-deployment';
import { ec2 } from './stand-in-network';
import { organizations } from './stand-in-organizations';
import { bedrock, config } from './stand-in-services';
import { securityhub } from './stand-in-securityhub';
import { secretsmanager, slack } from './stand-in-slack';
import type { Trouble, World } from './world';

export interface Running {
  url(service: string): string;
  /** How often an action was called, such as securityhub:ListMembers. */
  calls: Map<string, number>;
  close(): Promise<void>;
}

const SERVICES: Record<string, StandIn> = {
  sts,
  iam,
  cloudformation,
  sqs,
  cloudwatch,
  sns,
  organizations,
  securityhub,
  secretsmanager,
  slack,
  config,
  bedrock,
  ec2,
};

/** @param world asked at each call, so that a test may give another one. */
export async function startStandIns(world: () => World): Promise<Running> {
  const calls = new Map<string, number>();
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://loopback');
      const [, name = '', path = '/'] = /^\/([a-z0-9]+)(\/.*)$/.exec(url.pathname) ?? [];
      url.pathname = path;
      const service = SERVICES[name];
      if (!service) throw new Error(`No stand-in for ${name}`);
      const region = /Credential=[^/]+\/\d+\/([a-z0-9-]+)\//.exec(request.headers.authorization ?? '')?.[1] ?? '';
      const asked = service.read({
        method: request.method ?? '',
        url,
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      });
      const action = `${service.prefix}:${asked.operation}`;
      calls.set(action, (calls.get(action) ?? 0) + 1);
      const trouble = world().trouble(action, region);
      if (trouble === 'hang') return;
      const {
        status = 200,
        headers = {},
        body,
      } = trouble ? service.refuse(inWords(trouble, action)) : answered(service, world(), { ...asked, region });
      response.writeHead(status, headers).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: (service) => `${base}/${service}`,
    calls,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answered(service: StandIn, world: World, asked: Asked): Answer {
  try {
    return service.answer(world, asked);
  } catch (error) {
    if (error instanceof Refusal) return service.refuse({ code: error.code, message: error.message, status: error.status });
    throw error;
  }
}

function inWords(trouble: Exclude<Trouble, 'hang'>, action: string) {
  if (trouble === 'denied') {
    const message = `User: arn:aws:sts::222222222222:assumed-role/Nobody/sato is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`;
    return { code: action.startsWith('slack:') ? 'missing_scope' : 'AccessDeniedException', message, status: 403 };
  }
  if (trouble === 'throttled') return { code: 'ThrottlingException', message: 'Rate exceeded', status: 400 };
  return trouble;
}
