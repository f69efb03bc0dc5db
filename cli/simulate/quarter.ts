/** Plays the simulated quarter through the product's own use cases, in virtual time. */
import type { Config } from '../../config/schema';
import type { Decision } from '../../handlers/domain/problem/decision';
import type { Journal, Meter } from '../../handlers/ports';
import { phrasebookOf } from '../run/phrasebook';
import { BEGIN, DAY } from './population/calendar';
import { PopulationHub, type Sent } from './population/hub';
import { directoryOf, type Organization, organizationOf } from './population/organization';
import { populate } from './population/population';
import { TranscribedSlack } from './transcript';
import { SimulatedWorld, type WorldOptions } from './world/world';

export interface QuarterOptions {
  config: Config;
  /** 1 for 300 accounts. */
  scale: number;
  days: number;
  seed: number;
  /** Every event of Security Hub, as it is sent; `all` writes out what the rules keep back as well. */
  onEvent?(sent: Sent): void;
  onDecision?(decision: Decision): void;
  all?: boolean;
  /** Called once a virtual hour. */
  onHour?(now: number): void;
  signal?: AbortSignal;
}

export interface Played {
  organization: Organization;
  slack: TranscribedSlack;
  hub: PopulationHub;
  deadLetters: { queue: string; reason: string }[];
  /** Events that Security Hub sent, those that the rules let through, and those counted without being played. */
  events: { sent: number; passed: number; leftOut: number };
  calls: Record<string, number>;
  modelAsked: number;
  invocations: number;
  /** Virtual time at the end. */
  now: number;
  stopped: boolean;
}

/** Keeps of the log what is counted, and nothing of what is not: a quarter logs a million lines. */
class QuarterWorld extends SimulatedWorld {
  override readonly journal: Journal = { info: () => undefined, warn: () => undefined, error: () => undefined };
  override readonly meter: Meter = { count: () => undefined };
}

/** The last day is played on until everything that waits was told. */
const AFTERWARDS = 2 * 3_600_000;

export async function playQuarter(options: QuarterOptions): Promise<Played> {
  const { config, scale, seed, days, signal } = options;
  const events = { sent: 0, passed: 0, leftOut: 0 };
  const organization = organizationOf(scale, seed);
  const clock = { now: () => world.now };
  const hub: PopulationHub = new PopulationHub({
    clock,
    severities: config.settings.severities,
    all: options.all ?? false,
    send(sent) {
      events.sent++;
      options.onEvent?.(sent);
      if (!sent.passed || !sent.event) return;
      events.passed++;
      world.send(sent.event);
    },
  });
  const slack = new TranscribedSlack();
  const worldOptions: WorldOptions = {
    config,
    now: BEGIN,
    slack,
    marks: hub,
    directory: directoryOf(organization, clock),
    phrasebook: phrasebookOf(config),
  };
  const world: QuarterWorld = new QuarterWorld(worldOptions);
  const { agenda, stage } = populate({ organization, hub, scale, seed, days });
  const end = BEGIN + days * DAY;
  let hour = BEGIN;
  for (let at = agenda.nextAt; at !== undefined && at < end && !signal?.aborted; at = agenda.nextAt) {
    await world.run(at);
    agenda.next();
    // What comes at once arrives at once.
    while (agenda.nextAt === at) agenda.next();
    for (const decision of world.decisions.splice(0)) options.onDecision?.(decision);
    if (at < hour) continue;
    hour = at + 3_600_000;
    options.onHour?.(at);
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (!signal?.aborted) await world.run(end + AFTERWARDS);
  for (const decision of world.decisions.splice(0)) options.onDecision?.(decision);
  return {
    organization,
    slack,
    hub,
    deadLetters: world.dead.map(({ queue, reason }) => ({ queue, reason })),
    events: { ...events, leftOut: stage.leftOut },
    calls: { ...world.ledger.calls },
    modelAsked: world.asks,
    invocations: world.invocations,
    now: world.now,
    stopped: signal?.aborted ?? false,
  };
}
