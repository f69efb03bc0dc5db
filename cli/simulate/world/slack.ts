/** Slack in memory: messages, threads, edits; its limits where asked for; any answer where asked for. */
import { SlackFailure } from '../../../handlers/domain/failure';
import type { Clock, Messenger, SlackMessage } from '../../../handlers/ports';
import { Rate } from '../../../local/protocol/rate';
import { POSTS } from '../../../local/slack/slack-limits';

export interface Standing extends SlackMessage {
  channel: string;
  ts: string;
  at: number;
  thread?: string;
  broadcast?: boolean;
  edits: number;
}
/** What somebody was notified of, as it was then: edits change what stands, never what was told. */
export type Told = Readonly<Pick<Standing, 'channel' | 'ts' | 'at' | 'thread' | 'broadcast' | 'text' | 'blocks'>>;
export type SlackCall = { operation: 'post' | 'update' | 'permalink'; channel: string; at: number; thread?: string };
/** Of a workspace. */
const EDITS_A_MINUTE = 50;

export class MemorySlack implements Messenger {
  clock: Clock = { now: () => 0 };
  readonly messages: Standing[] = [];
  readonly told: Told[] = [];
  readonly calls: SlackCall[] = [];
  /** Calls that the limits turned away. */
  refused = 0;
  /** Throws before a call takes effect. */
  before: (call: SlackCall, message?: SlackMessage) => void = () => undefined;
  private readonly byTs = new Map<string, Standing>();
  private readonly channels = new Map<string, Rate>();
  private edits: number[] = [];
  private sequence = 0;

  /** @param limited whether it turns away what comes too fast. */
  constructor(private readonly limited = false) {}

  /** Messages in the channels themselves, without threads. */
  get posts(): Standing[] {
    return this.messages.filter((message) => message.thread === undefined);
  }
  get replies(): Standing[] {
    return this.messages.filter((message) => message.thread !== undefined);
  }
  /** How often an operation took effect. */
  count(operation: SlackCall['operation']): number {
    return this.calls.filter((call) => call.operation === operation).length;
  }

  async post(channel: string, message: SlackMessage, thread?: { ts: string; broadcast: boolean }) {
    this.begin({ operation: 'post', channel, at: this.clock.now(), thread: thread?.ts }, message);
    const ts = `${Math.floor(this.clock.now() / 1000)}.${String(++this.sequence).padStart(6, '0')}`;
    const standing = { ...message, channel, ts, at: this.clock.now(), thread: thread?.ts, broadcast: thread?.broadcast, edits: 0 };
    this.messages.push(standing);
    this.told.push({ ...standing });
    this.byTs.set(ts, standing);
    return { ts, channel };
  }

  async update(channel: string, ts: string, message: SlackMessage) {
    this.begin({ operation: 'update', channel, at: this.clock.now() }, message);
    const standing = this.byTs.get(ts);
    if (standing?.channel !== channel) throw new SlackFailure('gone', 'Slack answered message_not_found');
    Object.assign(standing, message);
    standing.edits++;
  }

  async permalink(channel: string, ts: string) {
    this.begin({ operation: 'permalink', channel, at: this.clock.now() });
    return `https://acme.slack.com/archives/${channel}/p${ts.replace('.', '')}`;
  }

  /** Somebody deleted a message: edits find nothing any more. */
  delete(ts: string): void {
    this.byTs.delete(ts);
  }

  private begin(call: SlackCall, message?: SlackMessage): void {
    this.before(call, message);
    this.enforce(call);
    this.calls.push(call);
  }

  private enforce({ operation, channel, at }: SlackCall): void {
    if (!this.limited || operation === 'permalink' || (operation === 'post' ? this.takesPost(channel) : this.takesEdit(at))) return;
    this.refused++;
    throw new SlackFailure('rate-limited', 'Slack answered 429', 1);
  }

  private takesPost(channel: string): boolean {
    const rate = this.channels.get(channel) ?? new Rate(POSTS, () => this.clock.now());
    this.channels.set(channel, rate);
    return rate.take();
  }

  /** In any minute, the unkindest reading of what Slack says. */
  private takesEdit(at: number): boolean {
    this.edits = this.edits.filter((before) => before > at - 60_000);
    return this.edits.length < EDITS_A_MINUTE && this.edits.push(at) > 0;
  }
}

/** All text of a message, as a reader meets it. */
export function readable(message: Pick<SlackMessage, 'blocks'>): string {
  const texts: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) visit(each);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        if (key === 'text' && typeof inner === 'string') texts.push(inner);
        else visit(inner);
      }
    }
  };
  visit(message.blocks);
  return texts.join('\n');
}
