import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ConfigError, formatMistakes, loadConfig, loadConfigOrThrow } from '../../config/load';
import { folderWith, NOW, mistakesOf, removeFolders, routesWith, SETTINGS, said } from './folder';

afterAll(removeFolders);

const places = (files: Parameters<typeof folderWith>[0]) =>
  mistakesOf(files).map(({ file, line, column, path }) => `${basename(file)}:${line}:${column} ${path}`);

test('every mistake of both files is told at once, by file and line', () => {
  const settings = SETTINGS.replace('111111111111', '11111111111').replace('slack:', 'slak:');
  const routes = routesWith(
    '- match: { ou: Workloads }\n  receiver: prod-onclal\n- { match: { ou: Workloads/Prod }, reciever: sec-ops, receiver: sec-ops }',
  );
  expect(places({ settings, routes })).toEqual([
    'routes.yaml:10:17 route.routes[0].receiver',
    'routes.yaml:11:7 route.routes[1]',
    'routes.yaml:11:40 route.routes[1].reciever',
    'settings.yaml:1:1 slack.tokenSecret',
    'settings.yaml:1:54 organization.managementAccount',
    'settings.yaml:4:1 slak',
  ]);
});

test('a mistake carries the bad value as the file has it', () => {
  const [mistake] = mistakesOf({ settings: SETTINGS.replace('"111111111111"', '012345678901') });
  expect(mistake).toMatchObject({ level: 'error', path: 'organization.managementAccount', value: '012345678901' });
});

test('a file that is not YAML does not hide the mistakes of the other', () => {
  const routes = routesWith('- { match: { ou: A }, receiver: nobody }');
  const lines = said(mistakesOf({ settings: 'regions: [a\nb: "c\n', routes }));
  expect(lines).toContainEqual(expect.stringContaining('this [ is not closed'));
  expect(lines).toContainEqual(expect.stringContaining('"nobody" is not defined'));
});

const broken: [fact: string, settings: string, place: string, message: string][] = [
  ['a tab as indentation', 'regions:\n\thome: eu-west-1\n', 'settings.yaml:2:1 regions', 'a tab is used for indentation'],
  ['an empty file', '', 'settings.yaml:1:1 ', 'the file is empty'],
  ['a second document', `${SETTINGS}---\na: 1\n`, 'settings.yaml:6:1 ', 'a second YAML document starts here'],
  ['an alias without its anchor', `${SETTINGS}severities: *admitted\n`, 'settings.yaml:6:13 ', 'an alias cannot be resolved'],
  ['an alias of what it stands in', `${SETTINGS}alarms: &a { emails: *a }\n`, 'settings.yaml:6:22 ', 'an alias cannot be resolved'],
  ['a mapping that is not closed', `${SETTINGS}alarms: { emails: []\n`, 'settings.yaml:6:9 ', 'this { is not closed'],
];

test.each(broken)('%s is told where it stands', (_fact, settings, place, message) => {
  const mistakes = mistakesOf({ settings });
  expect(mistakes.map(({ file, line, column }) => `${basename(file)}:${line}:${column}`)).toContain(place.split(' ')[0]);
  expect(said(mistakes).join('\n')).toContain(message);
});

test('a key given twice is told at the second, and the rest of the file is checked', () => {
  const settings = `${SETTINGS}language: ja\nalarms:\nlanguage: fr\n`;
  const mistakes = mistakesOf({ settings });
  expect(mistakes.map(({ line, column, path, message }) => `${line}:${column} ${path} ${message}`)).toEqual([
    '7:1 alarms this key has no value',
    '8:1 language the key "language" is given twice in one mapping',
    '8:11 language "fr": this value is not known',
  ]);
});

test('a file that is not there is told, and so is a folder in its place', () => {
  const dir = folderWith({ settings: null, routes: null });
  mkdirSync(join(dir, 'routes.yaml'));
  const { mistakes } = loadConfig(dir, NOW);
  expect(mistakes.map(({ line, column }) => `${line}:${column}`)).toEqual(['1:1', '1:1']);
  expect(said(mistakes)).toEqual([
    expect.stringContaining('error : the file cannot be read (EISDIR)'),
    expect.stringContaining(`error : the file is not there.  Put it into ${dir}`),
  ]);
});

const secrets: [what: string, secret: string][] = [
  ['a Slack token', 'xoxb-2222-3333-abcDEF'],
  ['a Slack app token', 'xapp-1-A111-222-abcdef'],
  ['a Slack webhook address', 'https://hooks.slack.com/services/T000/B000/abcdef'],
  ['an AWS access key id', `AKIA${'IOSFODNN7EXAMPLE'}`],
  ['an AWS access key id', `ASIA${'IOSFODNN7EXAMPLE'}`],
  ['a private key', `-----BEGIN RSA ${'PRIVATE'} KEY-----`],
];

test.each(secrets)('%s is refused as a value and in a comment, and never repeated', (what, secret) => {
  const dir = folderWith({
    settings: SETTINGS.replace('security-hub-interpreter/slack-bot-token', `"${secret}"`),
    routes: `# ${secret}\n${routesWith('')}`,
  });
  const { config, mistakes } = loadConfig(dir, NOW);
  const found = mistakes.filter(({ message }) => message.startsWith(`this looks like ${what}`));
  expect(found.map(({ file, line, path, level }) => `${basename(file)}:${line} ${path} ${level}`)).toEqual([
    'routes.yaml:1  error',
    'settings.yaml:4 slack.tokenSecret error',
  ]);
  expect(config).toBeUndefined();
  expect(JSON.stringify(mistakes)).not.toContain(secret);
  expect(formatMistakes(mistakes)).not.toContain(secret);
});

test('a secret is not repeated where it stands as a key', () => {
  const secret = 'xoxb-2222-3333-abcDEF';
  const mistakes = mistakesOf({ settings: `${SETTINGS}${secret}: 1\n` });
  expect(said(mistakes)).toContainEqual(expect.stringContaining('the key "xoxb-…" is not known here'));
  expect(JSON.stringify(mistakes)).not.toContain(secret);
});

test('a comment may speak of tokens', () => {
  expect(mistakesOf({ settings: `# never a token (xoxb-, xapp-) nor a webhook (hooks.slack.com/services/…)\n${SETTINGS}` })).toEqual([]);
});

test('defaults are filled in', () => {
  const { config } = loadConfig(folderWith(), NOW);
  expect(config?.settings).toMatchObject({
    severities: ['CRITICAL', 'HIGH'],
    timeZone: 'UTC',
    writeBack: true,
    retention: { logDays: 90, ledgerDays: 400 },
    alarms: { emails: [] },
  });
  expect(config?.routes.receivers['sec-ops']).toEqual({ channel: 'C0SECOPS001', securityAccountAccess: false });
});

test('mistakes are printed one a line, with the count below', () => {
  const dir = folderWith({ routes: routesWith('- { match: { region: us-west-2 }, receiver: prod-onclal }') });
  const { mistakes } = loadConfig(dir, NOW);
  expect(formatMistakes(mistakes)).toBe(
    [
      `${dir}/routes.yaml:9:26  warning  route.routes[0].match.region: findings of us-west-2 never arrive: it is neither the home Region nor a linked one.  Known are: ap-northeast-1, us-east-1, eu-west-1. Correct it, or link the Region in settings.yaml.`,
      `${dir}/routes.yaml:9:49  error    route.routes[0].receiver: "prod-onclal" is not defined.  Did you mean "prod-oncall"? A receiver is defined under receivers.`,
      '1 error, 1 warning',
    ].join('\n'),
  );
  expect(formatMistakes([])).toBe('');
});

test('errors refuse the configuration, with all mistakes in the message', () => {
  const dir = folderWith({ routes: routesWith('- { match: { region: us-west-2 }, receiver: prod-onclal }') });
  const print = jest.fn();
  expect(() => loadConfigOrThrow(dir, NOW, print)).toThrow(ConfigError);
  expect(() => loadConfigOrThrow(dir, NOW, print)).toThrow(/never arrive[\s\S]*is not defined[\s\S]*1 error, 1 warning/);
  expect(print).not.toHaveBeenCalled();
});

test('warnings are printed and let pass', () => {
  const dir = folderWith({ routes: routesWith('- { match: { region: us-west-2 }, receiver: sec-ops }') });
  const print = jest.fn();
  expect(loadConfigOrThrow(dir, NOW, print).settings.organization.id).toBe('o-ab12cd34ef');
  expect(print).toHaveBeenCalledTimes(1);
  expect(print).toHaveBeenCalledWith(expect.stringContaining('1 warning'));
});

test('a receiver’s name that is none is told at the name', () => {
  const [mistake] = mistakesOf({ routes: routesWith('').replaceAll('workloads', 'Work_Loads') });
  expect(mistake).toMatchObject({ line: 3, column: 3, path: 'receivers.Work_Loads' });
});
