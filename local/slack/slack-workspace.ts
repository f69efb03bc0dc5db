/** A Slack workspace as the Web API sees it: channels, messages, threads, edits. */
import { ServiceError } from '../protocol/wire';

export interface SlackContent {
  text: string;
  blocks: Record<string, unknown>[];
}

export interface LocalSlackMessage extends SlackContent {
  channel: string;
  ts: string;
  threadTs?: string;
  /** A thread reply that the channel also shows. */
  broadcast: boolean;
  /** Epoch milliseconds of the virtual clock. */
  postedAt: number;
  editedAt?: number;
  /** What it said before each edit, the oldest first. */
  earlier: SlackContent[];
}

interface Thread {
  ts: string;
  broadcast: boolean;
}

export type SlackWorkspace = ReturnType<typeof createWorkspace>;

export function createWorkspace(now: () => number) {
  const messages = new Map<string, LocalSlackMessage>();
  const refusedChannels = new Map<string, string>();
  const refusedUpdates = new Map<string, string>();
  let last = 0;

  /** Seconds and microseconds; never twice and always later than the one before, though the clock may stand still. */
  const nextTs = (): string => {
    last = Math.max(last + 1, now() * 1000);
    return `${Math.floor(last / 1_000_000)}.${String(last % 1_000_000).padStart(6, '0')}`;
  };
  const key = (channel: string, ts: string) => `${channel} ${ts}`;
  const open = (channel: string) => {
    const error = refusedChannels.get(channel) ?? (/^([CGD][A-Z0-9]{5,}$|webhook:)/.test(channel) ? undefined : 'channel_not_found');
    if (error) throw slackError(error);
  };
  const known = (channel: string, ts: string): LocalSlackMessage => {
    const message = messages.get(key(channel, ts));
    if (!message) throw slackError('message_not_found');
    return message;
  };
  const keep = (channel: string, ts: string, content: SlackContent, thread?: Thread): LocalSlackMessage => {
    const message: LocalSlackMessage = {
      channel,
      ts,
      ...content,
      threadTs: thread?.ts,
      broadcast: thread?.broadcast ?? false,
      postedAt: now(),
      earlier: [],
    };
    messages.set(key(channel, ts), message);
    return message;
  };
  const edit = (message: LocalSlackMessage, content: SlackContent): LocalSlackMessage => {
    message.earlier.push({ text: message.text, blocks: message.blocks });
    return Object.assign(message, content, { editedAt: now() });
  };

  return {
    post(channel: string, content: SlackContent, thread?: Thread): LocalSlackMessage {
      open(channel);
      // Slack itself takes an unknown thread_ts without a word; here it is an error, since it is always a mistake.
      if (thread && known(channel, thread.ts).threadTs !== undefined) throw slackError('cannot_reply_to_message');
      return keep(channel, nextTs(), content, thread);
    },
    /** What the real Slack took, under the ts that it gave: a new message, or an edit of a known one. Checks nothing. */
    adopt(channel: string, ts: string, content: SlackContent, thread?: Thread): LocalSlackMessage {
      const message = messages.get(key(channel, ts));
      return message ? edit(message, content) : keep(channel, ts, content, thread);
    },
    update(channel: string, ts: string, content: SlackContent): LocalSlackMessage {
      open(channel);
      const message = known(channel, ts);
      const error = refusedUpdates.get(key(channel, ts));
      if (error) throw slackError(error);
      return edit(message, content);
    },
    permalink(channel: string, ts: string): string {
      open(channel);
      const { threadTs } = known(channel, ts);
      const thread = threadTs === undefined ? '' : `?thread_ts=${threadTs}&cid=${channel}`;
      return `https://acme.slack.com/archives/${channel}/p${ts.replace('.', '')}${thread}`;
    },
    find: (channel: string, ts: string) => messages.get(key(channel, ts)),
    /** By channel id, in the order of posting, thread replies included. */
    channels() {
      const channels = new Map<string, LocalSlackMessage[]>();
      for (const message of messages.values()) channels.set(message.channel, [...(channels.get(message.channel) ?? []), message]);
      return channels;
    },
    /** From now on every call on this channel answers the error, such as is_archived; without one it works again. */
    refuseChannel(channel: string, error?: string): void {
      if (error === undefined) refusedChannels.delete(channel);
      else refusedChannels.set(channel, error);
    },
    /** From now on updates of this message answer the error, such as edit_window_closed. */
    refuseUpdate: (channel: string, ts: string, error: string) => void refusedUpdates.set(key(channel, ts), error),
    /** As a person deletes a message. */
    remove: (channel: string, ts: string) => void messages.delete(key(channel, ts)),
    save: () => [...messages.values()],
    restore(saved: LocalSlackMessage[]): void {
      for (const message of saved) {
        messages.set(key(message.channel, message.ts), message);
        last = Math.max(last, Math.round(Number(message.ts) * 1_000_000));
      }
    },
  };
}

/** Slack says no with 200 and a code. */
export function slackError(code: string, detail?: string): ServiceError {
  return new ServiceError(code, detail ?? code, 200);
}
