/** Environments: a file of its own laid over the settings, checked as one whole, each mistake told in the file that it stands in. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { configPlace } from '../../config/environment';
import { loadConfig } from '../../config/load';
import { ENVIRONMENT_RULES } from '../../config/rules/environment';
import { EXAMPLE } from './example';
import { folderWith, NOW, removeFolders, routesWith, SETTINGS } from './folder';

afterAll(removeFolders);

/** What an environment beside SETTINGS has to say, a line each. */
const BESIDE = {
  enablement: 'enablement: { mode: none }',
  regions: 'regions: { aggregator: existing }',
  slack: 'slack: { tokenSecret: interpreter/dev }',
  allTo: 'allTo: C0TRIALS001',
};

const dev = (changes: Partial<Record<keyof typeof BESIDE, string>> = {}) => Object.values({ ...BESIDE, ...changes }).join('\n');

function load(environments: Record<string, string>, name: string | null = 'dev', files: Parameters<typeof folderWith>[0] = {}) {
  const dir = folderWith(files);
  mkdirSync(join(dir, 'environments'));
  for (const [each, text] of Object.entries(environments)) writeFileSync(join(dir, 'environments', `${each}.yaml`), text);
  const { config, mistakes } = loadConfig(configPlace(dir, name ?? undefined), NOW);
  return { config, told: mistakes.map(({ rule, file, line }) => `${rule} ${relative(dir, file)}:${line}`), mistakes };
}

test('the environment that ships has no mistake', () => {
  const { config, mistakes } = loadConfig(configPlace(EXAMPLE, 'dev'), NOW);
  expect(mistakes).toEqual([]);
  expect(config?.environment).toBe('dev');
});

test('mappings are merged at any depth, lists and values are replaced, and the routes stay', () => {
  const { config, told } = load({ dev: `${dev({ regions: 'regions: { aggregator: existing, linked: [us-west-2] }' })}\nlanguage: ja\n` });
  const base = loadConfig(folderWith(), NOW).config;
  expect(told).toEqual([]);
  expect(config?.settings).toMatchObject({
    organization: base?.settings.organization,
    regions: { home: 'ap-northeast-1', linked: ['us-west-2'], aggregator: 'existing' },
    slack: { tokenSecret: 'interpreter/dev', host: 'slack.com' },
    language: 'ja',
  });
  expect(config?.routes.route).toEqual(base?.routes.route);
});

test('without its name the settings stand as they are, whatever environments there are', () => {
  const { config, told } = load({ dev: dev() }, null);
  expect([config, told]).toEqual([loadConfig(folderWith(), NOW).config, []]);
  expect(config).not.toHaveProperty('environment');
});

test('a mistake is told in the file that has it: what is in neither, in the settings', () => {
  const settings = SETTINGS.replace('[us-east-1,', '[us-esat-1,').replace('managementAccount: "111111111111", ', '');
  const { told } = load({ dev: `${dev()}\nlanguage: fr\nseverities: [HIGH, LOUD]\nalrams: { emails: [] }\n` }, 'dev', { settings });
  expect(told).toEqual([
    'shape environments/dev.yaml:5',
    'shape environments/dev.yaml:6',
    'shape environments/dev.yaml:7',
    'shape settings.yaml:1',
    'region-unknown settings.yaml:2',
  ]);
});

test.each([
  ['is no YAML', `${dev()}\nmodel: { enabled: false\n`, 'environments/dev.yaml:5'],
  ['is a list', '- a\n', 'shape environments/dev.yaml:1'],
  ['holds a token', `${dev()}\n# xoxb-1234567890-abc\n`, 'secret environments/dev.yaml:5'],
  ['leaves a key without a value', `${dev()}\nalarms:\n`, 'shape environments/dev.yaml:5'],
])('a file that %s is told', (_what, text, place) => {
  const { config, told } = load({ dev: text });
  expect(config).toBeUndefined();
  expect(told).toContainEqual(expect.stringContaining(place));
});

test.each([
  ['', '"" is no name of an environment', 'Name the environment by its file, without .yaml.'],
  ['dve', 'there is no environment "dve"', 'Did you mean "dev"?'],
  ['../dev', '"../dev" is no name of an environment', 'Name the environment by its file, without .yaml.'],
  ['Dev', '"Dev" is no name of an environment', 'Name the environment by its file, without .yaml.'],
  ['environment-of-dev', '"environment-of-dev" is no name of an environment', 'Name the environment by its file, without .yaml.'],
])('%s: %s', (name, message, remedy) => {
  const { config, mistakes } = load({ dev: dev() }, name);
  expect(config).toBeUndefined();
  expect(mistakes).toHaveLength(1);
  expect(mistakes[0]).toMatchObject({ level: 'error', remedy, message: expect.stringContaining(message) });
});

describe('what an organization, or an account, has once', () => {
  const cases: Record<keyof typeof ENVIRONMENT_RULES, { text: string; line: number }> = {
    'environment-enablement': { text: dev({ enablement: 'enablement: { mode: stack-sets }' }), line: 1 },
    'environment-aggregator': { text: dev({ regions: 'regions: { aggregator: linked }' }), line: 2 },
    'environment-token': { text: dev({ slack: 'slack: { tokenSecret: security-hub-interpreter/slack-bot-token }' }), line: 3 },
    'environment-told-twice': { text: dev({ allTo: '' }), line: 1 },
  };

  test.each(Object.entries(cases))('%s', (rule, { text, line }) => {
    const { mistakes, told } = load({ dev: text });
    expect(told).toEqual([`${rule} environments/dev.yaml:${line}`]);
    expect(mistakes[0]?.level).toBe(ENVIRONMENT_RULES[rule as keyof typeof ENVIRONMENT_RULES]);
    expect(mistakes[0]?.message).toContain('settings.yaml');
  });

  test.each([
    ['the channel of a receiver', 'C0SECOPS001'],
    ['a receiver of routes.yaml', 'sec-ops'],
  ])('one channel for all is none of its own where it is %s', (_what, allTo) => {
    const { mistakes, told } = load({ dev: dev({ allTo: `allTo: ${allTo}` }) });
    expect(told).toEqual(['environment-told-twice environments/dev.yaml:4']);
    expect(mistakes[0]?.message).toContain('both tell C0SECOPS001');
  });

  test('nor where another environment tells everything there', () => {
    const { mistakes } = load({ dev: dev(), trials: dev({ slack: 'slack: { tokenSecret: interpreter/trials }' }) });
    expect(mistakes.map(({ rule, message }) => [rule, message])).toEqual([
      ['environment-told-twice', expect.stringContaining('come to environments/trials.yaml, and both tell C0TRIALS001')],
    ]);
  });

  test('what the settings say of a function that only they have is nothing to tell of', () => {
    const settings = `${SETTINGS}functions: { enroll: { memoryMb: 1024 } }\n`;
    expect(load({ dev: dev() }, 'dev', { settings }).told).toEqual([]);
    expect(load({ dev: `${dev()}\nfunctions: { enroll: { memoryMb: 512 } }\n` }, 'dev', { settings }).told).toEqual([
      'functions-unused environments/dev.yaml:5',
    ]);
  });

  test('it is told where the environment leaves it to the settings, too', () => {
    expect(load({ dev: 'language: ja\n' }).told).toEqual([
      'environment-enablement environments/dev.yaml:1',
      'environment-aggregator environments/dev.yaml:1',
      'environment-token environments/dev.yaml:1',
      'environment-told-twice environments/dev.yaml:1',
    ]);
  });

  test('it may be any of them that has it: the settings leave it to prod, and dev beside prod may not', () => {
    const settings = SETTINGS.replace('{ targets: [r-ab12] }', '{ mode: none }')
      .replace('linked: [us-east-1, eu-west-1]', 'linked: [us-east-1, eu-west-1], aggregator: existing')
      .concat('allTo: C0TRIALS009\n');
    const prod = 'enablement: { mode: stack-sets, targets: [r-ab12] }\nslack: { tokenSecret: interpreter/prod }\nallTo: C0TRIALS003\n';
    expect(load({ prod, dev: dev() }, 'prod', { settings }).told).toEqual([]);
    const { mistakes } = load({ prod, dev: dev({ enablement: 'enablement: { mode: stack-sets, targets: [r-ab12] }' }) }, 'dev', {
      settings,
    });
    expect(mistakes.map(({ rule, message }) => [rule, message.includes('environments/prod.yaml')])).toEqual([
      ['environment-enablement', true],
    ]);
  });

  test('another organization has all of it by itself', () => {
    const { told } = load({
      dev: 'organization: { id: o-other00000, managementAccount: "333333333333", securityAccount: "444444444444" }\n',
    });
    expect(told).toEqual([]);
  });
});

describe('allTo', () => {
  const routes = routesWith('')
    .replace('{ channel: C0SECOPS001 }', '{ channel: C0SECOPS001, mentions: { CRITICAL: [U0ONCALL01] }, language: ja }')
    .replace('{ channel: C0WORKLD001 }', '{ webhookSecret: interpreter/workloads }');

  test.each([
    ['C0TRIALS001', 'C0TRIALS001'],
    ['prod-oncall', 'C0PRODONC01'],
  ])('%s: all are told there, nobody is mentioned, no webhook is used, and languages stay', (allTo, channel) => {
    const { config } = load({ dev: dev({ allTo: `allTo: ${allTo}` }) }, 'dev', { routes });
    expect(config?.routes.receivers).toEqual({
      'sec-ops': { channel, language: 'ja', securityAccountAccess: false },
      workloads: { channel, securityAccountAccess: false },
      'prod-oncall': { channel, securityAccountAccess: false },
    });
  });

  test('needs the bot’s token, also where every receiver is a webhook', () => {
    const webhooks = routesWith('').replace(/channel: C0(\w+)/g, (_, name: string) => `webhookSecret: interpreter/${name}`);
    const settings = SETTINGS.replace('{ tokenSecret: security-hub-interpreter/slack-bot-token }', '{ host: slack.com }');
    expect(load({ dev: dev({ slack: '' }) }, 'dev', { routes: webhooks, settings }).told).toEqual(['token-missing settings.yaml:4']);
    expect(load({ dev: dev() }, 'dev', { routes: webhooks, settings }).told).toEqual([]);
  });
});
