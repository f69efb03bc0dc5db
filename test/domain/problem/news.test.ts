/** What of a resource's findings is news: another threat, another vulnerability; each once, whichever Security Hub reports it. */
import * as fc from 'fast-check';
import type { Finding } from '../../../handlers/domain/finding/finding';
import type { Report } from '../../../handlers/domain/finding/report';
import { isLoud, newsIn, newsOf, untold, vulnerabilitiesIn } from '../../../handlers/domain/problem/news';
import { closed, finding, NOW, report } from '../made';

const vulnerable = (severity: Finding['severity'], exploitAvailable?: string) =>
  finding({ kind: 'inspector', severity, particulars: { vulnerability: { id: 'CVE-2026-1', exploitAvailable } } });
const seen = (news: string, changes: Partial<Report> = {}) => report({ news, ...changes });

describe('what a finding has of it', () => {
  test.each<[string, Finding, string | undefined]>([
    ['a threat', finding({ kind: 'guardduty' }), 'threat'],
    ['a CRITICAL vulnerability is worth a call', vulnerable('CRITICAL'), '!CVE-2026-1'],
    ['one that is known to be exploited as well', vulnerable('HIGH', 'YES'), '!CVE-2026-1'],
    ['another is named', vulnerable('HIGH', 'NO'), 'CVE-2026-1'],
    ['and one of which nothing is known', vulnerable('HIGH'), 'CVE-2026-1'],
    ['a control has none', finding(), undefined],
  ])('%s', (_what, given, news) => {
    expect(newsIn(given)).toBe(news);
  });

  test('a threat is one whatever stands in it', () => {
    expect(newsIn({ ...vulnerable('LOW'), kind: 'guardduty' })).toBe('threat');
  });
});

describe('what a resource has of it', () => {
  test.each<[string, Report[], string[]]>([
    ['nothing', [report()], []],
    ['of two threats two', [seen('threat'), seen('threat')], ['!threat 1', '!threat 2']],
    ['of one threat that both Security Hubs report one', [seen('threat'), seen('threat', { format: 'ocsf' })], ['!threat 1']],
    ['of the new Security Hub alone as many', [1, 2].map(() => seen('threat', { format: 'ocsf' })), ['!threat 1', '!threat 2']],
    [
      'of three threats of which one has a copy so far three',
      [...[1, 2, 3].map(() => seen('threat')), seen('threat', { format: 'ocsf' })],
      ['!threat 1', '!threat 2', '!threat 3'],
    ],
    [
      'a threat that ended counts on: the next one is another',
      [closed(NOW, { news: 'threat' }), seen('threat')],
      ['!threat 1', '!threat 2'],
    ],
    ['of vulnerabilities their ids, each once', [seen('CVE-2'), seen('CVE-1'), seen('CVE-2')], ['CVE-1', 'CVE-2']],
    ['of a vulnerability that is mended nothing', [closed(NOW, { news: '!CVE-1' }), seen('CVE-2')], ['CVE-2']],
    ['of one that one of the two finds worth a call only that', [seen('CVE-1'), seen('!CVE-1', { format: 'ocsf' })], ['!CVE-1']],
    ['what is worth a call first', [seen('CVE-1'), seen('!CVE-9')], ['!CVE-9', 'CVE-1']],
  ])('%s', (_what, reports, news) => {
    expect(newsOf(reports)).toEqual(news);
  });

  test('is the same whatever the order of its findings', () => {
    const one = fc.record({
      news: fc.constantFrom('threat', 'CVE-1', '!CVE-1', 'CVE-2', undefined),
      format: fc.constantFrom<Report['format']>('asff', 'ocsf'),
      open: fc.boolean(),
    });
    const shuffled = fc
      .array(one, { maxLength: 8 })
      .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(
      fc.property(shuffled, ([all, order]) => {
        const made = (of: typeof all) =>
          of.map(({ news, format, open }) => (open ? report({ news, format }) : closed(NOW, { news, format })));
        expect(newsOf(made(order))).toEqual(newsOf(made(all)));
      }),
      { numRuns: 300, seed: 20261128 },
    );
  });
});

describe('what readers were not told', () => {
  const none = new Set<string>();
  test.each<[string, string[], ReadonlySet<string>, string[] | undefined, string[]]>([
    ['all of what is new', ['!CVE-9', 'CVE-1'], none, undefined, ['!CVE-9', 'CVE-1']],
    ['nothing of what was told', ['CVE-1'], none, ['CVE-1'], []],
    ['one more', ['CVE-1', 'CVE-2'], none, ['CVE-1'], ['CVE-2']],
    ['one that came to be worth a call', ['!CVE-1'], none, ['CVE-1'], ['!CVE-1']],
    ['not that it is worth a call no longer: nothing was found', ['CVE-1'], none, ['!CVE-1'], []],
    ['not what people were called for, of another resource', ['!CVE-1'], new Set(['!CVE-1']), undefined, []],
    ['a name that another resource has too', ['CVE-1'], new Set(['CVE-1', '!CVE-1']), undefined, ['CVE-1']],
    ['a further threat', ['!threat 1', '!threat 2'], none, ['!threat 1'], ['!threat 2']],
    ['a threat of a further resource', ['!threat 1'], new Set(['!threat 1']), undefined, ['!threat 1']],
  ])('%s', (_what, news, loud, before, expected) => {
    expect(untold(news, loud, before)).toEqual(expected);
  });
});

test('threats and what is marked are loud; the ids of vulnerabilities are named without their marks, once, and no threats', () => {
  expect(['!threat 1', '!CVE-1', 'CVE-1'].map(isLoud)).toEqual([true, true, false]);
  expect(vulnerabilitiesIn(['!CVE-9', '!threat 1', 'CVE-1', 'CVE-9'])).toEqual(['CVE-9', 'CVE-1']);
});
