/** What the operator's role needs to recount: `npm run hub -- ledger recount --policy`. */
import { partitionOf } from '../../config/partitions';
import type { Config } from '../../config/schema';
import { hubStack, namesIn } from '../../config/stack-name';

/** An IAM policy document. `--dry-run` needs the first two statements. CloudFormation makes the table's name: logical id, then a suffix. */
export function ledgerPolicy(config: Config) {
  const { settings } = config;
  const stack = hubStack(config);
  const { home } = settings.regions;
  const arn = (service: string, resource: string) =>
    `arn:${partitionOf(home)}:${service}:${home}:${settings.organization.securityAccount}:${resource}`;
  const table = arn('dynamodb', `table/${namesIn(stack)}`);
  const allow = (Sid: string, Action: string[], Resource: string) => ({ Sid, Effect: 'Allow', Action, Resource });
  return {
    Version: '2012-10-17',
    Statement: [
      allow('ReadHubStack', ['cloudformation:DescribeStacks'], arn('cloudformation', `stack/${stack}/*`)),
      allow('ReadLedger', ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan'], table),
      allow('MendLedger', ['dynamodb:BatchWriteItem', 'dynamodb:PutItem'], table),
    ],
  };
}
