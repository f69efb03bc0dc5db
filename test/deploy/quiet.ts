/** The shim for two gaps of gaps.ts: what moto does in Lambda's and EventBridge's place, and not as they do, is switched off. */
import { RemoveTargetsCommand } from '@aws-sdk/client-eventbridge';
import { UpdateEventSourceMappingCommand } from '@aws-sdk/client-lambda';
import type { Aws } from './aws';
import type { DeployedRule } from './bus';
import type { Source } from './source';

/** In moto alone; the stack's template, by which a second deployment is judged, stays. */
export async function quiet({ lambda, events }: Aws, sources: Source[], rules: DeployedRule[]): Promise<void> {
  for (const { mapping } of sources) await lambda.send(new UpdateEventSourceMappingCommand({ UUID: mapping.UUID, Enabled: false }));
  for (const { name, schedule, targets } of rules) {
    if (schedule) await events.send(new RemoveTargetsCommand({ Rule: name, Ids: targets.flatMap(({ Id }) => Id ?? []) }));
  }
}
