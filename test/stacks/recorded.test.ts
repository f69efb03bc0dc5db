/** A changed home Region or mode is never silent, and says what AWS deletes. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { buildApp } from '../../stacks/app';
import { changeWarnings } from '../../stacks/changes';
import { type Recorded, readRecorded, recordOf, writeRecorded } from '../../stacks/recorded';
import { folderWith, removeFolders, SETTINGS } from '../config/folder';
import { exampleConfig } from './example-config';
import { hubStackOf } from './synthesize';
import { temporaryFolder } from './temporary-folder';

afterAll(removeFolders);

const NOW: Recorded = { organization: 'o-ab12cd34ef', home: 'ap-northeast-1', mode: 'stack-sets' };
const warningsOf = (recorded: Recorded | undefined, now = NOW) => changeWarnings(now, recorded, 'config/recorded.json', 'TheHubStack');
const { settings } = exampleConfig;

test('what is as recorded, or was never recorded, warns of nothing', () => {
  expect(recordOf(settings)).toEqual(NOW);
  expect(warningsOf(NOW)).toEqual([]);
  expect(warningsOf(undefined)).toEqual([]);
});

test('the record of another organization, such as the example’s, warns of nothing', () => {
  expect(warningsOf({ organization: 'o-zz99zz99zz', home: 'us-east-1', mode: 'none' })).toEqual([]);
});

test('another home Region warns of the aggregator, the second stack and how to accept', () => {
  const [warning, ...others] = warningsOf({ ...NOW, home: 'us-east-1' });
  expect(others).toEqual([]);
  expect(warning?.id).toBe('security-hub-interpreter:home-region');
  expect(warning?.message).toContain('The home Region changes from us-east-1 to ap-northeast-1.');
  expect(warning?.message).toContain('aws cloudformation delete-stack --stack-name TheHubStack --region us-east-1');
  expect(warning?.message).toContain('aws securityhub delete-finding-aggregator --region us-east-1');
  expect(warning?.message).toContain('set "home" to "ap-northeast-1" in config/recorded.json');
  expect(warning?.message).not.toContain('configuration policy');
});

test('under central configuration another home Region warns of the policies as well', () => {
  const [warning] = warningsOf({ ...NOW, home: 'us-east-1', mode: 'central-configuration' }, { ...NOW, mode: 'central-configuration' });
  expect(warning?.message).toContain('deletes every configuration policy and all their associations');
});

test.each<[Recorded['mode'], Recorded['mode'], string]>([
  ['stack-sets', 'central-configuration', 'standards that it does not list are turned off there'],
  ['stack-sets', 'none', 'Security Hub and its standards stay on there'],
  ['central-configuration', 'stack-sets', 'aws securityhub start-configuration-policy-disassociation --region us-east-1'],
  ['central-configuration', 'none', 'nothing is deleted'],
  ['none', 'stack-sets', 'AWS refuses local configuration while a configuration policy exists'],
  ['none', 'central-configuration', 'A policy that somebody else has associated with one of the targets is replaced there'],
])('from mode %s to %s: %s', (before, after, words) => {
  const [warning, ...others] = warningsOf({ ...NOW, home: 'us-east-1', mode: before }, { ...NOW, home: 'us-east-1', mode: after });
  expect(others).toEqual([]);
  expect(warning?.id).toBe('security-hub-interpreter:mode');
  expect(warning?.message).toContain(`The mode changes from ${before} to ${after}.`);
  expect(warning?.message).toContain(words);
  expect(warning?.message).toContain(`set "mode" to "${after}" in config/recorded.json`);
  expect(warning?.message).toContain('If nothing was ever deployed, nothing ends: delete config/recorded.json.');
});

test('both at once are two warnings of the hub stack', () => {
  const config = folderWith();
  writeFileSync(join(config, 'recorded.json'), JSON.stringify({ ...NOW, home: 'us-east-1', mode: 'none' }));
  const stack = hubStackOf(buildApp({ outdir: temporaryFolder(), context: { config, 'aws:cdk:bundling-stacks': [] } }).app);
  const found = Annotations.fromStack(stack)
    .findWarning('*', Match.stringLikeRegexp('changes from'))
    .map(({ entry }) => String(entry.data));
  expect(found).toHaveLength(2);
  expect(found.join()).toContain(join(config, 'recorded.json'));
});

test('the record is written once, and again only for another organization', () => {
  const dir = temporaryFolder();
  const other = { ...settings, organization: { ...settings.organization, id: 'o-zz99zz99zz' } };
  const elsewhere = { ...settings, regions: { ...settings.regions, home: 'us-east-1' } };
  writeRecorded(dir, other);
  expect(readRecorded(dir, settings)).toBeUndefined();
  writeRecorded(dir, settings);
  expect(readRecorded(dir, settings)).toEqual(NOW);
  writeRecorded(dir, elsewhere);
  expect(readRecorded(dir, elsewhere)).toEqual(NOW);
});

test.each([
  ['that is no JSON', '{ home: '],
  ['of a Region that is none', JSON.stringify({ ...NOW, home: 'Tokyo' })],
  ['of a mode that is none', JSON.stringify({ ...NOW, mode: 'local' })],
  ['without the organization', JSON.stringify({ home: NOW.home, mode: NOW.mode })],
])('a record %s stops the synth, and says what to do', (_fact, text) => {
  const dir = temporaryFolder();
  writeFileSync(join(dir, 'recorded.json'), text);
  expect(() => readRecorded(dir, settings)).toThrow(/recorded\.json is not what a synth writes: .*Take it from version control again/);
});

test('the first synth writes the record, unless it is told that nobody deploys', () => {
  const config = folderWith({ settings: SETTINGS.replace('ap-northeast-1', 'eu-central-1').replace('jp.anthropic', 'eu.anthropic') });
  const synth = (context: object) =>
    spawnSync(process.execPath, ['--import', 'tsx', 'stacks/app.ts'], {
      encoding: 'utf8',
      env: {
        ...process.env,
        CDK_OUTDIR: temporaryFolder(),
        CDK_VALIDATION: 'false',
        CDK_CONTEXT_JSON: JSON.stringify({ config, 'aws:cdk:bundling-stacks': [], ...context }),
      },
    });
  expect(synth({ record: 'false' }).status).toBe(0);
  expect(existsSync(join(config, 'recorded.json'))).toBe(false);
  expect(synth({}).status).toBe(0);
  expect(JSON.parse(readFileSync(join(config, 'recorded.json'), 'utf8'))).toEqual({ ...NOW, home: 'eu-central-1' });
});
