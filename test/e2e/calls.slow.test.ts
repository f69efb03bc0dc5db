/** What the functions call as they run, against the table by which a network lets them (config/switches/calls.ts). */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { filesBelow, readInputs } from '../../cli/run/inputs';
import { CALLS, type Called } from '../../config/switches/calls';
import { cleanUp, deployed, prepare } from './deployment';
import { control } from '../world/events';
import { HOUR, START } from '../world/world';

beforeAll(prepare, 60_000);
afterAll(cleanUp);

/** What a stand-in is called, where the table calls it otherwise. */
const NAMES: Record<string, Called> = { bedrock: 'bedrock-runtime' };

test('intake, deliver and tick call what the table says of them, and nothing else answers or is asked', async () => {
  const strangers: string[] = [];
  const elsewhere = http.createServer((request, response) => {
    strangers.push(`${request.method} ${request.headers['x-amz-target'] ?? request.url}`);
    response.writeHead(500).end();
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  const seen = new Map<string, Set<string>>();
  const cloud = await deployed({
    // Whatever has no stand-in of its own goes here.
    extraEnv: { AWS_ENDPOINT_URL: `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}` },
    functionTimeoutMs: undefined,
    faults: ({ service, functionName }) => {
      const name = /^(Intake|Deliver|Tick|Enroll)/.exec(functionName ?? '')?.[1]?.toLowerCase();
      if (name) seen.set(name, (seen.get(name) ?? new Set()).add(NAMES[service] ?? service));
      return undefined;
    },
  });
  try {
    for (const { event } of filesBelow(['cli/demo/findings']).flatMap(readInputs)) if (event) cloud.putEvent(event);
    cloud.putEvent(control({ time: START }) as Record<string, unknown>);
    await cloud.drain({ until: START + HOUR });
  } finally {
    await cloud.close();
    await new Promise((resolve) => elsewhere.close(resolve));
  }
  const found = Object.fromEntries([...seen].map(([name, services]) => [name, [...services].sort()]));
  const { intake, deliver, tick } = CALLS;
  expect(found).toEqual({ intake: [...intake].sort(), deliver: [...deliver].sort(), tick: [...tick].sort() });
  expect(strangers).toEqual([]);
});
