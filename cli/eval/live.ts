/** `npm run hub -- eval --bedrock live`: gate, judge and words measured on the operator's own model, within a stated cost. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../config/schema';
import { profilesOf } from '../../config/models';
import { bedrockAnalyst } from '../../handlers/adapters/bedrock';
import { capabilityOf } from '../../handlers/adapters/bedrock-models';
import { bedrockService } from '../../local/bedrock/bedrock';
import { listen } from '../../local/protocol/listener';
import { counted } from '../doctor/check';
import { wordsOf } from '../doctor/outcome';
import { type Status, WrongUse } from '../frame/command';
import { say } from '../frame/run';
import type { Terminal } from '../frame/terminal';
import { painter } from '../show/columns';
import { seeded } from '../simulate/world/random';
import { gather } from './live/asking';
import type { Question } from './live/briefs';
import { figuresOf } from './live/figures';
import { pairsOf, renderEvaluation } from './live/page';
import { priceOf, Purse } from './live/purse';
import { renderFigures } from './live/render';
import { batches } from './live/sentences';
import type { Sample } from './sets';

export interface LiveFlags {
  bedrock: 'live' | 'stub';
  'at-most': string;
  model: string | undefined;
  price: string | undefined;
  seed: string | undefined;
  json: boolean;
}

/** Seconds: also what comes too late for a message is measured. */
const PATIENCE = 60;
const DATA = 'eval.json';
const PAGE = 'eval.html';

/** @param folder where page and data are written. */
export async function evaluateLive(
  flags: LiveFlags,
  samples: readonly Sample[],
  asked: readonly Question[],
  { settings }: Pick<Config, 'settings'>,
  folder: string,
  terminal: Terminal,
): Promise<Status> {
  const profile = flags.model ?? profilesOf(settings)[0];
  if (profile === undefined)
    throw new WrongUse('settings.yaml names no model for this Region: name one by --model, as model.profiles would.');
  const maxTokens = settings.model.maxTokens ?? capabilityOf(profile).maxTokens;
  const atMost = usdOf(flags['at-most']);
  const purse = new Purse(atMost, priceOf(profile, flags.price), maxTokens);
  const seed = seedOf(flags.seed) ?? terminal.now();
  const random = seeded(seed);
  const groups = batches(samples, random);
  const close = flags.bedrock === 'stub' ? await standIn() : undefined;
  const total = asked.length + groups.length;
  say(`Asks ${profile} in ${settings.regions.home} for at most ${atMost} USD. Ctrl-C stops, and keeps what it has.`, terminal);
  const bar = terminal.bar(total, 'questions');
  try {
    const analyst = bedrockAnalyst({ maxTokens, region: settings.regions.home });
    const evidence = await gather(asked, groups, {
      ask: (request) => analyst.interpret(request, { profile, timeoutMs: PATIENCE * 1000 }),
      purse,
      now: terminal.now,
      sleep: (ms) => terminal.sleep(ms, terminal.signal),
      signal: terminal.signal,
      progress: (done) => bar.update(done, total, `${purse.spent.toFixed(2)} USD`),
    });
    bar.stop();
    // Without any answer there is nothing to keep, and what is wrong is all there is to say.
    if (evidence.failure !== undefined) {
      say(`${refusal(evidence.failure)}  \`npm run doctor -- --bedrock\` says what the account lacks.`, terminal);
      if (evidence.models.size === 0) return 1;
    }
    const toJudge = groups.reduce((sum, group) => sum + group.samples.length, 0);
    const limit = settings.model.timeoutSeconds;
    const figures = figuresOf(evidence, { at: terminal.now(), profile, seed, atMost, limit, samples, toJudge }, purse);
    mkdirSync(folder, { recursive: true });
    const pairs = pairsOf(evidence.explained, random);
    writeFileSync(join(folder, DATA), `${JSON.stringify({ ...figures, explained: evidence.explained }, null, 1)}\n`);
    writeFileSync(join(folder, PAGE), renderEvaluation(figures, pairs));
    if (flags.json) terminal.print(JSON.stringify(figures, null, 2));
    else {
      terminal.print(renderFigures(figures, terminal.width, painter(terminal.colour)));
      terminal.print(
        `\n${join(folder, PAGE)}: ${counted(pairs.length, 'finding')} in the phrasebook's words and in the model's, blind\n${join(folder, DATA)}: all of it`,
      );
    }
    if (evidence.stopped === 'interrupted') return 130;
    return evidence.stopped === 'failing' ? 1 : 0;
  } finally {
    bar.stop();
    await close?.();
  }
}

/** What the service itself said, with what to do about credentials. */
function refusal(failure: unknown): string {
  return wordsOf(failure instanceof Error && failure.cause !== undefined ? failure.cause : failure);
}

/** The stand-in on loopback, in place of Bedrock, until it is closed. */
async function standIn(): Promise<() => Promise<void>> {
  const listener = await listen(bedrockService());
  const mine = { AWS_ENDPOINT_URL_BEDROCK_RUNTIME: listener.url, AWS_ACCESS_KEY_ID: 'stand-in', AWS_SECRET_ACCESS_KEY: 'stand-in' };
  const before = Object.keys(mine).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, mine);
  return async () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    await listener.close();
  };
}

/** @throws WrongUse */
function usdOf(text: string): number {
  const amount = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!(amount > 0)) throw new WrongUse(`--at-most ${text}: an amount in USD, such as 1 or 0.50.`);
  return amount;
}

/** @throws WrongUse */
function seedOf(text: string | undefined): number | undefined {
  if (text !== undefined && !/^\d{1,15}$/.test(text)) throw new WrongUse(`--seed ${text}: a whole number.`);
  return text === undefined ? undefined : Number(text);
}
