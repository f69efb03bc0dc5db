/** Slack in memory: messages, threads, edits; its limits where asked for; any failure where asked for. */
import { SlackFailure } from '../../handlers/domain/failure';
import type { Clock, Messenger, SlackMessage } from '../../handlers/ports';

export interface Standing extends SlackMessage {
  channel: string;
  ts: string;
  at: number;
  thread?: string;
  broadcast?: boolean;
  edits: number;
}
export type SlackCall = { operation: 'post' | 'update' | 'permalink'; channel: string; at: number };
export interface Limits {
  /** Milliseconds between two posts of one channel, and how many may come at once. */
  channelInterval: number;
  channelBurst: number;
  editsPerMinute: number;
}

export class MemorySlack implements Messenger {
  clock: Clock = { now: () => 0 };
  readonly messages: Standing[] = [];
  readonly calls: SlackCall[] = [];
  refused = 0;
  /** Throws before a call takes effect. */
  before: (call: SlackCall, message?: SlackMessage) => void = () => undefined;
  /** Throws after it took effect. */
  after: (call: SlackCall) => void = () => undefined;
  private sequence = 0;

  constructor(private readonly limits?: Limits) {}

  /** Messages in the channels themselves, without threads. */
  get posts(): Standing[] {
    return this.messages.filter((message) => message.thread === undefined);
  }
  get replies(): Standing[] {
    return this.messages.filter((message) => message.thread !== undefined);
  }

  async post(channel: string, message: SlackMessage, thread?: { ts: string; broadcast: boolean }) {
    const call = this.begin('post', channel, message);
    const ts = `${Math.floor(this.clock.now() / 1000)}.${String(++this.sequence).padStart(6, '0')}`;
    this.messages.push({
      ...structuredClone(message),
      channel,
      ts,
      at: this.clock.now(),
      thread: thread?.ts,
      broadcast: thread?.broadcast,
      edits: 0,
    });
    this.after(call);
    return { ts, channel };
  }

  async update(channel: string, ts: string, message: SlackMessage) {
    const call = this.begin('update', channel, message);
    const standing = this.messages.find((each) => each.ts === ts && each.channel === channel);
    if (!standing) throw new SlackFailure('gone', 'Slack answered message_not_found');
    Object.assign(standing, structuredClone(message));
    standing.edits++;
    this.after(call);
  }

  async permalink(channel: string, ts: string) {
    this.begin('permalink', channel);
    return `https://acme.slack.com/archives/${channel}/p${ts.replace('.', '')}`;
  }

  private begin(operation: SlackCall['operation'], channel: string, message?: SlackMessage): SlackCall {
    const call = { operation, channel, at: this.clock.now() };
    this.before(call, message);
    this.enforce(call);
    this.calls.push(call);
    return call;
  }

  private enforce({ operation, channel, at }: SlackCall): void {
    if (!this.limits || operation === 'permalink') return;
    const { channelInterval, channelBurst, editsPerMinute } = this.limits;
    const lately =
      operation === 'post'
        ? this.calls.filter(
            (call) => call.operation === 'post' && call.channel === channel && call.at > at - channelInterval * channelBurst,
          ).length >= channelBurst
        : this.calls.filter((call) => call.operation === 'update' && call.at > at - 60_000).length >= editsPerMinute;
    if (!lately) return;
    this.refused++;
    throw new SlackFailure('rate-limited', 'Slack answered 429', 1);
  }
}

/** All text of a message, as a reader meets it. */
export function readable(message: SlackMessage): string {
  const texts: string[] = [];
  JSON.stringify(message.blocks, (key, value: unknown) => {
    if (key === 'text' && typeof value === 'string') texts.push(value);
    return value;
  });
  return texts.join('\n');
}
