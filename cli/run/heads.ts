/** What stands above a message of a run: its receiver beside the channel, and the files and findings that it tells. */
import { basename } from 'node:path';
import { addressOf } from '../../config/routing/address';
import type { Config } from '../../config/schema';
import type { LocalSlackMessage } from '../../local/slack/slack-workspace';
import type { Outcome } from './run';

/** Lines; what is more is counted. */
const NAMED = 5;
/** Of an id in characters from its end, where ids differ: that of Security Hub's own ends with a UUID. */
const TAIL = 36;

export interface Head {
  /** `#prod-oncall (C0WORLD001)` */
  channel: string;
  /** `s3.json  …/finding/5a1d3c7e`; none of a reply, whose message says it. */
  from: string[];
}

/** @param outcomes of this run: of a message that stood before it, they name what came to it now. */
export function headsOf(outcomes: readonly Outcome[], { routes }: Pick<Config, 'routes'>): (message: LocalSlackMessage) => Head {
  const names = new Map<string, string[]>();
  for (const [name, receiver] of Object.entries(routes.receivers)) {
    const address = addressOf(receiver);
    names.set(address, [...(names.get(address) ?? []), `#${name}`]);
  }
  const told = new Map<string, Set<string>>();
  for (const { file, findingId, messages = [] } of outcomes)
    for (const { channel, ts } of messages) {
      const key = `${channel} ${ts}`;
      told.set(key, (told.get(key) ?? new Set()).add([basename(file), ...(findingId ? [shortened(findingId)] : [])].join('  ')));
    }
  return ({ channel, ts, threadTs }) => {
    const all = threadTs === undefined ? [...(told.get(`${channel} ${ts}`) ?? [])] : [];
    const rest = all.length - NAMED;
    const receivers = names.get(channel);
    return {
      channel: receivers ? `${receivers.join(', ')} (${channel})` : channel,
      from: [...all.slice(0, NAMED), ...(rest > 0 ? [`and ${rest} more`] : [])],
    };
  };
}

function shortened(id: string): string {
  return id.length <= TAIL + 4 ? id : `…${id.slice(-TAIL)}`;
}
