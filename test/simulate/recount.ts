/**
 * Counts a played quarter anew, from the raw events and from Slack's transcript alone. It shares no code with the product:
 * whose a finding is and where it must be told stands in a table of its own.
 */
import { type Ending, type Reading, readingOf } from './findings-read';
import { listedIn, repeatedIn, type Root, rootsOf, type Told, RED } from './threads';

/** One thing that somebody would mend: of all findings that report it. */
export interface Thing {
  channel: string;
  reading: Reading;
  /** When a finding of it first had to be told. */
  since: number;
  findings: Map<string, { at: number; ended?: Ending }[]>;
  mute?: string;
}

export interface Recount {
  things: number;
  told: number;
  muted: number;
  closedBefore: number;
  lost: string[];
  /** The same words twice, or a resource told as new once more though nothing of it ended in between. */
  repeated: string[];
  greenWhileOpen: string[];
  greenThoughUnmended: string[];
  redThoughClosed: string[];
  twice: string[];
}

/** Where a finding must be told; several where several must hear of it. */
export type Chart = (reading: Reading, at: number) => { channels: string[]; mute?: string };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** So long a first message may wait: siblings, words, turns, and an hour in which Slack turns most away. */
const WAIT = 90 * MINUTE;

export class Recounter {
  private readonly things = new Map<string, Thing>();
  private readonly thingsOf = new Map<string, Thing[]>();

  constructor(private readonly chart: Chart) {}

  receive(event: object, at: number): void {
    const reading = readingOf(event);
    if (reading.wanted) {
      const { channels, mute } = this.chart(reading, at);
      for (const channel of channels) this.want(channel, reading, at, mute);
    }
    for (const thing of this.thingsOf.get(reading.name) ?? []) {
      const history = thing.findings.get(reading.name) ?? [];
      if (history.length === 0 || history.at(-1)?.ended !== reading.ended)
        history.push({ at, ...(reading.ended ? { ended: reading.ended } : {}) });
      thing.findings.set(reading.name, history);
    }
  }

  private want(channel: string, reading: Reading, at: number, mute: string | undefined): void {
    const key = [channel, reading.accountId, reading.word, reading.resource].join(' ');
    const thing = this.things.get(key) ?? { channel, reading, since: at, findings: new Map(), ...(mute ? { mute } : {}) };
    this.things.set(key, thing);
    if (thing.findings.has(reading.name)) return;
    thing.findings.set(reading.name, []);
    this.thingsOf.set(reading.name, [...(this.thingsOf.get(reading.name) ?? []), thing]);
  }

  count(transcript: readonly Told[], end: number): Recount {
    const roots = rootsOf(transcript);
    const result: Recount = {
      things: this.things.size,
      told: 0,
      muted: 0,
      closedBefore: 0,
      lost: [],
      repeated: [...repeatedIn(roots), ...this.toldAsNewAgain(roots)],
      greenWhileOpen: [],
      greenThoughUnmended: [],
      redThoughClosed: [],
      twice: [],
    };
    const members = new Map<Root, Thing[]>();
    for (const thing of this.things.values()) {
      if (thing.mute) result.muted++;
      const about = roots.filter((root) => root.channel === thing.channel && root.isAbout(thing));
      for (const root of about) members.set(root, [...(members.get(root) ?? []), thing]);
      if (thing.mute) continue;
      if (about.some((root) => root.entries.some((entry) => entry.at >= thing.since - MINUTE))) result.told++;
      else if (endedBy(thing, thing.since + WAIT)) result.closedBefore++;
      else if (thing.since < end - WAIT) result.lost.push(nameOf(thing));
      if (about.length > 1 && about.some((root, index) => about.some((other, n) => n > index && other.from < root.closedAt())))
        result.twice.push(nameOf(thing));
    }
    for (const [root, things] of members) this.colours(root, things, members, end, result);
    return result;
  }

  private toldAsNewAgain(roots: readonly Root[]): string[] {
    const endings = new Map<string, number[]>();
    for (const { channel, reading, findings } of this.things.values()) {
      const key = [channel, reading.accountName, reading.resource].join(' ');
      const times = [...findings.values()].flatMap((history) => history.flatMap(({ at, ended }) => (ended ? [at] : [])));
      endings.set(key, [...(endings.get(key) ?? []), ...times]);
    }
    const again: string[] = [];
    for (const root of roots) {
      const listed = new Map<string, number>();
      for (const entry of root.entries) {
        if (entry.operation === 'edit' || (entry.operation === 'reply' && !entry.text.includes('Spread further'))) continue;
        for (const [account = '', resource = ''] of listedIn(entry)) {
          // In which Region is not said of an account.
          if (resource === 'the account itself') continue;
          const before = listed.get(`${account} ${resource}`);
          listed.set(`${account} ${resource}`, entry.at);
          const ended = endings.get([root.channel, account, resource].join(' ')) ?? [];
          if (before === undefined || ended.some((at) => at > before && at <= entry.at)) continue;
          again.push(`${root.key} · ${account} ${resource} · ${new Date(entry.at).toISOString()}`);
        }
      }
    }
    return again;
  }

  private colours(root: Root, things: readonly Thing[], members: ReadonlyMap<Root, Thing[]>, end: number, result: Recount): void {
    // The same words about other things are a problem of another bucket or account.
    const [successor] = [...members]
      .filter(([other, its]) => other.from > root.from && other.key === root.key && its.some((thing) => things.includes(thing)))
      .map(([other]) => other)
      .sort((a, b) => a.from - b.from);
    for (const entry of root.states) {
      if (!entry.text.startsWith('✅') || (successor && entry.at >= successor.from)) continue;
      const open = things.filter(
        (thing) => thing.since < entry.at - 30 * MINUTE && openAt(thing, entry.at - 15 * MINUTE) && openAt(thing, entry.at),
      );
      for (const thing of open) result.greenWhileOpen.push(`${nameOf(thing)} at ${new Date(entry.at).toISOString()}`);
      const unmended = things.filter(
        (thing) => thing.since < entry.at && ['suppressed', 'not evaluated'].includes(endingAt(thing, entry.at) ?? ''),
      );
      for (const thing of unmended) result.greenThoughUnmended.push(`${nameOf(thing)}: ${endingAt(thing, entry.at)}`);
    }
    const last = root.states.at(-1);
    if (successor || !last || !RED.test(last.text) || things.length === 0) return;
    if (things.every((thing) => endedBy(thing, end - 2 * HOUR) && !openAt(thing, end)))
      result.redThoughClosed.push(`${last.text.slice(0, 120)}: ${[...new Set(things.map((thing) => endingAt(thing, end)))].join()}`);
  }
}

function openAt({ findings }: Thing, at: number): boolean {
  return [...findings.values()].some((history) => {
    const state = history.findLast((each) => each.at <= at);
    return state !== undefined && state.ended === undefined;
  });
}
function endingAt(thing: Thing, at: number): Ending | undefined {
  if (openAt(thing, at)) return undefined;
  const endings = [...thing.findings.values()].flatMap((history) => history.findLast((each) => each.at <= at) ?? []);
  return endings.sort((a, b) => b.at - a.at)[0]?.ended;
}
/** Whether at some moment until then nothing of it was open any more. */
function endedBy(thing: Thing, by: number): boolean {
  const moments = [...thing.findings.values()].flatMap((history) => history.filter(({ at, ended }) => at <= by && ended !== undefined));
  return moments.some(({ at }) => !openAt(thing, at));
}

function nameOf({ channel, reading }: Thing): string {
  return `${reading.product} ${reading.word} · ${reading.accountName} ${reading.resource} · ${channel}`;
}
