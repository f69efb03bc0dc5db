import { readFileSync } from 'node:fs';
import { hubTemplate } from '../stacks/synthesize';
import { allAlarms, OPERATIONS, withAlarms } from '../../scripts/operations';

const page = readFileSync(OPERATIONS, 'utf8');
const alarms = allAlarms();

test('docs/operations.md tells the alarms as the stack makes them; where it does not: npm run operations', () => {
  expect(page).toBe(withAlarms(page, alarms));
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
  expect(() => withAlarms('# Operations', alarms)).toThrow(/has lost the line <!-- alarms/);
});
