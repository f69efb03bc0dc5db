/** What arrives on the findings queue, and the tolerant reading of foreign JSON below it. */
import { parseEvent, parseFinding } from '../../../handlers/domain/finding/event';
import { at, entryOf, InvalidFinding, list, number, object, text, time } from '../../../handlers/domain/text/reading';
import { controlFinding, imported } from '../../world/events';

const event = (changes: object) => JSON.stringify({ ...imported(controlFinding()), ...changes });

describe('events are told apart by their detail-type', () => {
  test.each([
    ['Security Hub Findings - Imported', 'imported'],
    ['Findings Imported V2', 'imported'],
    ['Security Hub Findings - Custom Action', 'asked'],
  ])('%s is %s', (detailType, kind) => {
    expect(parseEvent(event({ 'detail-type': detailType }))).toMatchObject({ kind, findings: [{ AwsAccountId: '555555555555' }] });
  });

  test.each(['Security Hub Insight Results', 'Scheduled Event', 'constructor', 'toString', '__proto__', '', null, 3, {}])(
    '%p is none of them',
    (detailType) => {
      expect(() => parseEvent(event({ 'detail-type': detailType }))).toThrow(InvalidFinding);
      expect(() => parseEvent(event({ 'detail-type': detailType }))).toThrow(/no event of Security Hub with findings/);
    },
  );

  test('an event without findings is refused', () => {
    for (const detail of [undefined, null, {}, { findings: [] }, { findings: 'x' }, { findings: {} }])
      expect(() => parseEvent(event({ detail }))).toThrow(/detail.findings is empty or missing/);
  });

  test('its time and id are what a revision needs, and may be missing', () => {
    expect(parseEvent(event({ id: 'e1', time: '2026-11-21T00:00:00Z' }))).toMatchObject({ id: 'e1', time: Date.UTC(2026, 10, 21) });
    expect(parseEvent(event({ id: 7, time: 'soon' }))).toMatchObject({ id: '', time: 0 });
  });
});

test.each(['', 'x', '{', 'null', '[]', '"text"', '3', 'undefined'])('a body of %p is an invalid finding, not a crash', (body) => {
  expect(() => parseEvent(body)).toThrow(InvalidFinding);
});

test.each([null, undefined, 3, 'x', [], [{}], true])('%p is no finding', (raw) => {
  expect(() => parseFinding(raw)).toThrow('a finding is a JSON object');
});

test('an empty finding is refused as that', () => {
  expect(() => parseFinding({})).toThrow('the finding is empty');
});

test('each format goes to its parser', () => {
  expect(parseFinding(controlFinding()).format).toBe('asff');
  expect(() => parseFinding({ class_uid: 2003 })).toThrow(/OCSF/);
  expect(() => parseFinding({ anything: 1 })).toThrow(/ASFF/);
});

describe('reading', () => {
  test('a value of the wrong type reads as absent', () => {
    expect([object(null), object([]), object('x'), list({}), list('x')]).toEqual([{}, {}, {}, [], []]);
    expect([text(3), text(''), text(' \n'), text(null), number('3'), number(Number.NaN), number(Number.POSITIVE_INFINITY)]).toEqual(
      Array(7).fill(undefined),
    );
    expect([text(' a '), number(0)]).toEqual(['a', 0]);
  });

  test('half of a surrogate pair becomes the replacement character: no encoder can take it', () => {
    expect(text('a\ud83d')).toBe('a\ufffd');
    expect(text('\udc00')).toBe('\ufffd');
    expect(text('😀')).toBe('😀');
    expect(() => encodeURIComponent(text('\ud83dx') ?? '')).not.toThrow();
  });

  test('follows names down, and only names that the object has itself', () => {
    expect(at({ a: { b: 1 } }, 'a', 'b')).toBe(1);
    expect(at({ a: null }, 'a', 'b')).toBeUndefined();
    expect(at({}, 'constructor')).toBeUndefined();
    expect(at(JSON.parse('{"__proto__": {"x": 1}}'), '__proto__', 'x')).toBe(1);
    expect(at('text', 'length')).toBeUndefined();
  });

  test('a table has no entries but its own', () => {
    expect(entryOf({ a: 1 }, 'a')).toBe(1);
    for (const word of ['constructor', '__proto__', 'toString', '', undefined]) expect(entryOf({ a: 1 }, word)).toBeUndefined();
  });

  test.each([
    ['2026-11-21T00:14:00Z', Date.UTC(2026, 10, 21, 0, 14)],
    ['2026-11-21T09:14:00.000+09:00', Date.UTC(2026, 10, 21, 0, 14)],
    [1_700_000_000, 1_700_000_000_000],
    [1_700_000_000_000, 1_700_000_000_000],
    [0, 0],
    [-1, undefined],
    [9e15, undefined],
    [Number.NaN, undefined],
    ['9999-01-01T00:00:00Z', undefined],
    ['1969-12-31T23:59:59Z', undefined],
    ['soon', undefined],
    [null, undefined],
    [{}, undefined],
  ])('the time %p is %p', (value, expected) => {
    expect(time(value)).toBe(expected);
  });
});
