/** What keys want of a person: the policies of existing ones, and the secrets' move under that of the stack. */
import { partitionOf } from '../../config/partitions';
import type { Config } from '../../config/schema';
import { hubStack } from '../../config/stack-name';
import { accountStatement, keyAlias, keyStatements } from '../../config/switches/key-policy';
import { foreignKeys, keyFor } from '../../config/switches/keys';
import type { Step } from './step';

/** This system changes no key that it did not make. */
export function keySteps(config: Config): Step[] {
  const { keys, organization, regions } = config.settings;
  const [account, region] = [organization.securityAccount, regions.home];
  return foreignKeys(keys).map(({ arn, uses }) => {
    const place = { region, account, stackName: hubStack(config) };
    const statements = [accountStatement(place), ...keyStatements(uses, place)];
    const show = `aws kms get-key-policy --key-id ${arn} --region ${region} --policy-name default --query Policy --output text`;
    return {
      id: `key ${arn}`,
      place: 'security',
      title: `The policy of the key for ${uses.join(', ')}`,
      why: `Services use the key only where its policy says so.${uses.includes('queues') ? ' Without EventsSend every finding is lost: EventBridge could neither bring it nor keep it as a dead letter.' : ''}`,
      commands: [show],
      todo: `Add these statements to it, with credentials of the account of the key (aws kms put-key-policy). The first may be there in other words, as ${root(region, account)} with kms:*: ${JSON.stringify(statements)}`,
      proof: { command: show, expect: statements.map(({ Sid }) => Sid).join(', ') },
      undo: { note: 'Take the statements out again when nothing is encrypted with the key any more: ledger, logs and dead letters stay.' },
    };
  });
}

/** A secret is there before the stack whose key it shall be under. Secrets Manager encrypts its versions anew. */
export function rekeySecrets(config: Config): string[] {
  const { settings, routes } = config;
  if (keyFor(settings.keys, 'secrets') !== 'own') return [];
  const webhooks = Object.values(routes.receivers).flatMap(({ webhookSecret }) => webhookSecret ?? []);
  const names = [...new Set([settings.slack.tokenSecret ?? [], webhooks].flat())];
  return names.map(
    (name) =>
      `aws secretsmanager update-secret --secret-id ${name} --kms-key-id ${keyAlias(hubStack(config))} --region ${settings.regions.home}`,
  );
}

function root(region: string, account: string): string {
  return `arn:${partitionOf(region)}:iam::${account}:root`;
}
