/** What a page shows. */
import type { Language } from '../../config/schema';
import type { SlackMessage } from '../../handlers/ports';
import type { Names } from './blocks';

export interface PageReply extends SlackMessage {
  /** Slack's timestamp: epoch seconds with six decimals, as text. */
  ts: string;
  /** The channel saw it too. */
  broadcast: boolean;
}
export interface PageMessage extends SlackMessage {
  ts: string;
  /** Slack's timestamp of the last update, where there was one. */
  edited?: string;
  replies: PageReply[];
}
export interface PageChannel {
  id: string;
  /** Without the `#`. */
  name: string;
  description: string;
  /** What its messages are written in: lets browsers pick the right font and voice. */
  language: Language;
  messages: PageMessage[];
}
export interface Figure {
  label: string;
  value: string | number;
  note?: string;
}
export interface PageMeta {
  title: string;
  subtitle?: string;
  /** Whose Slack workspace this would be; shown above the channels. */
  workspace?: string;
  /** When the page was made, in epoch milliseconds. */
  generatedAt: number;
  /** Of the page around the messages. */
  language: Language;
  /** IANA name; times are shown in it. */
  timeZone: string;
  /** Of those who are mentioned. */
  names?: Names;
  figures?: Figure[];
  /** One line for each finding that went in. */
  outcomes?: Outcome[];
}
export interface Outcome {
  file: string;
  title?: string;
  severity: string;
  account: string;
  ou: string;
  receivers: string[];
  /** posted, updated, unchanged, filtered, muted, invalid, failed. */
  outcome: string;
  reason: string;
}
