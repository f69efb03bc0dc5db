/**
 * GuardDuty: re-published every 6 hours until it is archived there, which nobody tells Security Hub
 * (https://docs.aws.amazon.com/guardduty/latest/ug/securityhub-integration.html): then it falls silent, and for some a
 * person sets the workflow.
 */
import { DAY, HOUR, inWorkingHours, someTime } from './calendar';
import { Allotment, Chance } from './chance';
import { type Account, reports } from './organization';
import { ATTACK_SEQUENCES, CRITICAL_THREATS, HIGH_THREATS, threatAsff, threatOcsf } from './shapes/threat';
import type { ThreatShape, ThreatType } from './shapes/threat';
import { partsOf, reporting, type Stage, stateAt, stockTime, subjectIn } from './stage';

const STOCK = 20;

export function threats(stage: Stage): { day(day: number): void; lone(account: Account, at: number): void } {
  const chance = Chance.of(stage.seed, 'guardduty');
  for (let n = Math.round(STOCK * stage.scale); n > 0; n--) {
    const account = chance.one(stage.organization.accounts);
    begin(stage, account, chance.one(HIGH_THREATS), stockTime(account, chance), chance);
  }
  const [high, critical, sequence, victims] = [new Allotment(), new Allotment(), new Allotment(), new Allotment()];
  const some = (type: ThreatType, day: number) => {
    const at = someTime(day, chance);
    const account = reporting(stage, at, chance);
    begin(stage, account, type, at, chance);
    // Every tenth has a second victim.
    if (victims.take(0.1) > 0) begin(stage, account, type, at + chance.between(HOUR, 2 * DAY), chance);
  };
  return {
    day(day) {
      for (let n = high.take(chance.whole(1, 3) * stage.scale); n > 0; n--) some(chance.one(HIGH_THREATS), day);
      for (let n = critical.take(stage.scale / 7); n > 0; n--) some(chance.one(CRITICAL_THREATS.slice(0, 1)), day);
      for (let n = sequence.take(stage.scale / 14); n > 0; n--) some(chance.one(ATTACK_SEQUENCES), day);
    },
    lone: (account, at) => begin(stage, account, chance.one(CRITICAL_THREATS), at, chance),
  };
}

function begin(stage: Stage, account: Account, type: ThreatType, from: number, chance: Chance): void {
  const subject = subjectIn(stage, account, type.resourceType, chance);
  const shape: ThreatShape = {
    subject,
    type,
    detector: chance.hex(32),
    id: chance.hex(32),
    address: `198.51.100.${chance.whole(1, 254)}`,
  };
  const archivedAt = chance.happens(0.7) ? from + chance.between(DAY, 5 * DAY) : Number.POSITIVE_INFINITY;
  const of = { source: 'guardduty' as const, words: [subject.resource.name], shape };
  const parts = partsOf(account, of, stateAt(from, type.severity), { asff: [threatAsff], ocsf: threatOcsf }, chance);
  for (const { copy, delay } of parts) {
    const publish = (at: number) => {
      if (at >= archivedAt || copy.state.workflow === 'RESOLVED' || !reports(account, at)) return;
      stage.hub.report(copy, {}, at);
      if (at + 6 * HOUR < stage.end) stage.agenda.plan(at + 6 * HOUR, publish);
    };
    stage.agenda.plan(from + delay, publish);
    // A third of those that were dealt with are closed in Security Hub as well.
    if (Number.isFinite(archivedAt) && shape.id < '5')
      stage.agenda.plan(inWorkingHours(archivedAt, chance), (at) => {
        if (copy.state.count > 0 && reports(account, at)) stage.hub.update(copy, { workflow: 'RESOLVED' }, at);
      });
  }
}
