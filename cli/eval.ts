/** `npm run hub -- eval`: how much of what a model may not say the gate withholds, and of what it may. Offline, no model is asked. */
import { measure } from './eval/measure';
import { renderMeasured, renderMissed } from './eval/render';
import { ownSamples, samplesOf } from './eval/sets';
import { wanting } from './eval/thresholds';
import { command, JSON_FLAG } from './frame/command';
import { painter } from './show/columns';

const ABOUT = `Measures the gate alone, by sentences that were written for it, good and bad, in both languages: this repository's own,
and those of each --set. Such a file has a JSON line for each sentence: {lang, kind, good, briefing, brief, field, sentence}.

Exit status 1: of what code can tell less than 95 % is withheld, of the good sentences more than 3 %, or of fifteen whole answers
more than one loses a sentence.`;

export const evalCommand = command({
  name: 'eval',
  group: 'prove',
  summary: 'Measures which sentences of a model the gate withholds.',
  about: ABOUT,
  flags: {
    set: { value: 'FILE', about: 'a further set, .jsonl', repeatable: true },
    missed: { about: 'also each sentence that was not judged as its set says' },
    ...JSON_FLAG,
  },
  run({ flags }, terminal) {
    const sets = [{ name: 'own sentences', samples: ownSamples() }, ...flags.set.map((file) => ({ name: file, samples: samplesOf(file) }))];
    const results = sets.map(({ name, samples }) => {
      const measured = measure(samples);
      return { name, measured, wanting: wanting(measured) };
    });
    if (flags.json) {
      const shown = results.map(({ name, measured: { rows, whole }, wanting }) => ({ name, rows, whole, wanting }));
      terminal.print(JSON.stringify({ sets: shown }, null, 2));
    } else
      for (const { name, measured, wanting } of results) {
        const paint = painter(terminal.colour);
        terminal.print(`${paint('bold', name)}\n\n${renderMeasured(measured, terminal.width, paint)}`);
        if (flags.missed) for (const line of renderMissed(measured.judged)) terminal.print(line);
        terminal.print(wanting.length === 0 ? paint('green', 'good enough') : wanting.map((line) => paint('red', line)).join('\n'));
        terminal.print('');
      }
    return results.every(({ wanting }) => wanting.length === 0) ? 0 : 1;
  },
});
