import { type PatternSettings, patterns } from '../../stacks/constructs/patterns';

const settings: PatternSettings = { severities: ['CRITICAL', 'HIGH'], customActions: [], includeSamples: false };
const findingsOf = (name: 'admit' | 'closed' | 'admit-v2' | 'closed-v2', changes: Partial<PatternSettings> = {}) =>
  patterns({ ...settings, ...changes })[name].detail?.findings;

describe('patterns', () => {
  test('admits FAILED, WARNING, NOT_AVAILABLE and, for GuardDuty and Inspector, no compliance at all', () => {
    expect(findingsOf('admit')?.Compliance).toEqual({ Status: ['FAILED', 'WARNING', 'NOT_AVAILABLE', { exists: false }] });
  });

  test('admits only new, active findings of the severities that the settings name', () => {
    const { Severity, Workflow, RecordState } = findingsOf('admit', { severities: ['MEDIUM'] }) ?? {};
    expect({ Severity, Workflow, RecordState }).toEqual({
      Severity: { Label: ['MEDIUM'] },
      Workflow: { Status: ['NEW'] },
      RecordState: ['ACTIVE'],
    });
  });

  test('keeps samples out unless the settings ask for them', () => {
    expect(findingsOf('admit')?.Sample).toEqual([false, { exists: false }]);
    expect(findingsOf('admit', { includeSamples: true })).not.toHaveProperty('Sample');
  });

  test('brings what closed, was notified or cannot be checked any more, at any severity', () => {
    expect(findingsOf('closed')).toEqual({
      $or: [
        { Workflow: { Status: ['NOTIFIED', 'RESOLVED', 'SUPPRESSED'] } },
        { RecordState: ['ARCHIVED'] },
        { Compliance: { Status: ['PASSED', 'WARNING', 'NOT_AVAILABLE'] } },
      ],
    });
  });

  test('names OCSF severities in Title Case, and Fatal where CRITICAL is admitted', () => {
    expect(findingsOf('admit-v2')).toEqual({ severity: ['Critical', 'Fatal', 'High'], status: ['New'] });
    expect(findingsOf('admit-v2', { severities: ['HIGH', 'INFORMATIONAL'] })?.severity).toEqual(['High', 'Informational']);
  });

  test('brings OCSF findings that are no longer New, that pass or are unchecked while still New, or whose activity is Close', () => {
    expect(findingsOf('closed-v2')).toEqual({
      $or: [
        { status: [{ 'anything-but': ['New'] }] },
        { compliance: { status: [{ 'anything-but': ['Fail'] }] } },
        { activity_name: ['Close'] },
      ],
    });
  });

  test('takes every custom action, or those that the settings name, and never looks into the finding', () => {
    const any = { source: ['aws.securityhub'], 'detail-type': ['Security Hub Findings - Custom Action'] };
    expect(patterns(settings)['custom-action']).toEqual(any);
    expect(patterns({ ...settings, customActions: ['TellSlack', 'Ask'] })['custom-action']).toEqual({
      ...any,
      resources: [{ suffix: ':action/custom/TellSlack' }, { suffix: ':action/custom/Ask' }],
    });
  });

  test('says which setting is too long for EventBridge, before a deployment fails', () => {
    const many = Array.from({ length: 50 }, (_, index) => `Action${String(index).padStart(14, '0')}`);
    expect(() => patterns({ ...settings, customActions: many })).toThrow(
      /custom-action has \d+ characters and EventBridge takes 2048: shorten customActions/,
    );
  });
});
