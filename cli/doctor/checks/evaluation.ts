/** What `npm run hub -- eval --bedrock live` measured last: whether the model's words reach anybody. */
import { profilesOf } from '../../../config/models';
import { at, list, number, object, text } from '../../../handlers/domain/text/reading';
import { check, pass, skipped, warn } from '../check';

/** Of the explanations that are asked for. */
const ENOUGH = 0.7;

/** @param measured what stands in out/eval.json. */
export const evaluation = (measured: unknown) =>
  check({ id: 'model.evaluation', group: 'Model', title: 'Worth' }, async ({ config }) => {
    const profiles = profilesOf(config.settings);
    const share = number(at(measured, 'survives'));
    const day = (text(at(measured, 'at')) ?? '').slice(0, 10);
    const asked = list(at(measured, 'survival')).reduce<number>((sum, each) => sum + (number(object(each).asked) ?? 0), 0);
    if (share === undefined || day === '') return skipped('out/eval.json says nothing: npm run hub -- eval --bedrock live');
    if (at(measured, 'standIn') === true) return skipped('out/eval.json was made with the stand-in, and means nothing');
    const profile = text(at(measured, 'profile')) ?? '';
    if (!profiles.includes(profile)) return skipped(`out/eval.json of ${day} is of another model than ${profiles.join(' and ')}`);
    const found = `${(100 * share).toFixed(0)} % of ${asked} explanations of ${profile} survived gate and judge whole, on ${day}`;
    if (share >= ENOUGH) return pass(found);
    return warn(`${found}: the others are paid for and say little or nothing`, {
      say: 'Read out/eval.html and the verdicts in out/eval.json; try another model in settings.yaml, and measure it:',
      command: 'npm run hub -- eval --bedrock live',
    });
  });
