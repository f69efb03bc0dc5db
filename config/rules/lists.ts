/** Lists of the switches: AWS refuses what is named twice, or takes it for less than was meant, such as two zones that are one. */
import type { Fault } from '../mistake';
import { type ConfigPath, texts, valueAt } from '../path';
import { FUNCTIONS } from '../switches/functions';
import { settingsFault } from './fault';

const LISTS: ConfigPath[] = [
  ...['endpoints', 'availabilityZones', 'subnetIds', 'securityGroupIds'].map((key) => ['network', key]),
  ...FUNCTIONS.map((name) => ['functions', name, 'provisionedHours', 'days']),
  ['alarms', 'emails'],
  ['model', 'profiles'],
  ['ownerTags'],
];

export function checkLists(raw: unknown): Fault[] {
  return LISTS.flatMap((path) =>
    texts(valueAt(raw, path)).flatMap((entry, index, list) =>
      entry !== '' && list.indexOf(entry) < index
        ? [settingsFault('listed-twice', [...path, index], `"${entry}" is listed twice`, 'Remove it, or write the one that was meant.')]
        : [],
    ),
  );
}
