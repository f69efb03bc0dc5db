/** Keys by ARN: of the home Region and its partition, as nothing is encrypted across Regions. */
import type { Fault } from '../mistake';
import { partitionOf } from '../partitions';
import { valueAt } from '../path';
import { KEY_USES } from '../switches/keys';
import { settingsFault } from './fault';

export function checkKeys(raw: unknown): Fault[] {
  const home = valueAt(raw, ['regions', 'home']);
  if (typeof home !== 'string') return [];
  return ['all', ...KEY_USES].flatMap((use) => {
    const path = ['keys', use];
    const [, partition, region] = /^arn:([a-z-]+):kms:([a-z0-9-]+):\d{12}:key\//.exec(String(valueAt(raw, path))) ?? [];
    const wanted = partitionOf(home);
    if (region === undefined || (region === home && (partition === wanted || wanted === 'aws-iso'))) return [];
    const message = `this key is in ${region} of ${partition}, and what it would encrypt is in ${home}`;
    return [
      settingsFault(
        'key-region',
        path,
        message,
        'Write own, or the ARN of a key of the home Region; of a multi-Region key, of its replica there.',
      ),
    ];
  });
}
