/** Under whose key what rests is encrypted, use by use. */
import * as z from 'zod';
import { written } from '../terms';

/** What the system keeps, as far as a key can be chosen for it. */
export const KEY_USES = ['ledger', 'alarms', 'queues', 'logs', 'environment', 'secrets'] as const;
export type KeyUse = (typeof KEY_USES)[number];

/** https://docs.aws.amazon.com/kms/latest/developerguide/concepts-key-id.html: of a multi-Region key it begins with mrk-. */
const ID = '(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})';
const ARN = String.raw`arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/${ID}`;
const EXAMPLE = 'arn:aws:kms:ap-northeast-1:222222222222:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const WHOSE = 'aws: a key of AWS. own: the customer key of this stack, which rotates. Or the ARN of a key of yours.';

const key = (what: string) =>
  written(new RegExp(`^(aws|own|${ARN})$`), 'write aws, own, or the ARN of a key (an alias will not do)', 'own', EXAMPLE).describe(
    `${what} ${WHOSE}`,
  );

export const keysSchema = z
  .strictObject({
    all: key('For each use that is not named.').optional(),
    ledger: key('The ledger. Without a word: own.').optional(),
    alarms: written(
      new RegExp(`^(own|${ARN})$`),
      'write own, or the ARN of a key: CloudWatch may not use that of AWS, and the topic would stay silent',
      'own',
      EXAMPLE,
    )
      .optional()
      .describe('The topic of the alarms. Without a word, or with all: aws: own.'),
    queues: key('The queues. Without a word: aws.').optional(),
    logs: key('The log groups. Without a word: aws.').optional(),
    environment: key('The environment variables of the functions, in which nothing is secret. Without a word: aws.').optional(),
    secrets: key('The secrets of Slack, which you store: the functions get the right to use the key. Without a word: aws.').optional(),
  })
  .prefault({})
  .describe('Under whose key what rests is encrypted.');

export type KeySettings = z.infer<typeof keysSchema>;

/** What was so before there was a choice: the ledger and the topic under a key of this stack, the rest under AWS's. */
const ONCE: Record<KeyUse, string> = { ledger: 'own', alarms: 'own', queues: 'aws', logs: 'aws', environment: 'aws', secrets: 'aws' };

/** @returns `aws`, `own`, or the ARN of a key. */
export function keyFor(keys: KeySettings, use: KeyUse): string {
  const named = keys[use];
  if (named !== undefined) return named;
  if (use === 'alarms' && keys.all === 'aws') return 'own';
  return keys.all ?? ONCE[use];
}

/** Keys that somebody else made, each with what it is used for: their policies are not this stack's to change. */
export function foreignKeys(keys: KeySettings): { arn: string; uses: KeyUse[] }[] {
  const arns = [...new Set(KEY_USES.map((use) => keyFor(keys, use)))].filter((arn) => arn.startsWith('arn:'));
  return arns.map((arn) => ({ arn, uses: KEY_USES.filter((use) => keyFor(keys, use) === arn) }));
}
