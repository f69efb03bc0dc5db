/**
 * Each weakening of a right fails the proof of rights; what weakens something else is no matter of it (and is seen by comparing deployments).
 * @proves weakenings
 */
import type { Stack } from '../iam/deployed';
import { prove } from '../iam/proof';
import { recordedBefore } from '../iam/record';
import { hubOf } from '../iam/stacks';
import { exampleConfig } from '../stacks/example-config';
import { WEAKENINGS } from './weakenings';

const CALLS = recordedBefore();
let hub: Stack;
beforeAll(() => {
  hub = hubOf(exampleConfig);
});

test.each(WEAKENINGS.map((weakening) => [weakening.name, weakening] as const))('%s', (_name, { weaken, proof, of }) => {
  const weaker = weaken(hub.template);
  expect(weaker).not.toEqual(hub.template);
  const { problems } = prove({ ...hub, template: weaker }, CALLS);
  if (proof) expect(problems).toEqual(expect.arrayContaining([expect.stringMatching(proof)]));
  else expect([of === 'rights', problems]).toEqual([false, []]);
});
