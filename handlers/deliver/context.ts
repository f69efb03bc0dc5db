/** What every step of a delivery has at hand, and the message as it would be told now. */
import type { Config, Receiver } from '../../config/schema';
import { checkBriefing } from '../domain/briefing';
import { canonical, hash } from '../domain/identity';
import { languageOf, type Rendering, renderMessage } from '../domain/message';
import type { ProblemView } from '../domain/view';
import type { Analyst, Clock, Hub, Journal, Ledger, Messenger, SlackMessage } from '../ports';
import type { ProblemState } from './problem-state';
import type { Turns } from './turns';

export interface DeliverDeps {
  config: Config;
  ledger: Ledger;
  messenger: Messenger;
  analyst: Analyst;
  hub: Hub;
  turns: Turns;
  clock: Clock;
  journal: Journal;
}

/** When and how often the wake-up came, from SQS. */
export interface Arrival {
  sentAt: number;
  first: boolean;
}

export interface Context extends DeliverDeps {
  state: ProblemState;
  receiver: Receiver & { name: string };
  arrival: Arrival;
  viewNow(): ProblemView | undefined;
}

export async function render(
  view: ProblemView,
  { state, receiver, config }: Pick<Context, 'state' | 'receiver' | 'config'>,
  earlierUrl?: string,
): Promise<SlackMessage> {
  return renderMessage(await renderingOf(view, { state, receiver, config }, earlierUrl));
}

export async function renderingOf(
  view: ProblemView,
  { state, receiver, config }: Pick<Context, 'state' | 'receiver' | 'config'>,
  earlierUrl?: string,
): Promise<Rendering> {
  const text = await state.text(view);
  const { words } = state.header;
  const briefing = words?.briefing && checkBriefing(words.briefing, text.brief, view.severity, languageOf(receiver, config.settings));
  return {
    view,
    text,
    receiver,
    settings: config.settings,
    briefing,
    model: words?.model,
    wordsMayCome: config.settings.model.enabled && (words === undefined || words.nextAt !== undefined),
    earlierUrl: earlierUrl ?? state.header.earlierUrl,
  };
}

export function contentHash(message: SlackMessage): string {
  return hash(canonical(message));
}
