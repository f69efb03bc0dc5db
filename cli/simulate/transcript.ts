/** All that Slack was asked to do and did, in order: what the figures and a recount are read from. */
import { SlackFailure } from '../../handlers/domain/failure';
import type { SlackMessage } from '../../handlers/ports';
import { HOUR, midnight } from './population/calendar';
import { MemorySlack } from './world/slack';

export interface Entry extends SlackMessage {
  at: number;
  operation: 'post' | 'reply' | 'edit';
  channel: string;
  ts: string;
  /** Of the message in whose thread it stands. */
  thread?: string;
  broadcast: boolean;
}

/** Two of three calls are turned away in this hour. */
const BUSY = { from: midnight(13) + 10 * HOUR, to: midnight(13) + 11 * HOUR };

/** Slack at its limits: a message a second and channel, 50 edits a minute; and for an hour of day 14 at fewer. */
export class TranscribedSlack extends MemorySlack {
  readonly transcript: Entry[] = [];
  /** Calls turned away in the busy hour. */
  busy = 0;

  constructor() {
    super(true);
    let calls = 0;
    this.before = ({ at }) => {
      if (at < BUSY.from || at >= BUSY.to || calls++ % 3 === 0) return;
      this.busy++;
      throw new SlackFailure('rate-limited', 'Slack answered 429', 30);
    };
  }

  override async post(channel: string, message: SlackMessage, thread?: { ts: string; broadcast: boolean }) {
    const posted = await super.post(channel, message, thread);
    this.transcript.push({
      ...message,
      at: this.clock.now(),
      operation: thread ? 'reply' : 'post',
      channel,
      ts: posted.ts,
      ...(thread ? { thread: thread.ts } : {}),
      broadcast: thread?.broadcast ?? false,
    });
    return posted;
  }

  override async update(channel: string, ts: string, message: SlackMessage) {
    await super.update(channel, ts, message);
    this.transcript.push({ ...message, at: this.clock.now(), operation: 'edit', channel, ts, broadcast: false });
  }
}
