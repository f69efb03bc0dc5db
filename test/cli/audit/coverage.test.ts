/** The organization and the ledger asked: of a made-up organization each account's state is known. */
import { join } from 'node:path';
import { type Answer, sayIn } from '../../../cli/audit/answers/answer';
import { coverage } from '../../../cli/audit/answers/coverage';
import type { Audit } from '../../../cli/audit/audited';
import { type Coverage, coverageOf } from '../../../cli/audit/coverage';
import { evidenceSchema, readEvidence } from '../../../cli/evidence/kept';
import { dynamoLedger } from '../../../handlers/adapters/dynamo';
import { parseFinding } from '../../../handlers/domain/finding/event';
import { findingKey } from '../../../handlers/domain/finding/key';
import { problemsOf } from '../../../handlers/domain/problem/marks';
import { type FindingFacts, type FindingRow, type LedgerKey, rowKeys } from '../../../handlers/domain/problem/rows';
import { NOW } from '../doctor/world';
import { terminalAt } from '../terminal';
import { DEPLOYMENT, EXAMPLE_CONFIG, measuredBy } from './known-evidence';
import { type Measured, muteInfrastructure, openMeasured } from './measured';
import { rows } from './rows';

let clinic: Measured;
let plain: Awaited<ReturnType<typeof measure>>;
beforeAll(async () => {
  clinic = await openMeasured();
  plain = await measure();
});
afterAll(() => clinic.close());

async function measure(change = muteInfrastructure): Promise<{ measured: Coverage; answer: Omit<Answer, 'id'> }> {
  const config = structuredClone(EXAMPLE_CONFIG);
  change(config);
  const measured = await coverageOf(config, clinic.config, terminalAt(NOW));
  return { measured, answer: answerTo(measured) };
}

const answerTo = (measured: Coverage, language: 'en' | 'ja' = 'en') =>
  coverage(
    {
      made: new Date(NOW).toISOString(),
      deployment: DEPLOYMENT,
      evidence: { coverage: measuredBy('npm run hub -- audit coverage', measured), unreadable: [] },
    } as unknown as Audit,
    sayIn(language),
  );

test('each account in failure stands with its reason, the worst first, and with what the ledger knows of it', () => {
  const { answer } = plain;
  expect(rows(answer, /not well/).map(([account, , ...rest]) => [account?.slice(0, -15), ...rest])).toEqual([
    ['sandbox-yamada', 'failure: not covered', 'us-east-1: no member', '–', '–', 'nothing there', 'nothing there'],
    ['billing-prod', 'failure: findings in Security Hub that were not told', '–', '–', '1', '2026-11-21', '2026-11-21'],
    [
      ...['payments-stg', 'failure: covered, and yet silent', '–', 'ap-northeast-1, us-east-1, eu-west-1', '–'],
      ...['nothing there', 'nothing there'],
    ],
  ]);
  expect(answer.fine).toBe(false);
  expect(answer.verdict).toMatch(/^Measured 2026-11-21 09:00 UTC, less than an hour before this page: 8 of 9 accounts are covered/);
  expect(answer.verdict).toMatch(
    /3 accounts are in failure: sandbox-yamada \(999999999999\), .*\. The ledger was asked as well: 5 open findings .* since 2026-11-01 \(all\)/,
  );
});

test('silence is told apart: told, waiting, muted, and nothing that is to be told', () => {
  const { measured, answer } = plain;
  const of = (id: string) => measured.accounts.find((account) => account.id === id);
  expect(of('555555555555')).toMatchObject({ untold: 0, waiting: 0, told: expect.stringMatching(/^2026-11-21T00:1/) });
  expect(of('777777777777')).toMatchObject({ untold: 0, waiting: 1, recorded: expect.stringMatching(/^2026-11-21T00:14/) });
  expect(of('777777777777')?.told).toBeUndefined();
  expect(of('444444444444')).toMatchObject({ untold: 0, waiting: 0, muted: 1 });
  expect(rows(answer, /Totals/)).toEqual([
    ['failure: not covered', '1'],
    ['failure: findings in Security Hub that were not told', '1'],
    ['failure: covered, and yet silent', '1'],
    ['health: it reports; findings wait to be told, no longer than they may or for Slack, as the ledger says', '1'],
    ['health: it reports, and routes mute what it has', '1'],
    ['health: it reports, and has nothing that is to be told', '3'],
    ['health: it reports, and what is to be told was told', '1'],
  ]);
});

test('each finding that was not told is named, with its age, why, and where to look next', async () => {
  const { measured, answer } = plain;
  const [finding, ...more] = rows(answer, /not told/);
  expect(more).toEqual([]);
  const whole = measured.accounts.find(({ id }) => id === '666666666666')?.examples?.[0]?.id ?? '';
  expect(whole).toMatch(/^arn:aws:securityhub:ap-northeast-1:666666666666:.*\/finding\/billing-1$/);
  expect(finding?.slice(0, 5)).toEqual([
    ...['…billing-1', 'billing-prod (666666666666)', 'CRITICAL aws/securityhub', '2026-11-20 23:14, 2026-11-21 06:00'],
    'not in the ledger: its event never came, or could not be taken in',
  ]);
  expect(finding?.[5]).toContain('npm run redrive -- --dry-run (rules, findings)');
  const { measured: more_ } = await measure(() => {});
  expect(more_.accounts.flatMap(({ examples = [] }) => examples.map(({ by }) => by))).toEqual(['not-in-ledger', 'not-in-ledger']);
});

test('why is told apart: what intake cannot read, and what the ledger has for nobody though the routes of now would tell it', async () => {
  const own = clinic.world.findings.find(({ account, whole }) => account === '666666666666' && whole !== undefined);
  if (!own?.whole) throw new Error('nothing is untold');
  const by = async () => {
    const { measured } = await measure();
    return measured.accounts.find(({ id }) => id === '666666666666')?.examples?.map((each) => [each.by, each.severity]);
  };
  const { whole } = own;
  own.whole = { ...whole, ProductArn: '' };
  expect(await by()).toEqual([['unreadable', 'CRITICAL']]);
  own.whole = whole;
  const ledger = dynamoLedger('Ledger');
  const key = rowKeys.finding(findingKey(parseFinding(whole)));
  const report = { accountId: '666666666666', latest: { revision: ['', NOW] } };
  await ledger.write(key, { report, receivers: [] }, 0);
  expect(await by()).toEqual([['no-receiver', 'CRITICAL']]);
  await ledger.remove(key);
  expect(await by()).toEqual([['not-in-ledger', 'CRITICAL']]);
});

test('of an account three findings are named, however many were not told', async () => {
  const { findings } = clinic.world;
  const own = findings.find(({ account, whole }) => account === '666666666666' && whole !== undefined);
  if (!own?.whole) throw new Error('nothing is untold');
  const more = [1, 2, 3, 4].map((n) => ({ ...own, whole: { ...own.whole, Id: `${(own.whole as { Id: string }).Id}-${n}` } }));
  findings.push(...more);
  const { measured } = await measure();
  findings.splice(-more.length);
  const account = measured.accounts.find(({ id }) => id === '666666666666');
  expect([account?.untold, account?.examples?.length]).toEqual([5, 3]);
});

test('what no route mutes and never came is a failure', async () => {
  const { answer } = await measure(() => {});
  expect(rows(answer, /not well/).map(([account]) => account)).toContain('network-hub (444444444444)');
  expect(answer.verdict).toContain('4 accounts are in failure');
});

test('what waits for longer than a day was not told', async () => {
  const held = clinic.world.findings.find(({ account, whole }) => account === '777777777777' && whole !== undefined);
  if (!held?.whole) throw new Error('nothing is held up');
  const { updatedAt, whole } = held;
  Object.assign(held, { updatedAt: NOW - 30 * 3_600_000, whole: { ...whole, UpdatedAt: new Date(NOW - 30 * 3_600_000).toISOString() } });
  const { answer } = await measure();
  Object.assign(held, { updatedAt, whole });
  expect(rows(answer, /not well/).map(([account]) => account)).toContain('cards-vault-prod (777777777777)');
  const [, , , , why] = rows(answer, /not told/).find(([, account]) => account === 'cards-vault-prod (777777777777)') ?? [];
  expect(why).toBe('in the ledger, but no message shows it as open');
});

describe('what waits in the ledger without a reason there', () => {
  const held = () => {
    const found = clinic.world.findings.find(({ account, whole }) => account === '777777777777' && whole !== undefined);
    if (!found?.whole) throw new Error('nothing is held up');
    return found as typeof found & { whole: Record<string, unknown> };
  };
  const ledger = () => dynamoLedger('Ledger');
  let before: { finding: ReturnType<typeof held>; rows: { key: LedgerKey; value: unknown }[] };
  /** @param severity and how many minutes ago it came and was updated. @param reason whether the ledger says that it waits for Slack. */
  const waits = async (severity: string, minutes: { came: number; updated: number }, reason: boolean) => {
    const updated = new Date(NOW - minutes.updated * 60_000);
    Object.assign(held(), { severity, updatedAt: updated.getTime() });
    Object.assign(held().whole, { UpdatedAt: updated.toISOString(), Severity: { Label: severity } });
    for (const { key, value } of before.rows) {
      const { told, waitingSince, ...rest } = structuredClone(value) as { told: FindingFacts; waitingSince?: number };
      const changed =
        key.sk === 'finding'
          ? { ...rest, told: { ...told, addedAt: NOW - minutes.came * 60_000 } }
          : { ...rest, told, ...(reason ? { waitingSince } : {}) };
      const row = await ledger().read(key);
      await ledger().write(key, changed, row?.version ?? 0);
    }
    const { measured, answer } = await measure();
    const account = measured.accounts.find(({ id }) => id === '777777777777');
    return { account, answer };
  };
  beforeAll(async () => {
    const key = rowKeys.finding(findingKey(parseFinding(held().whole)));
    const finding = (await ledger().read<FindingRow>(key))?.value;
    const headers = (finding ? problemsOf(finding) : []).map(rowKeys.header);
    const rows = await ledger().readAll<unknown>([key, ...headers]);
    before = { finding: structuredClone(held()), rows };
    expect(rows.length).toBe(2);
  });
  afterAll(async () => {
    Object.assign(held(), before.finding);
    for (const { key, value } of before.rows) await ledger().write(key, value, (await ledger().read(key))?.version ?? 0);
  });

  test.each([
    ['CRITICAL', { came: 17, updated: 17 }, true],
    ['HIGH', { came: 64, updated: 64 }, false],
    ['HIGH', { came: 66, updated: 66 }, false],
  ])('%s of %o with a reason: %s', async (severity, minutes, reason) => {
    const { account, answer } = await waits(severity, minutes, reason);
    const late = severity === 'HIGH' && minutes.came > 65;
    expect([account?.waiting, account?.late]).toEqual(late ? [0, 1] : [1, undefined]);
    expect(rows(answer, /not well/).some(([name]) => name === 'cards-vault-prod (777777777777)')).toBe(late);
  });

  test('CRITICAL is late after a quarter of an hour: it is a failure of its own, and named', async () => {
    const { account, answer } = await waits('CRITICAL', { came: 17, updated: 17 }, false);
    expect(account).toMatchObject({ untold: 0, waiting: 0, late: 1 });
    expect(
      rows(answer, /not well/)
        .find(([name]) => name === 'cards-vault-prod (777777777777)')
        ?.slice(2, 6),
    ).toEqual([...['failure: findings are late, without a reason in the ledger', '–', '–', '1 late']]);
    const named = rows(answer, /or are late/).find(([, name]) => name === 'cards-vault-prod (777777777777)');
    expect(named?.[4]).toMatch(/^in the ledger for longer than pacing keeps anything back \(CRITICAL 16, HIGH and below 65 minutes\)/);
    expect(named?.[5]).toContain('tick-stopped');
    expect(
      account && evidenceSchema.shape.coverage.safeParse(measuredBy('x', { ...plain.measured, accounts: [account] })).error,
    ).toBeUndefined();
  });

  test('what Security Hub updates again and again is late all the same, and after a day it was not told', async () => {
    expect((await waits('CRITICAL', { came: 60, updated: 1 }, false)).account).toMatchObject({ late: 1 });
    expect((await waits('CRITICAL', { came: 10, updated: 1 }, false)).account).toMatchObject({ untold: 0, waiting: 1 });
    expect((await waits('CRITICAL', { came: 10, updated: 25 * 60 }, true)).account).toMatchObject({ untold: 1, waiting: 0 });
  });
});

test('a ledger that cannot be asked is said, and nothing is claimed of what was told', async () => {
  clinic.refuse(true);
  const { answer } = await measure();
  clinic.refuse(false);
  expect(answer.verdict).toMatch(/The ledger was not asked \(.*not authorized.*\): whether what they report was told is not known/);
  expect(rows(answer, /not well/)[0]?.slice(-2)).toEqual(['not asked', 'not asked']);
  expect(rows(answer, /Totals/)).toEqual([
    ['failure: not covered', '1'],
    ['failure: covered, and yet silent', '1'],
    ['health: it reports; whether it was told is not known', '7'],
  ]);
});

test('more findings than are looked at in one go are not said to be all', () => {
  const { measured } = plain;
  const { verdict } = answerTo({ ...measured, ledger: { ...measured.ledger, complete: false } });
  expect(verdict).not.toContain('(all)');
  expect(verdict).toContain('as many as are looked at in one go');
});

test('the doctor keeps its verdicts, of this deployment; of a deployment that is still to come it keeps none', async () => {
  const folder = join(clinic.config, 'evidence');
  await clinic.examine(['--before']);
  expect(readEvidence(folder, NOW)).toEqual({ unreadable: [] });
  await clinic.examine();
  const { doctor } = readEvidence(folder, NOW);
  expect(evidenceSchema.shape.doctor.safeParse(doctor).error).toBeUndefined();
  expect(doctor).toMatchObject({ command: 'npm run doctor', environment: DEPLOYMENT, made: expect.stringMatching(/^2026-11-21T09:00/) });
  expect(doctor?.result.find(({ id }) => id === 'members')).toMatchObject({ verdict: 'fail', title: 'Members' });
});
