/**
 * Rows of the models' own pages: https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-anthropic-claude-haiku-4-5.html and -5-5.html,
 * and for `apac.`, which those models do not have, of https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html
 */
import { destinationsOf, GEOGRAPHIES, geographyOf } from '../../config/geographies';
import { PROFILE_GEOGRAPHIES, partitionOf } from '../../config/partitions';

const EUROPE = ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3'];

const ASIA_PACIFIC = ['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-south-2', 'ap-southeast-1', 'ap-southeast-2'];

test.each([
  ['apac', 'ap-northeast-1', [...ASIA_PACIFIC, 'ap-southeast-4']],
  ['apac', 'ap-southeast-3', [...ASIA_PACIFIC, 'ap-southeast-3', 'ap-southeast-4']],
  ['jp', 'ap-northeast-1', ['ap-northeast-1', 'ap-northeast-3']],
  ['jp', 'ap-northeast-3', ['ap-northeast-1', 'ap-northeast-3']],
  ['au', 'ap-southeast-4', ['ap-southeast-2', 'ap-southeast-4']],
  ['au', 'ap-southeast-6', ['ap-southeast-2', 'ap-southeast-4', 'ap-southeast-6']],
  ['us', 'us-east-1', ['us-east-1', 'us-east-2', 'us-west-2']],
  ['us', 'us-west-1', ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2']],
  ['us', 'ca-central-1', ['ca-central-1', 'us-east-1', 'us-east-2', 'us-west-2']],
  ['us', 'ca-west-1', ['ca-west-1', 'us-east-1', 'us-east-2', 'us-west-2']],
  ['eu', 'eu-central-1', EUROPE],
  ['eu', 'eu-central-2', ['eu-central-1', 'eu-central-2', ...EUROPE.slice(1)]],
  ['eu', 'eu-west-2', [...EUROPE.slice(0, 5), 'eu-west-2', 'eu-west-3']],
  ['us-gov', 'us-gov-west-1', ['us-gov-east-1', 'us-gov-west-1']],
])('a profile of %s that is called in %s is answered in these Regions', (geography, source, destinations) => {
  expect(destinationsOf(`${geography}.anthropic.claude-haiku-5-5`, source)).toEqual(destinations);
});

test('only a geographic profile has destinations that are known: not a global one, not the id of a model', () => {
  for (const profile of ['global.anthropic.claude-haiku-5-5', 'anthropic.claude-haiku-5-5', 'mars.anthropic.claude-haiku-5-5'])
    expect(destinationsOf(profile, 'us-east-1')).toBeUndefined();
  expect(geographyOf('global.anthropic.claude-haiku-5-5')).toBe('global');
  expect(geographyOf('anthropic.claude-haiku-5-5')).toBeUndefined();
});

test('every prefix that is known as a geography has its Regions, all of its own partition; only global has none', () => {
  for (const [partition, prefixes] of Object.entries(PROFILE_GEOGRAPHIES)) {
    for (const prefix of prefixes.filter((each) => each !== 'global')) {
      const { sources = [], destinations = [] } = GEOGRAPHIES[prefix] ?? {};
      expect(destinations.length).toBeGreaterThan(1);
      expect(new Set([...sources, ...destinations].map(partitionOf))).toEqual(new Set([partition]));
    }
  }
  expect(Object.keys(GEOGRAPHIES).sort()).toEqual(
    Object.values(PROFILE_GEOGRAPHIES)
      .flat()
      .filter((prefix) => prefix !== 'global')
      .sort(),
  );
});

test('a Region in which calls are answered is one in which they can be made', () => {
  for (const { sources, destinations } of Object.values(GEOGRAPHIES)) expect(sources).toEqual(expect.arrayContaining([...destinations]));
});
