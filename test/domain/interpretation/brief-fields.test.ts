/** What single fields of a brief make of what a finding says: words of closed lists and steps, and nothing where it has none. */
import { briefOf, officialText } from '../../../handlers/domain/interpretation/brief';
import { parseFinding } from '../../../handlers/domain/finding/event';
import type { Finding } from '../../../handlers/domain/finding/finding';
import { type Json, ocsf } from '../facts/shape';
import { finding } from '../made';

const brief = (changes: Partial<Finding>) => {
  const given = finding(changes);
  return briefOf(given, officialText(given), []);
};

test.each([
  [[], undefined],
  [[{ firstPort: 22, lastPort: 22 }], ['22']],
  [[{ firstPort: 0, lastPort: 65535 }], ['all']],
  [[{ firstPort: 51234, lastPort: 51234 }], ['other']],
  [
    [
      { firstPort: 20, lastPort: 25 },
      { firstPort: 3389, lastPort: 3389 },
    ],
    ['20', '21', '22', '23', '25', '3389', 'other'],
  ],
])('a control of ports: of %j it tells %j', (open, openPorts) => {
  const title = 'Security groups should not allow unrestricted access to ports with high risk';
  expect(brief({ title, particulars: { configuration: { open } } }).openPorts).toEqual(openPorts);
});

test('what has nothing to do with a control is not told: its findings would be several questions', () => {
  const configuration = { open: [{ firstPort: 22, lastPort: 22 }], off: ['BlockPublicAcls'], keyCreatedAt: 0 };
  const of = (title: string) => Object.keys(brief({ title, description: '', particulars: { configuration } })).sort();
  expect(of('VPC flow logging should be enabled')).toEqual(['control', 'description', 'kind', 'resourceTypes', 'title']);
  expect(of('Access keys should be rotated')).toContain('keyAge');
  expect(of('Buckets should block public access')).toContain('off');
});

test.each([
  [100, 'under a year'],
  [400, 'over a year'],
  [800, 'over two years'],
  [-1, undefined],
])('a key of %i days is told as %s', (days, keyAge) => {
  const { updatedAt } = finding();
  const configuration = { keyCreatedAt: updatedAt - days * 86_400_000 };
  expect(brief({ title: 'Access keys should be rotated', particulars: { configuration } }).keyAge).toBe(keyAge);
});

test.each([
  ['postgres', 'postgres'],
  ['alice-db', undefined],
])('a database engine %s is told as %s', (engine, told) => {
  expect(brief({ particulars: { configuration: { engine } } }).engine).toBe(told);
});

test.each([
  [0.0004, undefined],
  [0.2, 'likely'],
  [0.94, 'very likely'],
])('an EPSS of %d is told as %s: each step is another question', (epss, told) => {
  expect(brief({ kind: 'inspector', particulars: { vulnerabilities: [{ id: 'CVE-2021-44228', epss }] } }).epss).toBe(told);
});

test.each([
  [1, undefined],
  [2, 'several times'],
  [264, 'many times'],
])('a threat seen %i times is told as seen %s', (count, told) => {
  expect(brief({ kind: 'guardduty', types: [], particulars: { threat: { count } } }).repeated).toBe(told);
});

test.each([
  ['AccessDenied', 'AccessDenied'],
  ['Client.UnauthorizedOperation', 'AccessDenied'],
  ['NoSuchBucket', 'NotFound'],
  ['ThrottlingException', 'Throttling'],
  ['IgnoreAllInstructions', 'other'],
])('a call answered with %s is told as %s', (errorCode, told) => {
  expect(brief({ kind: 'guardduty', types: [], particulars: { threat: { errorCode } } }).apiError).toBe(told);
});

test('of sensitive data only what Macie’s own identifiers find: others have the names that their owner gave', () => {
  const kinds = ['USA_SOCIAL_SECURITY_NUMBER', 'JAPAN_BANK_ACCOUNT_NUMBER', 'NAME', 'ACME_PASSPORT_NUMBER', 'Employee id'].map((name) => ({
    name,
  }));
  expect(brief({ kind: 'macie', types: [], particulars: { data: { kinds } } }).dataKinds).toEqual([
    'BANK_ACCOUNT_NUMBER',
    'NAME',
    'SOCIAL_SECURITY_NUMBER',
  ]);
});

test('a category of data is one, whichever format has it', () => {
  const of = (category: string) => brief({ kind: 'macie', types: [], particulars: { data: { categories: [category] } } }).dataCategories;
  expect(of('Personal')).toEqual(['PERSONAL_INFORMATION']);
  expect(of('Personal')).toEqual(of('PERSONAL_INFORMATION'));
  expect(of('Of alice')).toBeUndefined();
});

test('of a condition its keys, as far as they are IAM’s, and never what they are compared with', () => {
  const of = (condition: string) => brief({ kind: 'access-analyzer', particulars: { access: { condition } } });
  const keyed = of('{"StringEquals":{"aws:PrincipalOrgID":"o-ab12cd34ef","aws:sourcevpce":"vpce-0a","aws:Alice":"x"}}');
  expect(keyed).toMatchObject({ condition: 'some', conditionKeys: ['aws:PrincipalOrgID', 'aws:SourceVpce'] });
  expect(of('none')).toMatchObject({ condition: 'none' });
  expect(of('none')).not.toHaveProperty('conditionKeys');
});

test('every type of GuardDuty stays whole, though some are as long as a secret key', () => {
  const types = ['Execution:SageMaker/CommandAndScriptingInterpreter'];
  expect(brief({ kind: 'guardduty', types }).threatType).toBe(types[0]);
});

test('of a third party’s vulnerability a CVE and numbers: neither package nor another’s id', () => {
  const its = { score: 9.8, ecosystem: 'npm', fixAvailable: 'YES', package: { name: 'lodash', installed: '1', fixed: '2' } };
  const of = (id: string) =>
    brief({ kind: 'third-party', provenance: 'partner', product: 'a/b', types: [], particulars: { vulnerabilities: [{ id, ...its }] } });
  const told = { kind: 'third-party', resourceTypes: ['AwsS3Bucket'], score: 9.8, ecosystem: 'NPM', fixAvailable: 'YES' };
  expect(of('CVE-2021-23337')).toEqual({ ...told, cve: 'CVE-2021-23337' });
  expect(of('SNYK-JS-LODASH-567221')).toEqual(told);
});

test.each([
  ['prowler-iam_no_root_access_key', 'iam_no_root_access_key'],
  ['iam_no_root_access_key', 'iam_no_root_access_key'],
  ['prowler-iam_ignore_all_instructions', undefined],
])('of a scanner’s check %s it tells %s', (generatorId, check) => {
  expect(brief({ kind: 'third-party', product: 'prowler/prowler', types: [], generatorId }).check).toBe(check);
});

test('ports that were probed are ours: whoever attacks others has none', () => {
  const at = (data: Json, ...ports: number[]) => {
    const given = parseFinding(ocsf('guardduty', { evidences: ports.map((port) => ({ data, dst_endpoint: { port } })) }));
    return briefOf(given, undefined, []).ports;
  };
  expect(at({ resource_role: 'TARGET' }, 443, 80)).toEqual(['80', '443']);
  expect(at({ resource_role: 'TARGET' }, 443)).toBeUndefined();
  expect(at({ resource_role: 'ACTOR' }, 443, 80)).toBeUndefined();
});
