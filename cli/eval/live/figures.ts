/** What was gathered, in figures: how many explanations survive, what gate and judge keep and catch, how long it took and what it cost. */
import type { Language } from '../../../config/schema';
import { checkBriefing, examine } from '../../../handlers/domain/interpretation/briefing';
import { JUDGE_VERSION } from '../../../handlers/domain/interpretation/judge';
import { PROMPT_VERSION } from '../../../handlers/domain/interpretation/prompt';
import { type Judged, tally } from '../../../handlers/domain/interpretation/verdict';
import { STAND_INS } from '../../../local/bedrock/bedrock';
import { isCheckable, kindOf } from '../measure';
import type { Sample } from '../sets';
import type { Call, Evidence, Explained } from './asking';
import type { Purse } from './purse';
import { isWithheld } from './sentences';

/** Of one kind and language, or of all. */
export interface Caught {
  kind: string;
  language: Language;
  checkable: boolean;
  bad: number;
  badByGate: number;
  /** Of what the gate let through. */
  badByJudge: number;
  good: number;
  goodByGate: number;
  goodByJudge: number;
}

export interface Survival {
  language: Language;
  /** Those that the model answered, usably or not. */
  asked: number;
  /** Every sentence is shown. */
  whole: number;
  /** By the gate alone. */
  wholeByGate: number;
  partly: number;
  /** Nothing of worth is shown, or the answer could not be read. */
  none: number;
}

export interface Spread {
  count: number;
  p50: number;
  p95: number;
}

export interface Figures {
  /** ISO 8601. */
  at: string;
  profile: string;
  /** As the answers name them. */
  models: string[];
  /** The stand-in answered: the figures mean nothing. */
  standIn: boolean;
  judge: string;
  prompt: string;
  seed: number;
  stopped?: Evidence['stopped'];
  survival: Survival[];
  /** Of all that were asked how many are shown whole, 0 to 1; absent where none was. */
  survives?: number;
  unanswered: number;
  sentences: { asked: number; judged: number; rows: Caught[] };
  verdicts: Partial<Record<Judged, number>>;
  seconds: { answer: Spread; judge: Spread; both: Spread; inTime: number; limit: number };
  tokens: { answers: { in: number; out: number }; judge: { in: number; out: number } };
  /** USD. */
  cost: { spent: number; atMost: number; aFinding?: number };
}

export interface Plan {
  at: number;
  profile: string;
  seed: number;
  atMost: number;
  /** Seconds that a message waits. */
  limit: number;
  samples: readonly Sample[];
  /** How many of them the gate lets through. */
  toJudge: number;
}

export function figuresOf(evidence: Evidence, plan: Plan, purse: Purse): Figures {
  const { explained, judged, models, stopped } = evidence;
  const answers = explained.flatMap(({ answer }) => answer ?? []);
  const judgings = [...explained, ...judged].flatMap(({ judge }) => judge ?? []);
  const survival = (['en', 'ja'] as const).map((language) => survivalOf(explained, language)).filter(({ asked }) => asked > 0);
  const asked = survival.reduce((sum, each) => sum + each.asked, 0);
  const whole = survival.reduce((sum, each) => sum + each.whole, 0);
  const both = explained.flatMap(({ answer, judge }) => (answer && judge ? answer.seconds + judge.seconds : []));
  const costs = explained.flatMap(({ answer, judge }) => (answer && judge ? costOf(answer, purse) + costOf(judge, purse) : []));
  return {
    at: new Date(plan.at).toISOString(),
    profile: plan.profile,
    models: [...models].sort(),
    standIn: Object.values(STAND_INS).some((name) => models.has(name)),
    judge: JUDGE_VERSION,
    prompt: PROMPT_VERSION,
    seed: plan.seed,
    ...(stopped ? { stopped } : {}),
    survival,
    ...(asked > 0 ? { survives: whole / asked } : {}),
    unanswered: explained.filter(({ end }) => end === 'failed').length,
    sentences: caughtOf(evidence, plan),
    verdicts: summed([...explained, ...judged].flatMap(({ verdicts }) => (verdicts ? [tally(verdicts)] : []))),
    seconds: {
      answer: spread(answers.map(({ seconds }) => seconds)),
      judge: spread(judgings.map(({ seconds }) => seconds)),
      both: spread(both),
      inTime: both.filter((seconds) => seconds <= plan.limit).length,
      limit: plan.limit,
    },
    tokens: { answers: tokensOf(answers), judge: tokensOf(judgings) },
    cost: {
      spent: purse.spent,
      atMost: plan.atMost,
      ...(costs.length > 0 ? { aFinding: costs.reduce((sum, each) => sum + each, 0) / costs.length } : {}),
    },
  };
}

/** What of an explanation would be shown. */
export function shownOf({ question, briefing, verdicts }: Explained) {
  return briefing && verdicts ? checkBriefing(briefing, question.brief, question.severity, question.language, verdicts) : undefined;
}

function survivalOf(explained: readonly Explained[], language: Language): Survival {
  const counts: Survival = { language, asked: 0, whole: 0, wholeByGate: 0, partly: 0, none: 0 };
  for (const each of explained) {
    const { question, briefing, end } = each;
    if (question.language !== language || end === 'failed') continue;
    counts.asked++;
    const shown = shownOf(each);
    if (briefing && examine(briefing, question.brief, question.severity, language).withheld.length === 0) counts.wholeByGate++;
    if (!shown) counts.none++;
    else if (shown.withheld.length === 0) counts.whole++;
    else counts.partly++;
  }
  return counts;
}

/** Of sentences that were judged, and of those that the gate withholds anyway. */
function caughtOf({ judged }: Evidence, { samples, toJudge }: Plan): Figures['sentences'] {
  const verdicts = new Map(
    judged.flatMap((batch) => (batch.verdicts ? batch.samples.map((sample) => [sample, batch.verdicts] as const) : [])),
  );
  const rows = new Map<string, Caught>();
  for (const sample of samples) {
    const byGate = isWithheld(sample);
    const its = verdicts.get(sample);
    if (!byGate && !its) continue;
    const byJudge = !byGate && isWithheld(sample, its);
    const kind = kindOf(sample.kind);
    const key = `${kind} ${sample.language}`;
    const row = rows.get(key) ?? { kind, language: sample.language, checkable: isCheckable(kind), ...NONE };
    rows.set(key, row);
    const of = sample.good ? ('good' as const) : ('bad' as const);
    row[of]++;
    row[`${of}ByGate`] += Number(byGate);
    row[`${of}ByJudge`] += Number(byJudge);
  }
  return { asked: toJudge, judged: verdicts.size, rows: [...rows.values()] };
}

const NONE = { bad: 0, badByGate: 0, badByJudge: 0, good: 0, goodByGate: 0, goodByJudge: 0 };

const costOf = ({ inputTokens, outputTokens }: Call, purse: Purse) => purse.cost(inputTokens, outputTokens);

function tokensOf(calls: readonly Call[]): { in: number; out: number } {
  return {
    in: calls.reduce((sum, { inputTokens }) => sum + inputTokens, 0),
    out: calls.reduce((sum, { outputTokens }) => sum + outputTokens, 0),
  };
}

/** The nearest rank. */
function spread(values: readonly number[]): Spread {
  const order = [...values].sort((a, b) => a - b);
  const at = (share: number) => order[Math.max(0, Math.ceil(share * order.length) - 1)] ?? 0;
  return { count: order.length, p50: at(0.5), p95: at(0.95) };
}

function summed(counts: readonly Partial<Record<Judged, number>>[]): Partial<Record<Judged, number>> {
  const sum: Partial<Record<Judged, number>> = {};
  for (const each of counts)
    for (const [verdict, count] of Object.entries(each)) sum[verdict as Judged] = (sum[verdict as Judged] ?? 0) + count;
  return sum;
}
