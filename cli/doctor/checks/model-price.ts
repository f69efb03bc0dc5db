/** What the model that is asked first costs, and what another would save. Nothing is asked for it. */
import { defaultProfiles, profilesOf } from '../../../config/models';
import { priceOf } from '../../../config/model-prices';
import { check, pass } from '../check';

/** Of an explanation, in tokens: some 2,500 are asked and some 700 answered, a guess on the high side: `ModelTokens` has the real ones. */
const ASKED = 2500;
const ANSWERED = 700;

/** USD a thousand explanations; undefined where no price is known. */
function costOfThousand(profile: string): number | undefined {
  const price = priceOf(profile);
  return price && (1000 * (ASKED * price.in + ANSWERED * price.out)) / 1_000_000;
}

const usd = (amount: number) => `${amount.toPrecision(2)} USD`;

/** Never more than worth knowing: that the dearer writes better is for its owner to judge. */
const price = check({ id: 'model.price', group: 'Model', title: 'Price' }, async ({ config: { settings } }) => {
  const [first = '', ...others] = profilesOf(settings);
  const cost = costOfThousand(first);
  if (cost === undefined) return pass(`no price is known here of ${first}`);
  const [cheapest] = [...others, ...defaultProfiles(settings.regions.home)]
    .flatMap((profile) => ({ profile, cost: costOfThousand(profile) ?? Number.POSITIVE_INFINITY }))
    .filter((other) => other.cost < cost)
    .sort((a, b) => a.cost - b.cost);
  const found = `${first} costs some ${usd(cost)} a thousand explanations`;
  if (!cheapest) return pass(`${found}; none of the others costs less`);
  const saved = Math.round(100 * (1 - cheapest.cost / cost));
  return pass(`${found}; ${cheapest.profile}, asked first, would cost ${usd(cheapest.cost)}, ${saved} % less`);
});

export const modelPriceChecks = [price];
