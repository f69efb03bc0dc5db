/** What a message says of what is open no longer: what was reported until then, and what to look at where nobody knows that it was mended. */
import type { Language } from '../../../config/schema';
import { type Block, bold, line, plain } from './blocks';
import type { Rendering } from './rendering';
import { clockSpan } from './times';
import { WORDS } from './words';

type Ended = Pick<Rendering, 'view' | 'text' | 'settings' | 'now'>;

/** Put in front of what was so: from when it was first seen until it closed. Nothing where nothing follows. */
export function asReported({ view, settings, now }: Ended, language: Language, its: Block[]): Block[] {
  const span = clockSpan(view.firstSeenAt, Math.max(view.firstSeenAt, view.closedAt ?? 0), language, settings.timeZone, now);
  return its.length > 0 ? [line(bold(`${WORDS[language].asReported}  `), plain(span)), ...its] : [];
}

/** Where its product put it away, or reports it no more, that alone mends nothing: where to look whether it is gone. */
export function toCheck({ view, text }: Pick<Ended, 'view' | 'text'>, language: Language): Block[] {
  const words = WORDS[language];
  const isOpenQuestion = view.open === 0 && view.closings.some(([closing]) => closing === 'archived' || closing === 'no-longer-reported');
  return isOpenQuestion ? [line(bold(`${words.toCheck}  `), plain(words.checks[text.kind]))] : [];
}
