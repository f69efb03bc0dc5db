/** How the events of a finding described its states, and what changed from one state to the next. */
import { hash } from '../text/identity';
import type { Finding, Severity } from './finding';
import { compareRevisions, type Revision } from './revision';
import { worse } from './severity';

const WORDINGS = 8;

/** How the first event of a state described it. */
export interface Wording {
  severity: Severity;
  /** The episode's FirstObservedAt; 0 where there are no episodes. */
  episode: number;
  /** See sayingOf. */
  saying?: string;
  revision: Revision;
  textKey?: string;
  others: number;
}

/**
 * What of a finding makes it another state where it changes: the steps of an attack sequence, and the vulnerabilities that it names, with
 * whether they are worth a call. How often a threat was seen, or how likely an exploit is, changes with every day.
 */
export function sayingOf({ particulars: { threat } }: Finding, news: string[] | undefined): string | undefined {
  if (threat?.isSequence) return hash([...(threat.calls ?? []), ...(threat.tactics ?? [])].sort().join('\n')).slice(0, 8);
  return news?.some((each) => each !== 'threat') ? hash([...news].sort().join('\n')).slice(0, 8) : undefined;
}

/** Of each state the first; of the states the latest. */
export function wordingsOf(all: Wording[]): Wording[] {
  const lastToFirst = [...all].sort((a, b) => compareRevisions(b.revision, a.revision));
  const first = new Map(lastToFirst.map((each) => [`${each.severity} ${each.episode} ${each.saying}`, each]));
  return [...first.values()].sort((a, b) => a.episode - b.episode || compareRevisions(a.revision, b.revision)).slice(-WORDINGS);
}

export interface Changed {
  /** From which severity it rose to its own, and when, in epoch milliseconds. */
  rose?: { from: Severity; at: number };
  /** When it last came to say something else, as severe as before. */
  saysElseAt?: number;
}

/** What came before a state in its episode: something less severe, or something else said at the same severity. */
export function changesTo(state: Wording, all: readonly Wording[]): Changed {
  const its = all.filter(({ episode, revision }) => episode === state.episode && compareRevisions(revision, state.revision) <= 0);
  const first = its.find(({ severity }) => severity === state.severity) ?? state;
  const before = its[its.indexOf(first) - 1];
  const saidElse = its.some(({ severity, saying = state.saying }) => severity === state.severity && saying !== state.saying);
  return {
    rose: before && worse(state.severity, before.severity) ? { from: before.severity, at: timeOf(first) } : undefined,
    saysElseAt: state.saying && saidElse ? timeOf(state) : undefined,
  };
}

function timeOf({ revision: [updatedAt, eventTime] }: Wording): number {
  return Math.max(updatedAt, eventTime);
}
