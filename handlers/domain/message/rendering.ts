/** What a message is made of. */
import type { Owners, Receiver, Settings } from '../../../config/schema';
import type { Fact } from '../facts/fact';
import type { Severity } from '../finding/finding';
import type { CheckedBriefing } from '../interpretation/briefing';
import type { Period } from '../interpretation/budget';
import type { TextRow } from '../problem/rows';
import type { Phrase } from '../phrasebook/phrase';
import type { ProblemView } from '../problem/view';

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
  /** What the phrasebook says of such findings, in the reader's language: see proseOf and headline. */
  phrase?: Phrase;
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
  /** There are no words, or older ones, since the model's budget was used up. */
  paused?: Period;
  /** The message goes to an incoming webhook: it will have no thread and no updates. */
  oneWay?: boolean;
  /** Without the age of what it tells, which changes though nothing happens. */
  ageless?: boolean;
  /** Link to the message that this one follows. */
  earlierUrl?: string;
}
