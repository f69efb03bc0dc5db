/** What is played: the same events for both designs, and what only the core has: a storm of one problem, and problems of any size. */
import { START } from '../cli/simulate/world/world';
import { HOUR, MINUTE, SECOND } from '../handlers/domain/time';
import { account, eventOf, type Parts } from './findings';
import { type Figures, MeasuredNaive, MeasuredWorld } from './measured';

/** Findings that come as one, within so many milliseconds. */
const STORM = 100 * SECOND;
/** So many findings have one control in common; one control of ten is CRITICAL. */
const A_CONTROL = 25;

export interface Phase {
  name: 'first tellings' | 're-emissions, unchanged' | 'growth' | 'closings';
  findings: number;
  core: Figures;
  naive: Figures;
}

/** `findings` of an organization of 500 accounts and five receivers: told, sent again unchanged, one tenth more, all mended. */
export async function organizationOf(findings: number): Promise<Phase[]> {
  const world = new MeasuredWorld();
  const other = new MeasuredNaive();
  const parts = (n: number): Parts => {
    // What comes later spreads over the controls that are known.
    const control = n < findings ? Math.floor(n / A_CONTROL) : Math.floor(((n - findings) * 10) / A_CONTROL);
    return {
      control: `EC2.${control}`,
      account: account((n * 7) % 500),
      resource: `i-${n}`,
      severity: control % 10 === 0 ? 'CRITICAL' : 'HIGH',
    };
  };
  const more = Math.ceil(findings / 10);
  const numbers = (from: number, count: number) => Array.from({ length: count }, (_, n) => from + n);
  const play = async (name: Phase['name'], of: number[], change: Partial<Parts> = {}): Promise<Phase> => {
    const at = world.now;
    const events = of.map((n) => eventOf({ ...parts(n), at, ...change }));
    other.begin();
    // What nobody marks stays NEW.
    for (const n of of) await other.send(eventOf({ ...parts(n), at, ...change, notified: false }));
    const naive = other.end();
    world.begin();
    for (const [n, event] of events.entries()) world.send(event, spread(n, events.length));
    await world.run();
    if (world.dead.length > 0) throw new Error(`${world.dead.length} dead letters: ${world.dead[0]?.reason}`);
    const core = world.end();
    world.now += HOUR;
    return { name, findings: of.length, core, naive };
  };
  const first = await play('first tellings', numbers(0, findings));
  // What marks them NOTIFIED makes an event of each, as any change of them.
  for (const n of numbers(0, findings)) world.send(eventOf({ ...parts(n), at: world.now, notified: true }));
  await world.run();
  world.now += HOUR;
  return [
    first,
    await play('re-emissions, unchanged', numbers(0, findings), { notified: true }),
    await play('growth', numbers(findings, more)),
    await play('closings', numbers(0, findings), { mended: true }),
  ];
}

function spread(n: number, of: number): number {
  return Math.floor(((n / of) * STORM) / SECOND) * SECOND;
}

export interface Lone {
  severity: 'CRITICAL' | 'HIGH';
  /** The first of its account and control; of a known account, by a new control; by a known control, nothing is asked. */
  unknown: Figures;
  knownAccount: Figures;
  knownWords: Figures;
  again: Figures;
  closing: Figures;
}

/** One finding, by itself. */
export async function lone(severity: Lone['severity']): Promise<Lone> {
  const world = new MeasuredWorld();
  const play = async (parts: Parts): Promise<Figures> => {
    const at = world.now;
    world.begin();
    world.send(eventOf({ severity, at, ...parts }));
    await world.run(at + HOUR);
    return world.end();
  };
  const one = { control: 'EC2.1', account: account(0), resource: 'i-1' };
  const marked = { ...one, notified: true };
  return {
    severity,
    unknown: await play(one),
    knownAccount: await play({ ...one, control: 'EC2.2', resource: 'i-2' }),
    knownWords: await play({ ...one, account: account(1) }).then(() => play({ control: 'EC2.2', account: account(1), resource: 'i-3' })),
    again: await play(marked).then(() => play(marked)),
    closing: await play({ ...one, mended: true }),
  };
}

export interface Storm {
  findings: number;
  figures: Figures;
  /** Milliseconds from the rise to CRITICAL of one of them to when it was told. */
  rise: number;
  largestRow: number;
}

/** All of one problem within 100 seconds; when 80 are over one of them is CRITICAL. */
export async function storm(findings: number): Promise<Storm> {
  const world = new MeasuredWorld();
  const parts = (n: number): Parts => ({ control: 'EC2.8', account: account((n % 100) * 5), resource: `i-${n}` });
  const at = START + 0.8 * STORM;
  const events = Array.from({ length: findings }, (_, n) => eventOf(parts(n)));
  world.begin();
  for (const [n, event] of events.entries()) world.send(event, spread(n, findings));
  world.send(eventOf({ ...parts(findings), severity: 'CRITICAL', at }), at - START);
  await world.run();
  const figures = world.end();
  const told = world.slack.told.find((message) => message.at >= at && message.text.includes('CRITICAL'));
  return { findings, figures, rise: (told?.at ?? Number.POSITIVE_INFINITY) - at, largestRow: world.ledger.largest };
}

export interface Size {
  resources: number;
  growth: Figures;
  closing: Figures;
  tellings: number;
  largestRow: number;
}

/** A problem of so many resources: what one more of them costs, and one less. */
export async function problemOf(resources: number, times = 10): Promise<Size> {
  const world = new MeasuredWorld();
  const parts = (n: number): Parts => ({ control: 'EC2.8', account: account((n % 100) * 5), resource: `i-${n}` });
  for (let n = 0; n < resources; n++) world.send(eventOf(parts(n)), spread(n, resources));
  await world.run();
  world.tally.weighing = true;
  const play = async (of: (n: number) => Parts): Promise<Figures> => {
    world.now += HOUR;
    const begun = world.now;
    world.begin();
    for (let n = 0; n < times; n++) {
      const at = begun + n * 10 * MINUTE;
      world.send(eventOf({ ...of(n), at }), at - begun);
    }
    await world.run();
    return world.end();
  };
  const growth = await play((n) => parts(resources + n));
  const closing = await play((n) => ({ ...parts(n), mended: true }));
  return { resources, growth, closing, tellings: times, largestRow: world.ledger.largest };
}
