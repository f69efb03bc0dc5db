/** 2,000 findings with missing, null, wrong-typed, huge and multilingual values: one outcome each, and never a crash. */
import { factsOf } from '../../handlers/domain/facts/facts';
import { admit } from '../../handlers/domain/finding/admission';
import { type Brief, briefHash, briefOf, officialText } from '../../handlers/domain/interpretation/brief';
import { parseEvent, parseFinding } from '../../handlers/domain/finding/event';
import type { Finding } from '../../handlers/domain/finding/finding';
import { renderMessage } from '../../handlers/domain/message/message';
import { fingerprintOf, memberIdOf } from '../../handlers/domain/problem/problem';
import { promptFor } from '../../handlers/domain/interpretation/prompt';
import { InvalidFinding } from '../../handlers/domain/text/reading';
import { merge, reportOf } from '../../handlers/domain/finding/report';
import type { ProblemView } from '../../handlers/domain/problem/view';
import { imported } from '../world/events';
import { faultsOf } from './inspect';
import { member, NOW, owner, receiver, settings, text, problemOf, viewed } from './made';
import { DOCUMENTED } from './facts/documented';
import { type Json, SHAPES as ORDINARY } from './shapes';

/** The documented ones are the richest: whatever decides of a finding stands in them. */
const SHAPES: readonly Json[] = [...ORDINARY, ...DOCUMENTED];
const SEED = Number(process.env.FUZZ_SEED ?? 20261124);
const COUNT = 2000;

/** mulberry32: a small seeded generator. */
let state = SEED;
function random(): number {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

const DEEP = JSON.parse(`${'{"a":'.repeat(500)}1${'}'.repeat(500)}`) as unknown;
const ODD: readonly (() => unknown)[] = [
  () => undefined,
  () => null,
  () => '',
  () => ' \u3000\t',
  () => 0,
  () => -1,
  () => 1e308,
  () => 2 ** 53,
  () => 3.7,
  () => true,
  () => false,
  () => [],
  () => [null, 3, {}, 'x', []],
  () => ({}),
  () => ({ toString: 1, valueOf: null }),
  () => DEEP,
  () => Array.from({ length: 300 }, (_, n) => ({ Type: `T${n}`, Id: `id-${n}`, uid: `u${n}` })),
  () => '日本語の値・重大な脆弱性',
  () => 'عربى\u202e مقلوب',
  () => 'Zürich — naïve ☃ 😀👨‍👩‍👧',
  () => '\ud83d',
  () => 'x\u0000y\nz',
  () => '<!channel> <@U1> <https://evil.example|x> *b* `c`',
  () => 'x'.repeat(50_000),
  () => 'a-'.repeat(20_000),
  () => '😀'.repeat(10_000),
  () => '__proto__',
  () => 'constructor',
  () => 'CRITICAL',
  () => '555555555555',
  () => 'not a date',
  () => '275760-09-13T00:00:00Z',
  () => ['90', { a: 1 }],
];

/** Of both formats at once: each reads its own. */
const STATES: readonly Json[] = [
  {},
  {},
  { Workflow: { Status: 'RESOLVED' }, status: 'Resolved' },
  { RecordState: 'ARCHIVED', status: 'Archived' },
  { Severity: { Label: 'LOW' }, severity: 'Low' },
  { Sample: true, unmapped: { Sample: true } },
];

/** A copy in which one value, somewhere, is another. */
function spoil(value: unknown, whole = 0.01): unknown {
  if (typeof value !== 'object' || value === null || random() < whole) return pick(ODD)();
  const entries = Object.entries(value);
  if (entries.length === 0) return pick(ODD)();
  const [name, inner] = pick(entries);
  const copy: Json | unknown[] = Array.isArray(value) ? [...value] : { ...value };
  const next = spoil(inner, 0.15);
  if (next === undefined && !Array.isArray(copy)) delete copy[name];
  else (copy as Json)[name] = next;
  if (random() < 0.05 && !Array.isArray(copy)) copy[pick(['__proto__', 'constructor', 'class_uid', 'metadata', 'Types'])] = pick(ODD)();
  return copy;
}

function spoiled(): unknown {
  let finding: unknown = { ...pick(SHAPES), ...pick(STATES) };
  for (let times = 1 + Math.floor(random() * 4); times > 0; times--) finding = spoil(finding);
  // As it arrives: what JSON cannot say, it does not say.
  return JSON.parse(JSON.stringify(finding ?? null));
}

/** All that is done with a finding between its arrival and its message. */
function whole(finding: Finding, rendered: boolean): string {
  const admission = admit(finding, settings);
  const official = officialText(finding);
  const brief = briefOf(finding, official, [finding.product]);
  expect(promptFor(brief, 'ja').prompt.length).toBeLessThan(10_000);
  const report = reportOf(finding, { eventId: 'e', eventTime: NOW, asked: true, admission, textKey: briefHash(brief) });
  expect(fingerprintOf(finding).length).toBeLessThan(250);
  const row = member(memberIdOf(finding), {
    owner: owner({ accountName: finding.accountName ?? '' }),
    region: finding.region,
    resource: finding.resources[0],
    reports: { r: merge(report, report) },
  });
  const view = viewed(problemOf([row]));
  expect(JSON.stringify(factsOf(finding)).length).toBeLessThan(40_000);
  if (rendered) render(finding, view, brief);
  return admission.admitted ? 'admitted' : 'filtered';
}

function render(finding: Finding, view: ProblemView, brief: Brief): void {
  const { kind, product, title, description, remediation, controlId, types } = finding;
  const words = { ...text, kind, product, title, description, remediation, controlId, types, brief, facts: factsOf(finding) };
  const message = renderMessage({
    view,
    now: NOW,
    text: words,
    receiver: { ...receiver, language: 'ja' },
    settings,
    interpretationMayCome: false,
  });
  expect(faultsOf(message, { mentions: ['U0ONCALL01', 'S0ONCALL01'] })).toEqual([]);
}

test(`${COUNT} spoiled findings, seed ${SEED}: each is admitted, filtered or invalid`, () => {
  const outcomes = { admitted: 0, filtered: 0, invalid: 0 };
  // Of the processor: a busy machine must not look like a slow parser.
  const began = process.cpuUsage();
  for (let n = 0; n < COUNT; n++) {
    const raw = spoiled();
    let outcome: string;
    try {
      outcome = whole(parseFinding(raw), n % 8 === 0);
    } catch (error) {
      if (!(error instanceof InvalidFinding))
        throw new Error(`finding ${n} of seed ${SEED}: ${JSON.stringify(raw).slice(0, 2000)}`, { cause: error });
      expect(error.message.length).toBeGreaterThan(10);
      outcome = 'invalid';
    }
    outcomes[outcome as keyof typeof outcomes]++;
  }
  const seconds = process.cpuUsage(began).user / 1e6;
  console.log(`seed ${SEED}: ${COUNT} findings in ${seconds.toFixed(1)} s, ${JSON.stringify(outcomes)}`);
  expect(outcomes.admitted + outcomes.filtered + outcomes.invalid).toBe(COUNT);
  for (const count of Object.values(outcomes)) expect(count).toBeGreaterThan(COUNT / 25);
  expect(seconds).toBeLessThan(12);
});

test('an event around them is read, or refused as a whole', () => {
  for (let n = 0; n < 500; n++) {
    const event = spoil(imported(pick(SHAPES)));
    try {
      expect(parseEvent(JSON.stringify(event ?? null)).findings.length).toBeGreaterThan(0);
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidFinding);
    }
  }
});
