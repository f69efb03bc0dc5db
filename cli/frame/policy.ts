/** What the IAM policies have in common that commands print for the role of whoever runs them: `--policy`. */
import { partitionOf } from '../../config/partitions';
import type { Config } from '../../config/schema';
import { hubStack } from '../../config/stack-name';
import { type KeyedService, keyRight } from '../../config/switches/key-policy';
import { keyFor, type KeyUse } from '../../config/switches/keys';

export interface Statement {
  Sid: string;
  Effect: 'Allow';
  Action: string[];
  Resource: string | string[];
  Condition?: Record<string, Record<string, string>>;
}

export function policyParts(config: Config) {
  const { settings } = config;
  const stack = hubStack(config);
  const { home } = settings.regions;
  const account = settings.organization.securityAccount;
  const arn = (service: string, resource: string) => `arn:${partitionOf(home)}:${service}:${home}:${account}:${resource}`;
  const allow = (Sid: string, Action: string[], Resource: string | string[]): Statement => ({ Sid, Effect: 'Allow', Action, Resource });
  return {
    stack,
    arn,
    allow,
    readStack: allow('ReadHubStack', ['cloudformation:DescribeStacks'], arn('cloudformation', `stack/${stack}/*`)),
    /** The right to use the key of a use through its service; none where it is AWS's. */
    useKey(Sid: string, use: KeyUse, service: KeyedService, Action: string[]): Statement[] {
      const key = keyRight(keyFor(settings.keys, use), service, { region: home, account, stackName: stack });
      return key ? [{ ...allow(Sid, Action, key.resource), Condition: key.condition }] : [];
    },
  };
}
