import { readFileSync } from 'node:fs';
import { hubTemplate } from '../stacks/synthesize';
import { drawDashboard, DASHBOARD } from '../../scripts/dashboard';
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
    for (const words of Properties.AlarmDescription.split(/\n(?:Impact|First): /)) expect(row).toContain(words.replaceAll('|', '\\|'));
    const threshold = `${Properties.ComparisonOperator === 'LessThanThreshold' ? 'below' : 'above'} ${Properties.Threshold}`;
    expect(row).toContain(threshold);
  }
});

test('no alarm’s words are longer than CloudWatch takes', () => {
  for (const { means, impact, first } of alarms) expect(`${means}\nImpact: ${impact}\nFirst: ${first}`.length).toBeLessThanOrEqual(1024);
});

test('a page that lost its marks is not written over', () => {
  expect(() => written('# Operations', alarms)).toThrow(/has lost the line <!-- alarms/);
});

test('the picture of the dashboard is as the template has it; where it is not: npm run dashboard', () => {
  expect(readFileSync(DASHBOARD, 'utf8')).toBe(drawDashboard());
});
