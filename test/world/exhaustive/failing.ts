/** What may become of a call. */
import { SlackFailure } from '../../../handlers/domain/failure';
import type { Fault } from '../../../cli/simulate/world/environment';
import { awsError } from '../../../cli/simulate/world/limits';
import type { Scenario } from './scenarios';

const ANSWERS = [
  'ledger.write',
  'ledger.writeAll',
  'ledger.writeNewer',
  'ledger.remove',
  'ledger.removeNonce',
  'wakeups.send',
  'timers.set',
  'slack.post',
  'slack.reply',
  'slack.update',
  'hub.mark',
];

const READS = ['ledger.read', 'ledger.readAll', 'ledger.list'];

export function isEffect(name: string): boolean {
  return ANSWERS.includes(name);
}

/** A throttled, a lost and a last call; a read is throttled, and only where a scenario asks for it: one after which all ends leaves behind what a call before it does. */
export function faultsOf(name: string, { faultsAt }: Scenario): Fault[] {
  const throttled: Fault = { before: awsError('ThrottlingException', '400') };
  if (READS.includes(name)) return faultsAt?.(name) ? [throttled] : [];
  if (!isEffect(name) || faultsAt?.(name) === false) return [];
  if (name.startsWith('slack.'))
    return [
      { after: new SlackFailure('unknown', 'time-out') },
      { after: 'crash' },
      { before: new SlackFailure('rate-limited', 'Slack answered 429', 1) },
    ];
  if (name === 'hub.mark') return [{ after: 'crash' }, throttled];
  return [{ after: awsError('ServiceUnavailable', '503', 503) }, { after: 'crash' }, throttled];
}
