import { readFileSync } from 'node:fs';
import { compilePattern } from '../../../local/eventbridge/pattern';
import { shared, testWithShared } from '../../where-there';

type Json = Record<string, unknown>;
const matches = (pattern: Json, event: Json) => compilePattern(pattern)(event);

describe('values', () => {
  test.each<[string, unknown[], unknown, boolean]>([
    ['a string equals itself', ['NEW'], 'NEW', true],
    ['case counts', ['NEW'], 'new', false],
    ['a number is not its text', [4], '4', false],
    ['a number equals itself however it is written', [4], 4.0, true],
    ['true is not the text', [true], 'true', false],
    ['null matches null', [null], null, true],
    ['null is not absence', [null], undefined, false],
    ['one of several is enough', ['A', 'B'], 'B', true],
    ['prefix', [{ prefix: 'TTPs/' }], 'TTPs/Discovery', true],
    ['prefix of a number never matches', [{ prefix: '1' }], 12, false],
    ['prefix in any case', [{ prefix: { 'equals-ignore-case': 'ttps' } }], 'TTPs/Discovery', true],
    ['suffix', [{ suffix: '/NotifyOwner' }], 'action/custom/NotifyOwner', true],
    ['suffix elsewhere', [{ suffix: '/NotifyOwner' }], '/NotifyOwner/2', false],
    ['equals-ignore-case', [{ 'equals-ignore-case': 'critical' }], 'Critical', true],
    ['wildcard', [{ wildcard: 'arn:*:bucket/*' }], 'arn:aws:bucket/a', true],
    ['wildcard has to reach the end', [{ wildcard: 'arn:*:bucket' }], 'arn:aws:bucket/a', false],
    ['anything-but a value', [{ 'anything-but': 'PASSED' }], 'FAILED', true],
    ['anything-but one of a list', [{ 'anything-but': ['PASSED', 'FAILED'] }], 'FAILED', false],
    ['anything-but drops what is absent', [{ 'anything-but': ['PASSED'] }], undefined, false],
    ['anything-but a prefix', [{ 'anything-but': { prefix: 'Sample' } }], 'Sample finding', false],
    ['numeric range', [{ numeric: ['>', 0, '<=', 5] }], 5, true],
    ['numeric range, outside', [{ numeric: ['>', 0, '<=', 5] }], 0, false],
    ['exists', [{ exists: true }], 'x', true],
    ['exists: false where it is', [{ exists: false }], 'x', false],
    ['exists: false where it is not', [{ exists: false }], undefined, true],
  ])('%s', (_name, alternatives, value, expected) => {
    expect(matches({ detail: { a: alternatives } }, { detail: { a: value } })).toBe(expected);
  });
});

describe('arrays', () => {
  const pattern = { detail: { findings: { Severity: { Label: ['CRITICAL'] }, RecordState: ['ACTIVE'] } } };

  test('all fields have to hold in the same element', () => {
    const critical = { Severity: { Label: 'CRITICAL' }, RecordState: 'ARCHIVED' };
    const active = { Severity: { Label: 'LOW' }, RecordState: 'ACTIVE' };
    expect(matches(pattern, { detail: { findings: [critical, active] } })).toBe(false);
    expect(matches(pattern, { detail: { findings: [active, { ...critical, RecordState: 'ACTIVE' }] } })).toBe(true);
  });

  test('the values of a plain array are alternatives', () => {
    expect(matches({ detail: { tags: ['b'], names: ['x'] } }, { detail: { tags: ['a', 'b'], names: ['x', 'y'] } })).toBe(true);
  });

  test('exists: false on an object matches whatever is in it, since only leaves exist', () => {
    expect(
      matches(
        { detail: { findings: { Compliance: [{ exists: false }] } } },
        { detail: { findings: [{ Compliance: { Status: 'PASSED' } }] } },
      ),
    ).toBe(true);
  });
});

describe('$or', () => {
  const pattern = { source: ['s'], detail: { $or: [{ a: ['1'] }, { b: ['2'] }] } };

  test('one of its patterns is enough, beside all that stands outside', () => {
    expect(matches(pattern, { source: 's', detail: { b: '2' } })).toBe(true);
    expect(matches(pattern, { source: 's', detail: { a: '2' } })).toBe(false);
    expect(matches(pattern, { source: 't', detail: { b: '2' } })).toBe(false);
  });
});

describe('what EventBridge would refuse', () => {
  test.each<[string, Json]>([
    ['a value outside a list', { source: 'aws.securityhub' }],
    ['an empty list', { source: [] }],
    ['an empty object', { detail: {} }],
    ['an unknown operator', { source: [{ contains: 'a' }] }],
  ])('%s is an error when the pattern is read', (_name, pattern) => {
    expect(() => compilePattern(pattern)).toThrow(/Event pattern/);
  });
});

const VECTORS = shared('rule-vectors.json');

testWithShared('rule-vectors.json')('each pattern admits exactly the events that AWS’s own engine admits', () => {
  const {
    patterns,
    events,
    matches: verdicts,
  } = JSON.parse(readFileSync(VECTORS, 'utf8')) as {
    patterns: Record<string, Json>;
    events: Record<string, Json>;
    matches: Record<string, string[]>;
  };
  expect(Object.keys(patterns).length).toBeGreaterThan(0);
  for (const [name, pattern] of Object.entries(patterns)) {
    const matcher = compilePattern(pattern);
    const admitted = Object.keys(events).filter((event) => matcher(events[event] ?? {}));
    expect({ name, admitted: admitted.sort() }).toEqual({ name, admitted: [...(verdicts[name] ?? [])].sort() });
  }
});
