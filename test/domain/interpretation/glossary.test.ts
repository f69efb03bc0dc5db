/** What the model is told of a brief beside the brief. */
import { STATUS_REASONS } from '../../../handlers/domain/finding/status-reasons';
import { briefOf, officialText } from '../../../handlers/domain/interpretation/brief';
import { meaningsOf, REASONS } from '../../../handlers/domain/interpretation/glossary';
import { promptFor } from '../../../handlers/domain/interpretation/prompt';
import { parseFinding } from '../../../handlers/domain/finding/event';
import { DOCUMENTED } from '../facts/documented';
import { RICHEST } from './richest';
import { TWENTY } from './twenty';

/** Whose names say what they mean. */
const PLAIN = new Set([
  ...['actions', 'advisory', 'api', 'check', 'control', 'cve', 'dataCategories', 'description', 'direction', 'encrypted'],
  ...['exploitAvailable', 'fixAvailable', 'kind', 'port', 'product', 'protocol', 'resourceTypes', 'score', 'service', 'statusReasons'],
  ...['threatType', 'title', 'types', 'vector', 'conditionKeys'],
]);

test('each field has a meaning or is plain', () => {
  const briefs = [...TWENTY.map(({ raw }) => raw), ...RICHEST, ...DOCUMENTED].map((raw) => {
    const finding = parseFinding(raw);
    return briefOf(finding, officialText(finding), []);
  });
  const fields = new Set(briefs.flatMap((brief) => Object.keys(brief)));
  expect(fields.size).toBeGreaterThan(45);
  const explained = (field: string) => briefs.some((brief) => meaningsOf(brief).some((line) => line.startsWith(`${field}: `)));
  expect([...fields].filter((field) => !PLAIN.has(field) && !explained(field))).toEqual([]);
});

test('each reason code of AWS has a meaning', () => {
  expect(Object.keys(REASONS).sort()).toEqual(Object.keys(STATUS_REASONS).sort());
  const notEvaluated = Object.entries(STATUS_REASONS).filter(([, { unchecked }]) => unchecked !== undefined);
  for (const [code] of notEvaluated) expect(REASONS[code]).toMatch(/^not evaluated/);
});

test('the model is told of what its brief holds, and of nothing else', () => {
  const { system } = promptFor({ kind: 'control', statusReasons: ['CONFIG_ACCESS_DENIED', 'constructor'] }, 'en');
  expect(system).toContain('CONFIG_ACCESS_DENIED: not evaluated: the role of AWS Config lacks a right');
  expect(system).not.toContain('CONFIG_RECORDER_DISABLED');
  expect(promptFor({ kind: 'control', control: 'IAM.4' }, 'en').system).not.toContain('mean:');
});

test('that a list is the customer’s own is in the type', () => {
  expect(meaningsOf({ kind: 'guardduty', threatType: 'UnauthorizedAccess:EC2/MaliciousIPCaller.Custom' })).toEqual([
    expect.stringContaining('customer’s own'),
  ]);
  expect(meaningsOf({ kind: 'guardduty', threatType: 'UnauthorizedAccess:EC2/MaliciousIPCaller' })).toEqual([]);
});
