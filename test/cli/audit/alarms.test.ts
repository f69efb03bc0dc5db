/** What rings where a function stops, by the template, and who asks how alarms stand. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands } from '../../../cli/commands';
import { EXAMPLE } from '../../config/example';
import { typed } from '../terminal';
import { asked, changed, HUB, rows, synthesized, type Template } from './scenario';

let folder: string;
beforeAll(() => {
  folder = synthesized();
});

describe('alarms', () => {
  test('which stay silent where their function stops, and which ring then, by the template', async () => {
    const answer = await asked(folder, 'works');
    expect(rows(answer, /function stops/).map(([name, , ...rings]) => [name, ...rings])).toEqual([
      ['Tick/Run', 'tick-stopped', '–', '–', '–'],
      ['Intake', '–', 'findings-waiting', 'intake-throttles', '–'],
      ['Deliver', '–', 'deliveries-waiting', 'deliver-throttles', '–'],
      ['Enroll/Run', '–', '–', '–', 'enroll-dead-letters, enroll-dead-letters-more'],
    ]);
    const silent = new Map(rows(answer, /function stops/).map(([name, those = '']) => [name, those.split(', ')]));
    expect(silent.get('Deliver')).toEqual(expect.arrayContaining(['channels-held', 'deliver-errors']));
    expect(silent.get('Enroll/Run')).toEqual(['accounts-not-enrolled', 'enroll-errors']);
    expect(answer.verdict).toContain('Enroll/Run: none, but where a start of it is given up');
    expect(answer.verdict).toContain('where no finding comes at all none rings, since alarms.silenceHours is not set');
  });

  test('an alarm that no longer looks at the queue does not ring for what waits there', async () => {
    const other = changed(folder, ({ Resources }) => {
      for (const [id, { Properties }] of Object.entries(Resources)) if (id.startsWith('Alarmsfindingswaiting')) Properties.Metrics = [];
    });
    expect((await asked(other, 'works')).verdict).toContain('Intake: NONE;');
  });

  test('how they stand, and whether a subscription was confirmed, is the doctor’s to ask, which may, and stands there as commands', async () => {
    const answer = await asked(folder, 'works');
    expect(answer.verdict).toMatch(/is asked by the doctor \(its checks Alarms and Alarms heard\) and by the commands below\./);
    expect(rows(answer, /^Checks of the doctor/).map(([, title]) => title)).toEqual(expect.arrayContaining(['Alarms', 'Alarms heard']));
    const { out } = await typed(['doctor', '--policy', '--config', EXAMPLE], { known: commands });
    expect(out).toMatch(/"cloudwatch:DescribeAlarms"[\s\S]*"sns:ListSubscriptionsByTopic"/);
    const [stand = [], confirmed = [], ...others] = rows(answer, /the doctor asks it, or these commands/);
    expect(others).toEqual([]);
    expect(stand[1]).toContain('--region ap-northeast-1 --alarm-name-prefix SecurityHubInterpreter- ');
    const topic = /--logical-resource-id (\S+)/.exec(confirmed[1] ?? '')?.[1] ?? '';
    const { Resources } = JSON.parse(readFileSync(join(folder, HUB), 'utf8')) as Template;
    expect(Resources[topic]?.Type).toBe('AWS::SNS::Topic');
    expect(confirmed[2]).toContain('security-alarms@example.com: an ARN each');
  });
});
