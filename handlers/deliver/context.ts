/** What every step of a delivery has at hand, and the message as it would be told now. */
import type { Config, Receiver } from '../../config/schema';
import { briefTrusting, briefWith } from '../domain/interpretation/brief';
import { isOfWorth } from '../domain/interpretation/briefing';
import { addressOf, isOneWay } from '../../config/routing/address';
import { Hopeless } from '../domain/failure';
import { hash } from '../domain/text/identity';
import { languageOf } from '../domain/message/heading';
import { renderMessage } from '../domain/message/message';
import type { Rendering } from '../domain/message/rendering';
import { type Phrase, phraseIn } from '../domain/phrasebook/phrase';
import { weaknessIn } from '../domain/problem/problem';
import type { ProblemRow } from '../domain/problem/problem-row';
import type { TextRow } from '../domain/problem/rows';
import type { ProblemView } from '../domain/problem/view';
import type { SlackMessage } from '../ports';
import type { Absences } from './absences';
import type { DeliverDeps } from './deps';
import { presentable } from './words/judging';
import type { Question } from './words/models';
import type { ProblemState } from './problem-state';
import type { ProblemTexts } from './problem-texts';
import type { ReadAhead } from './read-ahead';
import type { Turns } from './turns';

/** A receiver under its name in routes.yaml, and where it is reached: see addressOf. */
export type Recipient = Receiver & { name: string; address: string };

export interface Context extends DeliverDeps {
  ledger: ReadAhead;
  turns: Turns;
  state: ProblemState;
  texts: ProblemTexts;
  absences: Absences;
  receiver: Recipient;
  /** When the wake-up was sent, in epoch milliseconds. */
  sentAt: number;
}

/** @throws Hopeless where it is no longer defined and nothing of it stands. */
export function receiverOf(name: string, state: ProblemState, config: Config): Recipient {
  const receiver = config.routes.receivers[name];
  if (receiver) return { ...receiver, name, address: addressOf(receiver) };
  // Its messages still stand in their channel and are brought to their end there.
  const channel = (state.header.message ?? state.header.previous)?.channel;
  if (channel) return { name, address: channel, securityAccountAccess: false };
  throw new Hopeless(
    `the receiver "${name}" is no longer defined in config/routes.yaml: define it again and redrive the message, or purge it`,
  );
}

/** A look renders the same view several times: to see whether it differs from what stands, to send it, to record it. */
const rendered = new WeakMap<ProblemView, Rendered & { header: ProblemRow }>();

/** A message as it would stand, and the hash of what it says. */
export interface Rendered {
  message: SlackMessage;
  contentHash: string;
}

export async function render(view: ProblemView, context: Context): Promise<Rendered> {
  const { header } = context.state;
  const known = rendered.get(view);
  if (known && known.header.interpretation === header.interpretation && known.header.earlierUrl === header.earlierUrl) return known;
  const rendering = await renderingOf(view, context);
  const message = renderMessage(rendering);
  // That it has become older is worth no edit by itself.
  const next = { header, message, contentHash: hashOf(renderMessage({ ...rendering, ageless: true })) };
  rendered.set(view, next);
  return next;
}

export async function renderingOf(view: ProblemView, context: Context): Promise<Rendering> {
  const { state, texts, receiver, config, clock } = context;
  const text = await texts.of(view);
  const phrase = phraseFor(view, text, context);
  const { interpretation } = state.header;
  const checked = interpretation && presentable(interpretation, questionFrom(view, text, phrase, context), config.settings);
  const oneWay = standsOneWay(context);
  return {
    view,
    now: clock.now(),
    text,
    weakness: weaknessIn(state.problem.fingerprint),
    titles: await texts.titles(view, text),
    memberFacts: await texts.memberFacts(view, text),
    receiver,
    settings: config.settings,
    owners: config.routes.owners,
    ...(phrase ? { phrase } : {}),
    briefing: checked && isOfWorth(checked) ? checked : undefined,
    model: interpretation?.model,
    interpretationMayCome: !oneWay && config.settings.model.enabled && (!interpretation || interpretation.nextAt !== undefined),
    ...(interpretation?.paused ? { paused: interpretation.paused } : {}),
    oneWay,
    earlierUrl: state.header.earlierUrl,
  };
}

/** What the phrasebook says of the finding that heads the message, in its reader's language. */
export function phraseFor({ lead }: ProblemView, { phrases = [] }: TextRow, { phrasebook, receiver, config }: Context): Phrase | undefined {
  if (phrases.length === 0) return undefined;
  return phraseIn(phrasebook(languageOf(receiver, config.settings)), phrases, lead.resource.type);
}

/** What words are asked for: the model is told of the finding, and what the phrasebook says of such. */
export async function questionFor(view: ProblemView, context: Context): Promise<Question> {
  const text = await context.texts.of(view);
  return questionFrom(view, text, phraseFor(view, text, context), context);
}

function questionFrom(view: ProblemView, text: TextRow, phrase: Phrase | undefined, { config, receiver }: Context): Question {
  const { settings } = config;
  return {
    brief: briefWith(briefTrusting(text, settings.trustText), phrase),
    severity: view.severity,
    language: languageOf(receiver, settings),
  };
}

/** Whether what is told, or was told, of a problem cannot be edited and has no thread. */
export function standsOneWay({ state, receiver }: Context): boolean {
  return isOneWay(state.header.message?.channel ?? receiver.address);
}

/** Messages are always built in the same order, so their text needs no sorting. */
export function hashOf(message: SlackMessage): string {
  return hash(JSON.stringify(message));
}
