/** What every source of findings has at hand, and how one thing becomes several findings. */
import type { Agenda } from './agenda';
import { BEGIN, HOUR, MINUTE } from './calendar';
import type { Chance } from './chance';
import type { Copy, PopulationHub, Source, Thing } from './hub';
import { type Account, type Organization, reports } from './organization';
import { resourceOf } from './shapes/resource';
import type { Raw, State, Subject } from './shapes/state';

export interface Stage {
  agenda: Agenda;
  hub: PopulationHub;
  organization: Organization;
  /** 1 for 300 accounts. */
  scale: number;
  seed: number;
  /** When the quarter ends, in epoch milliseconds. */
  end: number;
  /** Resources so far: their names are unique. */
  resources: number;
  /** Re-emissions of what passed long ago, which are counted and not played. */
  leftOut: number;
}

const REGIONS = ['ap-northeast-1', 'ap-northeast-1', 'ap-northeast-1', 'us-east-1', 'eu-west-1'];

export function subjectIn(stage: Stage, account: Account, resourceType: string, chance: Chance, region = chance.one(REGIONS)): Subject {
  return {
    accountId: account.id,
    accountName: account.name,
    region,
    resource: resourceOf(resourceType, { accountId: account.id, region }, ++stage.resources, chance),
    ...(account.shared ? { team: chance.one(['atlas', 'borealis']) } : {}),
  };
}

/** Some account that reports at that time. */
export function reporting({ organization: { accounts } }: Stage, at: number, chance: Chance): Account {
  for (let tries = 0; tries < 20; tries++) {
    const account = chance.one(accounts);
    if (reports(account, at)) return account;
  }
  return accounts.find((account) => reports(account, at)) ?? chance.one(accounts);
}

/** When an account's stock first comes: within the first day, or within an hour of when Security Hub is turned on there. */
export function stockTime({ joins, hubSince }: Account, chance: Chance): number {
  const since = Math.max(joins, hubSince);
  return since > 0 ? since + chance.between(0, HOUR) : BEGIN + chance.between(0, 24 * HOUR);
}

/** One finding of a thing, and how much later than the thing itself it is reported. */
export interface Part {
  copy: Copy;
  delay: number;
}

/** @param renderings of each format, the first of which is reported at once. */
export function partsOf<Shape>(
  account: Account,
  of: { source: Source; words: readonly string[]; shape: Shape },
  state: State,
  renderings: { asff: ((shape: Shape, state: State) => Raw)[]; ocsf?: (shape: Shape, state: State) => Raw },
  chance: Chance,
): Part[] {
  const thing: Thing = { account: account.name, words: of.words };
  const part = (format: Copy['format'], written: (shape: Shape, state: State) => Raw, delay: number): Part => ({
    copy: { format, source: of.source, accountId: account.id, thing, render: (now) => written(of.shape, now), state: { ...state } },
    delay,
  });
  return [
    // A second standard on the same rule evaluates hours later.
    ...renderings.asff.map((render, index) => part('asff', render, index === 0 ? 0 : chance.between(MINUTE, 2 * HOUR))),
    ...(account.both && renderings.ocsf ? [part('ocsf', renderings.ocsf, chance.between(5_000, 5 * MINUTE))] : []),
  ];
}

export function stateAt(at: number, severity: State['severity'], compliance?: State['compliance'], firstObservedAt = at): State {
  return {
    severity,
    ...(compliance ? { compliance } : {}),
    workflow: 'NEW',
    archived: false,
    createdAt: firstObservedAt,
    firstObservedAt,
    updatedAt: at,
    count: 0,
  };
}
