/** What came and what was told, by receiver and by product. Messages are counted in Slack's transcript, and nowhere else. */
import { addressOf } from '../../config/routing/address';
import type { Config } from '../../config/schema';
import type { Decision } from '../../handlers/domain/problem/decision';
import { dayOf, isWorkingDay, MINUTE } from './population/calendar';
import type { Sent, Source, Thing } from './population/hub';
import type { Entry } from './transcript';
import { readable } from './world/slack';

const NONE = {
  /** Events that the original rule would match, with write-back off. */
  matchingEvents: 0,
  /** Findings admitted for the first time, one for each finding and receiver. */
  newFindings: 0,
  /** Posts and broadcasts: what makes Slack notify. */
  messages: 0,
  posts: 0,
  broadcasts: 0,
  /** In threads, to nobody's notice. */
  replies: 0,
  edits: 0,
  /** CRITICAL news, and how much of it was not named in a post or broadcast within 15 minutes of its event. */
  critical: 0,
  late: 0,
  /** Notifications of a working day: the median, and the most of any day. */
  workingDay: 0,
  busiestDay: 0,
};
export type Figures = typeof NONE;

export interface Report {
  receivers: Record<string, Figures>;
  products: Record<string, Figures>;
  all: Figures;
}

/** As the footer of a message names them. */
const PRODUCTS: Record<Source, string> = {
  control: 'Security Hub CSPM',
  guardduty: 'Amazon GuardDuty',
  inspector: 'Amazon Inspector',
  macie: 'Amazon Macie',
  'access-analyzer': 'IAM Access Analyzer',
  'third-party': 'acme/scanner',
};
const LATE_AFTER = 15 * MINUTE;

interface News {
  at: number;
  receiver: string;
  product: string;
  thing: Thing;
}

/** Hears of every event and every decision while the quarter is played, and reads the transcript in the end. */
export class Tally {
  private readonly pending = new Map<string, Sent>();
  private readonly known = new Set<string>();
  private readonly news: News[] = [];
  private readonly receivers = new Map<string, Figures>();
  private readonly products = new Map<string, Figures>();

  heardEvent(sent: Sent): void {
    if (sent.passed) this.pending.set(sent.eventId, sent);
  }

  heardDecision(decision: Decision): void {
    const sent = this.pending.get(decision.event.id);
    this.pending.delete(decision.event.id);
    if (!sent || (decision.outcome !== 'recorded' && decision.outcome !== 'unchanged')) return;
    const { finding, admission, receivers } = decision;
    const product = PRODUCTS[sent.copy.source];
    for (const receiver of receivers) {
      if (sent.matching) this.count(receiver, product, 'matchingEvents');
      if (!admission.admitted) continue;
      const name = `${receiver} ${sent.copy.format} ${finding.accountId} ${finding.productArn} ${finding.id}`;
      if (this.known.has(name)) continue;
      this.known.add(name);
      this.count(receiver, product, 'newFindings');
      const { thing } = sent.copy;
      const told = `${receiver} ${thing.account} ${thing.words.join(' ')}`;
      if (sent.state.severity !== 'CRITICAL' || this.known.has(told)) continue;
      this.known.add(told);
      this.news.push({ at: sent.at, receiver, product, thing });
    }
  }

  report(transcript: readonly Entry[], { routes }: Config, days: number): Report {
    const byChannel = new Map(Object.entries(routes.receivers).map(([name, receiver]) => [addressOf(receiver), name]));
    const productOf = new Map<string, string>();
    const loud = new Map<string, Entry[]>();
    const daily = new Map<string, number[]>();
    for (const entry of transcript) {
      const receiver = byChannel.get(entry.channel) ?? entry.channel;
      if (entry.operation === 'post') productOf.set(entry.ts, productIn(entry));
      const product = productOf.get(entry.thread ?? entry.ts) ?? 'unknown';
      const kind = { post: 'posts', reply: entry.broadcast ? 'broadcasts' : 'replies', edit: 'edits' }[entry.operation] as keyof Figures;
      this.count(receiver, product, kind);
      if (kind !== 'posts' && kind !== 'broadcasts') continue;
      this.count(receiver, product, 'messages');
      loud.set(receiver, loud.get(receiver) ?? []);
      loud.get(receiver)?.push(entry);
      for (const whose of [`receiver ${receiver}`, `product ${product}`, 'all']) {
        const counts = daily.get(whose) ?? Array.from({ length: days + 1 }, () => 0);
        const day = Math.min(days, dayOf(entry.at));
        counts[day] = (counts[day] ?? 0) + 1;
        daily.set(whose, counts);
      }
    }
    for (const { at, receiver, product, thing } of this.news) {
      this.count(receiver, product, 'critical');
      const named = (loud.get(receiver) ?? []).some((entry) => entry.at >= at && entry.at <= at + LATE_AFTER && names(entry, thing));
      if (!named) this.count(receiver, product, 'late');
    }
    const finished = (figures: Figures, whose: string) => ({ ...figures, ...calm(daily.get(whose) ?? [], days) });
    const all = [...this.receivers.values()].reduce((sum, each) => added(sum, each), NONE);
    return {
      receivers: sorted(this.receivers, (name) => finished(this.receivers.get(name) ?? NONE, `receiver ${name}`)),
      products: sorted(this.products, (name) => finished(this.products.get(name) ?? NONE, `product ${name}`)),
      all: finished(all, 'all'),
    };
  }

  private count(receiver: string, product: string, what: keyof Figures): void {
    for (const [map, name] of [
      [this.receivers, receiver],
      [this.products, product],
    ] as const) {
      const figures = map.get(name) ?? { ...NONE };
      figures[what]++;
      map.set(name, figures);
    }
  }
}

/** The product stands first in a message's footer. */
function productIn({ blocks }: Entry): string {
  const footer = JSON.stringify(blocks.at(-1) ?? '');
  return Object.values(PRODUCTS).find((product) => footer.includes(`"${product} ·`)) ?? 'unknown';
}

const texts = new WeakMap<Entry, string>();

function names(entry: Entry, { account, words }: Thing): boolean {
  const text = texts.get(entry) ?? `${entry.text}\n${readable(entry)}`;
  texts.set(entry, text);
  return text.includes(account) && words.some((word) => text.includes(word));
}

function calm(counts: readonly number[], days: number): Pick<Figures, 'workingDay' | 'busiestDay'> {
  // The first days are those of the stock.
  const working = counts.filter((_, day) => day >= 3 && day < days && isWorkingDay(day)).sort((a, b) => a - b);
  const middle = (working.length - 1) / 2;
  const median = ((working[Math.floor(middle)] ?? 0) + (working[Math.ceil(middle)] ?? 0)) / 2;
  return { workingDay: median, busiestDay: Math.max(0, ...counts) };
}

function added(a: Figures, b: Figures): Figures {
  const keys = Object.keys(a) as (keyof Figures)[];
  return Object.fromEntries(keys.map((key) => [key, a[key] + b[key]])) as unknown as Figures;
}

function sorted(map: ReadonlyMap<string, Figures>, of: (name: string) => Figures): Record<string, Figures> {
  return Object.fromEntries([...map.keys()].sort().map((name) => [name, of(name)]));
}
