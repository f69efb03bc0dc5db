/** Which models are asked where settings.yaml names none. Profiles: https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-anthropic-claude-haiku-5-5.html */
import { defaultProfiles, profilesOf } from '../../config/models';
import { config } from '../world/config';
import { mistakesOf, removeFolders, said, SETTINGS } from './folder';

afterAll(removeFolders);

test.each([
  ['ap-northeast-1', 'jp'],
  ['ap-southeast-2', 'au'],
  ['ca-central-1', 'us'],
  ['eu-west-2', 'eu'],
  ['us-west-1', 'us'],
])('in %s they are those of %s, Haiku 5.5 first', (home, geography) => {
  expect(defaultProfiles(home)).toEqual([
    `${geography}.anthropic.claude-haiku-5-5`,
    `${geography}.anthropic.claude-haiku-4-5-20251001-v1:0`,
  ]);
});

test.each(['ap-northeast-2', 'sa-east-1', 'us-gov-west-1', 'cn-north-1'])(
  'in %s there is no default: what may be answered elsewhere is for people to say',
  (home) => {
    expect(defaultProfiles(home)).toEqual([]);
    const settings = SETTINGS.replace(/^regions.*$/m, `regions: { home: ${home} }`).replace(/^model.*\n/m, '');
    expect(said(mistakesOf({ settings }))).toEqual([expect.stringMatching(/^error model\.profiles: no model is the default/)]);
    expect(mistakesOf({ settings: `${settings}model: { enabled: false }\n` })).toEqual([]);
  },
);

test('without a word about the model, settings are whole, and it is on', () => {
  expect(mistakesOf({ settings: SETTINGS.replace(/^model.*\n/m, '') })).toEqual([]);
  const { settings } = config({ settings: { model: undefined } });
  expect(settings.model.enabled).toBe(true);
  expect(profilesOf(settings)).toEqual(defaultProfiles('ap-northeast-1'));
});

test('those that are named are asked in their order; one named twice, none, or four are refused', () => {
  const named = (list: string[]) => mistakesOf({ settings: SETTINGS.replace(/profiles: \[.*\]/, `profiles: [${list.join(', ')}]`) });
  const list = ['jp.anthropic.claude-haiku-4-5-20251001-v1:0', 'global.anthropic.claude-haiku-5-5'];
  expect(named(list)).toEqual([]);
  expect(profilesOf(config({ settings: { model: { profiles: list } } }).settings)).toEqual(list);
  expect(said(named([...list, 'global.anthropic.claude-haiku-5-5']))).toEqual([expect.stringContaining('model.profiles[2]')]);
  expect(said(named([]))).toEqual([expect.stringContaining('at least one')]);
  expect(named([...list, 'jp.anthropic.claude-haiku-5-5', 'global.anthropic.claude-sonnet-5'])).toHaveLength(1);
});

test('each of them is held to the home Region', () => {
  const settings = SETTINGS.replace(/profiles: \[/, 'profiles: [jp.anthropic.claude-haiku-5-5, eu.anthropic.claude-haiku-5-5, ');
  expect(said(mistakesOf({ settings }))).toEqual([expect.stringMatching(/^error model\.profiles\[1\]: "eu\..*cannot be called from/)]);
});

test('the key of versions before is named with the one that it is now', () => {
  const settings = SETTINGS.replace(/profiles: \[(.*)\]/, 'profile: $1');
  expect(said(mistakesOf({ settings })).join()).toContain('profiles');
});
