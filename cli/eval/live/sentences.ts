/** The sentences of the sets, as the judge is asked of them: those that the gate lets through, a dozen about one brief together. */
import { hash } from '../../../handlers/domain/text/identity';
import { type Briefing, examine, type Sentence } from '../../../handlers/domain/interpretation/briefing';
import type { Verdicts } from '../../../handlers/domain/interpretation/verdict';
import type { Random } from '../../simulate/world/random';
import type { Sample } from '../sets';

/** As many as a long answer has. */
const TOGETHER = 12;

/** Samples of one brief and language, that one question to the judge is about. */
export interface Batch {
  samples: Sample[];
  sentences: Sentence[];
}

/** @param random in which order: else all bad ones of a kind would stand together. */
export function batches(samples: readonly Sample[], random: Random): Batch[] {
  const passing = samples.filter((sample) => passed(sample).length > 0);
  const groups = new Map<string, Sample[]>();
  for (const sample of shuffled(passing, random)) {
    const key = hash(sample.language, JSON.stringify(sample.brief));
    groups.set(key, [...(groups.get(key) ?? []), sample]);
  }
  return [...groups.values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / TOGETHER) }, (_, at) => {
      const its = group.slice(at * TOGETHER, (at + 1) * TOGETHER);
      return { samples: its, sentences: [...new Map(its.flatMap(passed).map((each) => [each.sentence, each])).values()] };
    }),
  );
}

export function answerOf({ field, sentence }: Pick<Sample, 'field' | 'sentence'>): Briefing {
  const empty: Briefing = { summary: '', impact: '', actions: [] };
  return field === 'actions' ? { ...empty, actions: [sentence] } : { ...empty, [field]: sentence };
}

const passed = (sample: Sample) => examine(answerOf(sample), sample.brief, sample.severity, sample.language).passed;

/** Whether it is withheld: of a good one anything, of a bad one all. @param verdicts absent: by the gate alone. */
export function isWithheld(sample: Sample, verdicts?: Verdicts): boolean {
  const { shown, withheld } = examine(answerOf(sample), sample.brief, sample.severity, sample.language, verdicts);
  return sample.good ? withheld.length > 0 : shown === 0;
}

/** Fisher and Yates. */
export function shuffled<T>(all: readonly T[], random: Random): T[] {
  const order = [...all];
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other] as T, order[at] as T];
  }
  return order;
}
