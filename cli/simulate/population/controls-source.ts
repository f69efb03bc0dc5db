/** Controls of Security Hub CSPM: their stock, what fails anew, alone and in roll-outs, and how it is mended, or is not. */
import { DAY, HOUR, inWorkingHours, MINUTE, someTime } from './calendar';
import { Allotment, Chance } from './chance';
import { CONTROLS, type Control } from './controls';
import { type Account, reports } from './organization';
import { controlAsff, controlOcsf, type ControlShape, STANDARDS } from './shapes/control';
import type { State } from './shapes/state';
import { type Part, partsOf, reporting, type Stage, stateAt, stockTime, subjectIn } from './stage';

/** Of the stock on day 1; the told ones are what a first deployment meets. */
const STOCK = { told: 3000, untold: 12_000, passed: 60_000 };
const NEW_A_DAY = 45;
/** What is mended within a quarter of what nobody has mended so far. */
const STOCK_MENDED = 0.15;
/** Re-emissions of what passed are played for so long; after that intake knows them by their age alone. */
const PASSED_PLAYED = 2 * DAY;

interface Life {
  account: Account;
  shape: ControlShape;
  parts: Part[];
  chance: Chance;
  /** Counts up with each change of compliance, so that an older chain of re-emissions ends. */
  episode: number;
  /** Nothing comes of it any more. */
  over: boolean;
}

export function controls(stage: Stage): { day(day: number): void; storm(account: Account, control: Control, at: number): void } {
  const chance = Chance.of(stage.seed, 'controls');
  for (const account of stage.organization.accounts) stock(stage, account, chance);
  const allotment = new Allotment();
  // Below zero after a roll-out that was larger than what was left of a day.
  let left = 0;
  return {
    day(day) {
      left += allotment.take(NEW_A_DAY * stage.scale);
      // A quarter of them comes in roll-outs over 3 to 8 accounts.
      while (left > 0) {
        const rollOut = chance.happens(0.25 / 4.4) ? chance.whole(3, 8) : 1;
        const control = chance.skewed(CONTROLS.told);
        const at = someTime(day, chance);
        for (let n = 0; n < rollOut; n++) begin(stage, reporting(stage, at, chance), control, at + chance.between(0, 30 * MINUTE), chance);
        left -= rollOut;
      }
    },
    storm: (account, control, at) => begin(stage, account, control, at, chance),
  };
}

function stock(stage: Stage, account: Account, chance: Chance): void {
  const each = (count: number) => Math.floor(count / 300 + chance.share());
  const at = () => stockTime(account, chance);
  const since = (time: number) => time - chance.between(DAY, 400 * DAY);
  for (let n = each(STOCK.told); n > 0; n--) {
    const time = at();
    const life = lifeOf(stage, account, chance.skewed(CONTROLS.told), chance);
    stage.agenda.plan(time, () => fail(stage, life, time, since(time)));
    if (chance.happens(STOCK_MENDED))
      stage.agenda.plan(inWorkingHours(time + chance.between(HOUR, 90 * DAY), chance), (now) => pass(stage, life, now));
  }
  for (let n = each(STOCK.untold); n > 0; n--) {
    const life = lifeOf(stage, account, chance.skewed(CONTROLS.untold), chance);
    // No rule takes it while it fails: it is played from when it passes.
    const time = at();
    for (const { copy } of life.parts) copy.state = { ...copy.state, compliance: 'FAILED', severity: life.shape.control.severity };
    if (chance.happens(STOCK_MENDED))
      stage.agenda.plan(inWorkingHours(time + chance.between(HOUR, 90 * DAY), chance), (now) => pass(stage, life, now));
  }
  for (let n = each(STOCK.passed); n > 0; n--) {
    const time = at();
    const life = lifeOf(stage, account, chance.one([...CONTROLS.told, ...CONTROLS.untold]), chance);
    stage.agenda.plan(time, () => pass(stage, life, time, since(time)));
  }
}

function lifeOf(stage: Stage, account: Account, control: Control, chance: Chance): Life {
  const subject = subjectIn(stage, account, control.resourceType, chance);
  const uuid = `${chance.hex(8)}-${chance.hex(4)}-4${chance.hex(3)}-a${chance.hex(3)}-${chance.hex(12)}`;
  const shape: ControlShape = { subject, control, uuid };
  const standards = account.standards ? STANDARDS : [undefined];
  const asff = standards.map((standard) => (of: ControlShape, state: State) => controlAsff(of, state, standard));
  const of = { source: 'control' as const, words: [control.id], shape };
  const parts = partsOf(account, of, stateAt(0, control.severity), { asff, ocsf: controlOcsf }, chance);
  return { account, shape, parts, chance, episode: 0, over: false };
}

function begin(stage: Stage, account: Account, control: Control, at: number, chance: Chance): void {
  const life = lifeOf(stage, account, control, chance);
  stage.agenda.plan(at, () => fail(stage, life, at));
  fate(stage, life, at);
}

/** 35 of a hundred are never mended, 3 suppressed, 1 can no longer be evaluated, 5 of the mended fail again. */
function fate(stage: Stage, life: Life, failedAt: number): void {
  const { chance } = life;
  const lot = chance.share();
  const at = inWorkingHours(failedAt + chance.logNormal(4 * DAY, 1.2), chance);
  if (lot < 0.35) return;
  if (lot < 0.38) stage.agenda.plan(at, (now) => suppress(stage, life, now));
  else if (lot < 0.39) stage.agenda.plan(at, (now) => loseSight(stage, life, now));
  else {
    stage.agenda.plan(at, (now) => pass(stage, life, now));
    if (!chance.happens(0.05)) return;
    const again = at + chance.between(HOUR, 14 * DAY);
    stage.agenda.plan(again, (now) => fail(stage, life, now));
    stage.agenda.plan(inWorkingHours(again + chance.logNormal(4 * DAY, 1.2), chance), (now) => pass(stage, life, now));
  }
}

function fail(stage: Stage, life: Life, now: number, firstObservedAt = now): void {
  const { severity } = life.shape.control;
  const created = life.episode === 0 ? { createdAt: firstObservedAt } : {};
  change(stage, life, { compliance: 'FAILED', severity, firstObservedAt, ...created }, now, stage.end);
}
/** It passes: mended, where it failed before. */
function pass(stage: Stage, life: Life, now: number, firstObservedAt = now): void {
  const until = now + PASSED_PLAYED;
  // One every 18 hours.
  stage.leftOut += Math.max(0, Math.floor((stage.end - until) / (18 * HOUR))) * life.parts.length;
  change(stage, life, { compliance: 'PASSED', severity: 'INFORMATIONAL', firstObservedAt }, now, until);
}
/** The resource is out of scope, or the rule does not answer. */
function loseSight(stage: Stage, life: Life, now: number): void {
  change(stage, life, { compliance: 'NOT_AVAILABLE', severity: 'INFORMATIONAL', firstObservedAt: now }, now, stage.end);
}

function suppress(stage: Stage, life: Life, now: number): void {
  if (!reports(life.account, now)) return;
  life.over = true;
  const note = { text: 'Accepted: no customer data here.', by: 'team-lead', at: now };
  for (const { copy } of life.parts) stage.hub.update(copy, { workflow: 'SUPPRESSED', note }, now);
}

/** All copies learn of it, each in its time, and re-emit it every 12 to 24 hours. */
function change(stage: Stage, life: Life, state: Partial<State>, now: number, until: number): void {
  const episode = ++life.episode;
  const { chance, account, parts } = life;
  for (const { copy, delay } of parts) {
    const report = (with_: Partial<State>) => (at: number) => {
      if (life.episode !== episode || life.over || !reports(account, at)) return;
      stage.hub.report(copy, with_, at);
      const next = at + chance.between(12 * HOUR, 24 * HOUR);
      if (next < Math.min(until, stage.end)) stage.agenda.plan(next, report({}));
    };
    if (delay === 0) report(state)(now);
    else stage.agenda.plan(now + delay, report(state));
  }
}
