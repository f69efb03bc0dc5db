/** All functions of the deployed stacks, running. */
import assert from 'node:assert/strict';
import type { Aws, Where } from './aws';
import { aliased } from './aliases';
import { takeFunction } from './deployed-function';
import { type RunningFunction, runFunction } from './function-process';
import type { Runtime } from './runtime';
import type { DeployedResource } from './stack';
import type { StandIns } from './stand-ins';
import type { World } from './world';

export interface FunctionsOptions {
  folder: string;
  runtime: Runtime;
  ending: (() => void | Promise<void>)[];
  where: Where;
  standIns: StandIns;
}

/** Ours, by name: what CDK itself brings has no alias. Their processes start with their first invocation. */
export async function runFunctions(
  aws: Aws,
  resources: DeployedResource[],
  { folder, runtime, ending, where, standIns }: FunctionsOptions,
): Promise<ReadonlyMap<string, RunningFunction>> {
  const bucket = `cdk-hnb659fds-assets-${where.account}-${where.region}`;
  const names = aliased(resources).flatMap(({ physicalId }) => physicalId ?? []);
  const functions = new Map<string, RunningFunction>();
  for (const name of names) {
    const taken = await takeFunction(aws, name, { bucket, folder });
    const definition = { ...taken, variables: throughDoor(taken.variables, where) };
    const running = await runFunction(definition, {
      runtime,
      region: where.region,
      endpoints: {
        AWS_ENDPOINT_URL: where.endpoint,
        AWS_ENDPOINT_URL_BEDROCK_RUNTIME: standIns.bedrock.url,
        SLACK_API_URL: `${standIns.slack.url}/api/`,
      },
    });
    ending.push(running.stop);
    functions.set(name, running);
  }
  return functions;
}

/** The SQS client prefers a queue's own URL to AWS_ENDPOINT_URL, and that is AWS's, here as there. */
function throughDoor(variables: Record<string, string>, { endpoint, region }: Where): Record<string, string> {
  const host = `https://sqs.${region}.amazonaws.com/`;
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, value.startsWith(host) ? `${endpoint}/${value.slice(host.length)}` : value]),
  );
}

/** No invocation failed, every line is a structured one, and none tells of an error or of a message that failed. */
export function logsAreClean({ functions }: World): void {
  const runs = [...functions.values()];
  for (const { results, definition } of runs) {
    assert.ok(results.length > 0, `${definition.name} was never invoked`);
    for (const result of results) assert.equal(result.outcome, 'answered', JSON.stringify(result));
  }
  const lines = runs.flatMap(({ logs }) => logs).filter(({ line }) => line.trim() !== '');
  assert.ok(lines.length > 0);
  for (const { line, entry } of lines) assert.ok(entry, `a line that is not structured: ${line}`);
  const bad = lines.filter(({ entry }) => entry?.level === 'ERROR' || entry?.message === 'failed');
  assert.deepEqual(
    bad.map(({ line }) => line),
    [],
  );
}
