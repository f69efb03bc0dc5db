import { readFileSync } from 'node:fs';
import { hubTemplate } from '../stacks/synthesize';
import { drawDashboard, DASHBOARD } from '../../scripts/dashboard';
import { HARMS, PAGE } from '../../stacks/constructs/alarms';
import { allAlarms, OPERATIONS, written } from '../../scripts/operations';

const page = readFileSync(OPERATIONS, 'utf8');
const alarms = allAlarms();

test('docs/operations.md tells alarms, metrics and saved queries as the stack makes them; where it does not: npm run operations', () => {
  expect(page).toBe(written(page, alarms));
});

test('every alarm of the template has its row, with the words of its e-mail', () => {
  for (const { Properties } of Object.values(hubTemplate().findResources('AWS::CloudWatch::Alarm'))) {
    const name = Properties.AlarmName.replace('SecurityHubInterpreter-', '');
    const [row] = page.split('\n').filter((line) => line.startsWith(`| \`${name}\` |`));
    for (const words of Properties.AlarmDescription.split(/\n(?:Impact: |First: |Where the logs are.*$)/))
      expect(row).toContain(words.replaceAll('|', '\\|'));
    const threshold = `${Properties.ComparisonOperator === 'LessThanThreshold' ? 'below' : 'above'} ${Properties.Threshold}`;
    expect(row).toContain(threshold);
  }
});

test('what loses anything stands before what is late, and that before what can wait till morning; each alarm once in the lists and once in the table', () => {
  const part = page.slice(page.indexOf('<!-- alarms'), page.indexOf('<!-- end of the alarms'));
  const listed = [...part.matchAll(/^- .*$/gm)].map(([line]) => [...line.matchAll(/`([\w-]+)`/g)].map(([, name]) => name));
  expect(listed).toEqual(HARMS.map((harm) => alarms.filter((spec) => spec.harm === harm).map(({ name }) => name)));
  expect([...part.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name]) => name)).toEqual(listed.flat());
  // By what their own rows say of the impact.
  for (const { harm, impact } of alarms.filter(({ impact }) => /^None[ .]|\bin time\b/.test(impact)))
    expect([impact, harm]).toEqual([impact, 'none']);
  for (const { harm, impact } of alarms.filter(({ impact }) => /are late\.|\blate, /.test(impact) && !/^None/.test(impact)))
    expect([impact, harm]).toEqual([impact, 'late']);
});

test('the log groups that a person is told to open begin as the template’s', () => {
  const ids = Object.keys(hubTemplate().findResources('AWS::Logs::LogGroup'));
  const told = [...page.slice(0, page.indexOf('<!-- alarms')).matchAll(/-([A-Z]\w+Logs)`/g)].map(([, name = '']) => name);
  expect(told.sort()).toEqual(['DeliverLogs', 'EnrollRunLogs', 'IntakeLogs', 'TickRunLogs']);
  for (const name of told) expect(ids.filter((id) => id.startsWith(name))).toHaveLength(1);
});

test('no alarm’s words are longer than CloudWatch takes', () => {
  for (const { means, impact, first } of alarms)
    expect(`${means}\nImpact: ${impact}\nFirst: ${first}\n${PAGE}`.length).toBeLessThanOrEqual(1024);
});

test('a page that lost its marks is not written over', () => {
  expect(() => written('# Operations', alarms)).toThrow(/has lost the line <!-- alarms/);
});

test('the picture of the dashboard is as the template has it; where it is not: npm run dashboard', () => {
  expect(readFileSync(DASHBOARD, 'utf8')).toBe(drawDashboard());
});
