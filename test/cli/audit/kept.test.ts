/** How long data are kept, as the template has it: with what brings them back after their term. */
import { recoveryDaysOf } from '../../../cli/audit/kept';
import { asked, changed, rows, synthesized, type Template } from './scenario';

let folder: string;
beforeAll(() => {
  folder = synthesized();
});

const recovery = (specification: unknown) =>
  changed(folder, ({ Resources }: Template) => {
    for (const { Type, Properties } of Object.values(Resources))
      if (Type === 'AWS::DynamoDB::Table') Properties.PointInTimeRecoverySpecification = specification;
  });
const keptOfTable = async (assembly: string) =>
  rows(await asked(assembly, 'readers'), /Where data rests/).find(([, , kind]) => kind === 'table')?.[4];
const MORE = /; what has left can be brought back for (\d+) days more \(point-in-time recovery\)$/;

test('of the table it is said for how many days more than their term rows can be brought back', async () => {
  expect(MORE.exec((await keptOfTable(folder)) ?? '')?.[1]).toBe('35');
});

test('as many as the template says, and nothing where point-in-time recovery is off', async () => {
  expect(MORE.exec((await keptOfTable(recovery({ PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 7 }))) ?? '')?.[1]).toBe('7');
  for (const off of [{ PointInTimeRecoveryEnabled: false }, undefined]) {
    const kept = await keptOfTable(recovery(off));
    expect(kept).toMatch(/^each row at its expiresAt/);
    expect(kept).not.toMatch(/brought back/);
  }
  expect(recoveryDaysOf({ PointInTimeRecoverySpecification: { RecoveryPeriodInDays: 7 } })).toBeUndefined();
});
