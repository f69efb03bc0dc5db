/** When the model is asked for the words of a problem, and what becomes of what it says, or does not. */
import { isDeepStrictEqual } from 'node:util';
import { type AnswerRow, isKept } from '../../domain/interpretation/answer';
import { briefHash } from '../../domain/interpretation/brief';
import { showsProse } from '../../domain/message/message';
import { firstPostAt } from '../../domain/problem/plan';
import { rowKeys } from '../../domain/problem/rows';
import type { ProblemView } from '../../domain/problem/view';
import { isCurrent, keyOfAll, saysSomething } from './answers';
import { withinBudget } from './budget';
import { type Context, phraseFor, questionFor, standsOneWay } from '../context';
import { countSentences } from '../counted';
import { interpret, RETRIES, triesOf } from './interpretation';
import { awaitsJudge } from './judging';

/** How long a message waits for words that another worker is fetching, once it could go out. */
const INTERPRETATION_PATIENCE = 15_000;
/** With an edit for its words: for the first time, again after a failure, or since another finding leads. */
export async function interpretationIsWanted(view: ProblemView, context: Context): Promise<boolean> {
  const at = await interpretationDueAt(view, context);
  return at !== undefined && at <= context.clock.now();
}

/** @returns when the model is to be asked, in epoch milliseconds; undefined where nobody waits for its words, whatever was to be tried again. */
export async function interpretationDueAt(view: ProblemView, context: Context): Promise<number | undefined> {
  const { state, config, clock } = context;
  const { interpretation } = state.header;
  if (!(await interpretationCanBeShown(view, context))) return undefined;
  if (!interpretation) return clock.now();
  if (!config.settings.model.enabled || interpretation.paused) return undefined;
  const stands = interpretation.briefing && !awaitsJudge(interpretation, config.settings);
  const question = await questionFor(view, context);
  if (stands && interpretation.briefHash === briefHash(question.brief)) return undefined;
  return triesOf(interpretation, keyOfAll(question, config.settings)) === 0 ? clock.now() : interpretation.nextAt;
}

/** Whether it is to be asked with an edit that comes of something else: its budget was used up, it is another model or prompt now, nothing of its words may be shown, or they are not those that are kept for all. */
async function interpretationIsWelcome(view: ProblemView, context: Context): Promise<boolean> {
  const { settings } = context.config;
  const { interpretation } = context.state.header;
  if (!settings.model.enabled || !(await interpretationCanBeShown(view, context))) return false;
  if (interpretation?.paused) return true;
  if (!interpretation?.briefing) return false;
  const { answer, briefing, judgement } = interpretation;
  const question = await questionFor(view, context);
  if (triesOf(interpretation, keyOfAll(question, settings)) > RETRIES.length) return false;
  const says = saysSomething({ briefing, judgement }, question, settings);
  if (!says || !answer || !isCurrent(answer, question, settings)) return true;
  const kept = (await context.ledger.read<AnswerRow>(rowKeys.briefing(answer.key)))?.value;
  return !isKept(kept) || !isDeepStrictEqual(kept.briefing, briefing);
}

/** Late words come by an update, which an incoming webhook does not have; and of what has ended there is nothing left to say. */
async function interpretationCanBeShown(view: ProblemView, context: Context): Promise<boolean> {
  if (context.state.header.message && standsOneWay(context)) return false;
  return showsProse(view, phraseFor(view, await context.texts.of(view), context));
}

export async function fetchInterpretation(view: ProblemView, context: Context): Promise<void> {
  if (!(await interpretationIsWanted(view, context)) && !(await interpretationIsWelcome(view, context))) return;
  const { state, config, sentAt } = context;
  const words = await questionFor(view, context);
  const patience = Math.max(sentAt, firstPostAt(view)) + INTERPRETATION_PATIENCE;
  const before = state.header.interpretation;
  const interpretation = await interpret(words, before, patience, { ...context, analyst: withinBudget(context) });
  const { tries, question, nextAt, failure, paused } = interpretation;
  if (interpretation.briefing) {
    // Words are in the cache: they may wait for the next put. That there are none is remembered at once.
    state.put({ interpretation });
    countSentences(interpretation, words, context);
  } else if (!before?.briefing) await (paused ? state.put({ interpretation }) : state.save({ interpretation }));
  // What an older prompt brought of the same brief stands until there is more; the words of the finding that led before are better than none.
  else if (before.briefHash !== interpretation.briefHash || awaitsJudge(before, config.settings))
    await state.save({ interpretation: { ...before, tries, question, nextAt, failure, paused } });
  // And is not asked for with each edit for ever.
  else if (!paused) state.put({ interpretation: { ...before, tries, question } });
}
