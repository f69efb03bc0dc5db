/** Reads what was measured, and says what it is worth to a page: of which deployment and code it is, and how old. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DAY, MINUTE } from '../../handlers/domain/time';
import type { Coverage } from '../audit/coverage';
import type { Evidence } from './evidence';
import { PROMISES, type Run, RUNS, type TestRun } from './proof';

const text = z.string();
const texts = z.array(text);
const count = z.number().int().min(0);
const by = z.enum(['unreadable', 'not-in-ledger', 'not-told', 'no-receiver', 'late']);
const facts = { passed: count, failed: count, skipped: count };

const coverage = z.strictObject({
  regions: texts,
  silentDays: count,
  standards: z.boolean(),
  ledger: z.strictObject({
    asked: z.boolean(),
    why: text.optional(),
    since: text.optional(),
    deployed: z.iso.datetime().optional(),
    looked: count,
    complete: z.boolean(),
  }),
  accounts: z.array(
    z.strictObject({
      id: text,
      name: text,
      ou: text,
      covered: texts,
      uncovered: z.record(text, text),
      silent: texts,
      recorded: text.optional().describe('When the ledger last recorded something of a finding of it.'),
      told: text.optional().describe('When a message was last written that counts a finding of it.'),
      untold: count.describe('Findings that Security Hub holds, that are to be told, and that were not.'),
      waiting: count.describe(
        'The same, for no longer than its severity may, or for Slack, as the ledger says, and since less than a day; or not in the ledger within an hour.',
      ),
      late: count
        .optional()
        .describe('The same, for longer than its severity may, and the ledger does not say for what; since less than a day. Absent: none.'),
      muted: count.describe('The same, which routes keep from everybody.'),
      examples: z
        .array(z.strictObject({ id: text, severity: text, product: text, since: text, updated: text, by: by }))
        .optional()
        .describe('Some of those that were not told or are late, and why, as far as it is known.'),
    }),
  ),
}) satisfies z.ZodType<Coverage>;

const checks = z.array(
  z.strictObject({
    ...{ id: text, group: text, title: text, verdict: z.enum(['pass', 'warn', 'fail', 'unknown', 'skipped']), found: text },
    at: z.iso.datetime().optional().describe('Since when that is so, where it has a date: of the stack when its last deployment began.'),
  }),
);

const run = z.strictObject({
  suites: count,
  ...facts,
  proofs: z.array(z.strictObject({ path: text, proves: z.array(z.enum(PROMISES)), ...facts })),
}) satisfies z.ZodType<TestRun>;

const measured = <Result extends z.ZodType>(result: Result) =>
  z.strictObject({
    made: z.iso.datetime(),
    command: text,
    commit: text,
    clean: z.boolean(),
    environment: text,
    result,
  });

export const evidenceSchema = z.strictObject({
  coverage: measured(coverage).optional(),
  doctor: measured(checks).optional(),
  test: measured(run).optional(),
  'test-slow': measured(run).optional(),
  'test-deploy': measured(run).optional(),
  unreadable: z.array(z.strictObject({ file: text, why: text })),
});

export type Kept = z.infer<typeof evidenceSchema>;

/** @param now epoch milliseconds: nothing was measured later. */
export function readEvidence(folder: string, now: number): Kept {
  const kept: Record<string, unknown> = {};
  const unreadable: Kept['unreadable'] = [];
  for (const name of ['coverage', 'doctor', ...Object.keys(RUNS)] as (keyof Omit<Kept, 'unreadable'>)[]) {
    const file = join(folder, `${name}.json`);
    if (!existsSync(file)) continue;
    try {
      const found = evidenceSchema.shape[name].unwrap().parse(JSON.parse(readFileSync(file, 'utf8')));
      if (Date.parse(found.made) > now + MINUTE) throw new Error(`it is dated ${found.made}, which is still to come`);
      kept[name] = found;
    } catch (error) {
      const why = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
      unreadable.push({ file, why: why.split('\n')[0] ?? '' });
    }
  }
  return { ...kept, unreadable } as Kept;
}

/** What a page may say of it. `holds`: of this deployment and still new, or of this very code. */
export type Standing = 'holds' | 'absent' | 'old' | 'other-deployment' | 'other-commit' | 'not-committed';

/** After this long nobody knows whether it still is so, in days. */
export const MEASURED_FOR = 7;

/** Of what was measured of a deployment. @param made of the page, ISO 8601. */
export function standingOf(evidence: Evidence<unknown> | undefined, deployment: string, made: string): Standing {
  if (!evidence) return 'absent';
  if (evidence.environment !== deployment) return 'other-deployment';
  return Date.parse(made) - Date.parse(evidence.made) > MEASURED_FOR * DAY ? 'old' : 'holds';
}

/** Of a run of tests, which says something of the code that it ran, however long ago. @param code as the functions' versions name it: seven digits of a commit, with a + where more was built. */
export function proofStanding(evidence: Evidence<unknown> | undefined, code: string): Standing {
  if (!evidence) return 'absent';
  const commit = /^([0-9a-f]{7})\+?$/.exec(code)?.[1];
  if (commit === undefined || evidence.commit.slice(0, 7) !== commit) return 'other-commit';
  return code.endsWith('+') || !evidence.clean ? 'not-committed' : 'holds';
}

export const runsOf = (kept: Kept): { run: Run; evidence: Evidence<TestRun> | undefined }[] =>
  (Object.keys(RUNS) as Run[]).map((each) => ({ run: each, evidence: kept[each] }));
