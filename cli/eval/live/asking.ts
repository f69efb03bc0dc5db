/** Asks a model what the functions would ask it, some questions at a time, until all is answered, the money is spent or somebody stops it. */
import { Denied, Refused, Unavailable } from '../../../handlers/domain/failure';
import { type Briefing, parseBriefing, UnusableAnswer } from '../../../handlers/domain/interpretation/briefing';
import { judgePromptFor, parseVerdicts, sentencesToJudge } from '../../../handlers/domain/interpretation/judge';
import { type AnalystRequest, promptFor } from '../../../handlers/domain/interpretation/prompt';
import type { Verdicts } from '../../../handlers/domain/interpretation/verdict';
import type { AnalystAnswer } from '../../../handlers/ports';
import type { Question } from './briefs';
import { type Purse, Spent } from './purse';
import type { Batch } from './sentences';

/** What one question took and cost. */
export interface Call {
  seconds: number;
  inputTokens: number;
  outputTokens: number;
}

/** What became of a question: `unusable` is an answer that cannot be read, `failed` none. */
export interface Explained {
  question: Question;
  end: 'answered' | 'unusable' | 'failed';
  /** Why there is none, or no verdict. */
  why?: string;
  briefing?: Briefing;
  /** Absent where the judge gave nothing to go by: then nothing is shown. */
  verdicts?: Verdicts;
  answer?: Call;
  judge?: Call;
}

export interface JudgedBatch extends Batch {
  /** Absent where the judge gave nothing to go by. */
  verdicts?: Verdicts;
  judge?: Call;
}

export interface Evidence {
  explained: Explained[];
  judged: JudgedBatch[];
  /** Who answered. */
  models: Set<string>;
  /** Why it ended before all was asked. */
  stopped?: 'spent' | 'interrupted' | 'failing';
  failure?: unknown;
}

export interface AskingDeps {
  ask(request: AnalystRequest): Promise<AnalystAnswer>;
  purse: Purse;
  /** Epoch milliseconds. */
  now(): number;
  sleep(ms: number): Promise<void>;
  signal: AbortSignal;
  progress(done: number): void;
}

/** Questions that are under way together. */
const TOGETHER = 3;
const TRIES = 4;
/** After so many failures one after the other the rest would fare the same. */
const IN_VAIN = 5;

export async function gather(questions: readonly Question[], batches: readonly Batch[], deps: AskingDeps): Promise<Evidence> {
  const evidence: Evidence = { explained: [], judged: [], models: new Set() };
  let inVain = 0;
  let done = 0;
  const work = [
    ...questions.map((question) => ({
      run: async () => void evidence.explained.push(await explained(question, asker)),
      fail: (error: unknown) => void evidence.explained.push({ question, end: 'failed', why: String(error) }),
    })),
    ...batches.map((batch) => ({
      run: async () => void evidence.judged.push(await judgedBatch(batch, asker)),
      fail: () => void evidence.judged.push(batch),
    })),
  ];
  const asker: Asker = async (request) => {
    const call = await asked(request, deps);
    inVain = 0;
    if (call.model) evidence.models.add(call.model);
    return call;
  };
  const worker = async () => {
    for (let next = work.shift(); next && !evidence.stopped; next = work.shift()) {
      try {
        await next.run();
      } catch (error) {
        inVain++;
        if (deps.signal.aborted) evidence.stopped = 'interrupted';
        else if (error instanceof Spent) evidence.stopped = 'spent';
        else if (error instanceof Denied || inVain >= IN_VAIN) [evidence.stopped, evidence.failure] = ['failing', error];
        else next.fail(error);
      }
      deps.progress(++done);
    }
  };
  await Promise.all(Array.from({ length: TOGETHER }, worker));
  return evidence;
}

type Asker = (request: AnalystRequest) => Promise<AnalystAnswer & Call>;

async function explained(question: Question, ask: Asker): Promise<Explained> {
  const { brief, language } = question;
  const answer = await ask(promptFor(brief, language));
  const known = { question, answer: callOf(answer) };
  let briefing: Briefing;
  try {
    briefing = parseBriefing(answer.content);
  } catch (error) {
    return { ...known, end: 'unusable', why: String(error) };
  }
  const sentences = sentencesToJudge(briefing, brief, language);
  if (sentences.length === 0) return { ...known, end: 'answered', briefing, verdicts: {} };
  const judge = await ask(judgePromptFor(brief, sentences, language));
  try {
    return { ...known, end: 'answered', briefing, judge: callOf(judge), verdicts: parseVerdicts(judge.content, sentences) };
  } catch (error) {
    return { ...known, end: 'answered', briefing, judge: callOf(judge), why: String(error) };
  }
}

async function judgedBatch(batch: Batch, ask: Asker): Promise<JudgedBatch> {
  const [first] = batch.samples;
  if (!first) return batch;
  const judge = await ask(judgePromptFor(first.brief, batch.sentences, first.language));
  try {
    return { ...batch, judge: callOf(judge), verdicts: parseVerdicts(judge.content, batch.sentences) };
  } catch {
    return { ...batch, judge: callOf(judge) };
  }
}

const callOf = ({ seconds, inputTokens, outputTokens }: Call): Call => ({ seconds, inputTokens, outputTokens });

/** @throws Spent; whatever the model failed with, after several tries where time may mend it. */
async function asked(request: AnalystRequest, { ask, purse, now, sleep, signal }: AskingDeps): Promise<AnalystAnswer & Call> {
  for (let tries = 1; ; tries++) {
    if (signal.aborted) throw signal.reason;
    const reserved = purse.reserve(request);
    const began = now();
    try {
      const answer = await ask(request);
      purse.settle(reserved, answer);
      return { ...answer, seconds: (now() - began) / 1000 };
    } catch (error) {
      // Refused is not paid for; of what was cut off or broke, nobody knows.
      const free = error instanceof Denied || error instanceof Refused || /Throttl/.test(String(error));
      purse.settle(reserved, free ? { inputTokens: 0, outputTokens: 0 } : undefined);
      // Cut off at the limit of its tokens it is an answer all the same.
      if (error instanceof UnusableAnswer)
        return { content: undefined, model: '', inputTokens: 0, outputTokens: 0, seconds: (now() - began) / 1000 };
      if (error instanceof Denied || !(error instanceof Unavailable) || tries === TRIES) throw error;
      await sleep(1000 * 2 ** tries);
    }
  }
}
