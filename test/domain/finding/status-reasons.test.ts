/** Why a control could not be checked: AWS's whole list of reason codes. */
import { STATUS_REASONS, uncheckedBecause } from '../../../handlers/domain/finding/status-reasons';
import { parseFinding } from '../../../handlers/domain/finding/event';
import { statusOf } from '../../../handlers/domain/finding/admission';
import { controlFinding, ocsfFinding } from '../../world/events';

test('every code of what is unchecked has a meaning, and no other has', () => {
  expect(Object.keys(STATUS_REASONS)).toHaveLength(22);
  for (const { compliance, unchecked } of Object.values(STATUS_REASONS))
    expect(unchecked !== undefined).toBe(compliance === 'WARNING' || compliance === 'NOT_AVAILABLE');
});

test.each([
  [['CONFIG_ACCESS_DENIED'], ['right-of-config']],
  [['CLOUDTRAIL_REGION_INVAILD'], ['elsewhere']],
  [['SNS_TOPIC_CROSS_ACCOUNT'], ['right-of-owner']],
  [['CONFIG_RETURNS_NOT_APPLICABLE'], ['not-applicable']],
  [['CONFIG_RULE_EVALUATION_ERROR'], ['rule-failed']],
  [['CONFIG_RULE_NOT_FOUND'], ['not-yet']],
  [['THROTTLING_ERROR', 'INTERNAL_SERVICE_ERROR'], ['service']],
  [['CONFIG_EVALUATIONS_EMPTY', 'NEW_CODE', 'constructor'], ['unknown']],
  [[], ['unknown']],
])('%p means %p', (codes, meanings) => {
  expect(uncheckedBecause(codes)).toEqual(meanings);
});

test('either format says so', () => {
  const asff = parseFinding({
    ...controlFinding(),
    Compliance: { Status: 'NOT_AVAILABLE', SecurityControlId: 'S3.2', StatusReasons: [{ ReasonCode: 'CONFIG_ACCESS_DENIED' }] },
  });
  expect(asff.particulars.statusReasons).toEqual(['CONFIG_ACCESS_DENIED']);
  expect(statusOf(asff)).toBe('unchecked');
  const compliance = { control: 'S3.2', status_code: 'CONFIG_ACCESS_DENIED' };
  for (const status of [{ status: 'Warning' }, { status: 'Not Available' }, { status: 'Unknown' }, { status_id: 99 }, { status_id: 2 }]) {
    const ocsf = parseFinding({ ...ocsfFinding(), compliance: { ...compliance, ...status } });
    expect(ocsf.particulars.statusReasons).toEqual(['CONFIG_ACCESS_DENIED']);
    expect(statusOf(ocsf)).toBe('unchecked');
  }
});
