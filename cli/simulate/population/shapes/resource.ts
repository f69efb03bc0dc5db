/** Resources of the simulated accounts, with ids as AWS forms them. */
import type { Chance } from '../chance';
import type { Subject } from './state';

const WORDS = ['orders', 'billing', 'ledger', 'catalog', 'search', 'claims', 'media', 'events', 'audit', 'reports', 'sessions', 'exports'];

/** @param number makes the name unique within its account. */
export function resourceOf(
  type: string,
  { accountId, region }: Pick<Subject, 'accountId' | 'region'>,
  number: number,
  chance: Chance,
): Subject['resource'] {
  const word = `${chance.one(WORDS)}-${number}`;
  const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:${accountId}:${rest}`;
  const resourceWith = (name: string, id: string) => ({ type, id, name });
  switch (type) {
    case 'AwsAccount':
      return resourceWith(accountId, `AWS::::Account:${accountId}`);
    case 'AwsS3Bucket':
      return resourceWith(`${word}-${accountId.slice(-4)}`, `arn:aws:s3:::${word}-${accountId.slice(-4)}`);
    case 'AwsIamAccessKey': {
      const key = `AKIA${chance.hex(16).toUpperCase()}`;
      return resourceWith(key, `AWS::IAM::AccessKey:${key}`);
    }
    case 'AwsLambdaFunction':
      return resourceWith(word, arn('lambda', `function:${word}`));
    case 'AwsEcrContainerImage': {
      const digest = chance.hex(64);
      return resourceWith(`${word}@sha256:${digest.slice(0, 12)}`, arn('ecr', `repository/${word}/sha256:${digest}`));
    }
  }
  const ec2: Record<string, [kind: string, prefix: string]> = {
    AwsEc2Instance: ['instance', 'i'],
    AwsEc2SecurityGroup: ['security-group', 'sg'],
    AwsEc2Vpc: ['vpc', 'vpc'],
    AwsEc2NetworkAcl: ['network-acl', 'acl'],
    AwsEc2LaunchTemplate: ['launch-template', 'lt'],
    AwsEc2TransitGateway: ['transit-gateway', 'tgw'],
  };
  const [kind, prefix] = ec2[type] ?? [];
  if (kind) {
    const id = `${prefix}-${chance.hex(17)}`;
    return resourceWith(id, arn('ec2', `${kind}/${id}`));
  }
  if (type.startsWith('AwsRds')) return resourceWith(word, arn('rds', `${/Cluster/.test(type) ? 'cluster' : 'db'}:${word}`));
  const [, service = 'other', rest = 'resource'] = /^Aws([A-Z][a-z0-9]+)(.*)$/.exec(type) ?? [];
  return resourceWith(word, arn(service.toLowerCase(), `${rest.toLowerCase() || 'resource'}/${word}`));
}
