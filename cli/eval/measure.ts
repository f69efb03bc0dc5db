/** What the gate withholds of a set: of the bad, which is right, and of the good, which is not; and how many answers survive whole. */
import type { Language } from '../../config/schema';
import { METRICS } from '../../config/metrics';
import { type Briefing, examine } from '../../handlers/domain/interpretation/briefing';
import type { Sample } from './sets';

/** Beside the gate's own kinds, what sets of others call them. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  arn: 'identifier',
  account: 'identifier',
  'control-id': 'control',
  ip: 'address',
  url: 'link',
  person: 'name',
  ignore: 'severity',
  leak: 'speaker',
  obfuscated: 'language',
};
const CHECKABLE: ReadonlySet<string> = new Set(METRICS.WithheldSentences.by.kind);

/** As the gate calls it, where it knows it. */
export const kindOf = (kind: string): string => OTHER_NAMES[kind] ?? kind;
export const isCheckable = (kind: string): boolean => CHECKABLE.has(kind);

export interface Judged extends Sample {
  /** Whether anything of it was withheld, of a good one; all of it, of a bad one. */
  withheld: boolean;
  reasons: string[];
}

export interface Row {
  kind: string;
  language: Language;
  /** Whether code can tell: kinds of meaning are reported, and not asked of the gate. */
  checkable: boolean;
  bad: number;
  badWithheld: number;
  good: number;
  goodWithheld: number;
}

export interface Measured {
  judged: Judged[];
  rows: Row[];
  whole: { language: Language; answers: number; whole: number }[];
}

export function measure(samples: readonly Sample[]): Measured {
  const judged = samples.map(judgedAlone);
  const rows = new Map<string, Row>();
  for (const { kind, language, good, withheld } of judged) {
    const name = kindOf(kind);
    const row = rows.get(`${name} ${language}`) ?? { kind: name, language, checkable: isCheckable(name), ...NONE };
    rows.set(
      `${name} ${language}`,
      added(row, { ...NONE, ...(good ? { good: 1, goodWithheld: +withheld } : { bad: 1, badWithheld: +withheld }) }),
    );
  }
  return { judged, rows: [...rows.values()], whole: wholeAnswers(samples) };
}

const NONE = { bad: 0, badWithheld: 0, good: 0, goodWithheld: 0 };
type Counts = typeof NONE;
export function added<T extends Counts>(row: T, more: Counts): T {
  return {
    ...row,
    bad: row.bad + more.bad,
    badWithheld: row.badWithheld + more.badWithheld,
    good: row.good + more.good,
    goodWithheld: row.goodWithheld + more.goodWithheld,
  };
}

function judgedAlone(sample: Sample): Judged {
  const { shown, withheld } = examine(answerOf([sample]), sample.brief, sample.severity, sample.language);
  return {
    ...sample,
    withheld: sample.good ? withheld.length > 0 : shown === 0,
    reasons: withheld.map(({ kind, reason }) => `${kind}: ${reason}`),
  };
}

function wholeAnswers(samples: readonly Sample[]): Measured['whole'] {
  const answers = new Map<string, Sample[]>();
  for (const sample of samples)
    if (sample.good && sample.briefing) answers.set(sample.briefing, [...(answers.get(sample.briefing) ?? []), sample]);
  const counted = (['en', 'ja'] as const).map((language) => {
    const of = [...answers.values()].filter(([first]) => first?.language === language);
    const whole = of.filter((parts) => {
      const [{ brief, severity }] = parts as [Sample];
      return examine(answerOf(parts), brief, severity, language).withheld.length === 0;
    });
    return { language, answers: of.length, whole: whole.length };
  });
  return counted.filter(({ answers }) => answers > 0);
}

function answerOf(samples: readonly Sample[]): Briefing {
  const of = (field: keyof Briefing) => samples.filter((sample) => sample.field === field).map(({ sentence }) => sentence);
  return { summary: of('summary').join('\n'), impact: of('impact').join('\n'), actions: of('actions') };
}
