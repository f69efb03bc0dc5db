/** What a message is made of. */
import type { Owners, Receiver, Settings } from '../../../config/schema';
import type { Fact } from '../facts/fact';
import type { Severity } from '../finding/finding';
import type { CheckedBriefing } from '../interpretation/briefing';
import type { TextRow } from '../problem/rows';
import type { ProblemView } from '../problem/view';

/** What the phrasebook says of a kind of finding, in the reader's language. */
export interface Entry {
  /** What is wrong, at most 70 characters. It stands in place of the title, whose official form goes to the footer. */
  headline: string;
  meaning: string;
  impact: string;
  steps: string[];
}

export interface Rendering {
  view: ProblemView;
  /** Epoch milliseconds. */
  now: number;
  text: TextRow;
  receiver: Receiver & { name: string };
  settings: Settings;
  /** Whom routes.yaml says owners are in Slack. */
  owners?: Owners;
  briefing?: CheckedBriefing;
  /** What the phrasebook has of it: see proseOf and headline. */
  entry?: Entry;
  /** The one vulnerability that the problem gathers, where its receiver gathers so. */
  weakness?: string;
  /** Of a problem that holds findings of several titles: those of the worst, and how many there are. */
  titles?: { named: { title: string; severity: Severity; facts?: Fact[] }[]; count: number };
  /** Of a problem of several resources: what decides of those that are shown, by their ids. */
  memberFacts?: ReadonlyMap<string, readonly Fact[]>;
  /** Inference profile that gave the briefing. */
  model?: string;
  /** Whether an interpretation may still come. */
  interpretationMayCome: boolean;
  /** The message goes to an incoming webhook: it will have no thread and no updates. */
  oneWay?: boolean;
  /** Without the age of what it tells, which changes though nothing happens. */
  ageless?: boolean;
  /** Link to the message that this one follows. */
  earlierUrl?: string;
}
