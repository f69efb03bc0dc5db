/** Where the links lead: to the finding where its reader has access, and to pages that AWS itself wrote. */
import * as fc from 'fast-check';
import { findingUrl as linkTo, guardDutyUrl, guideUrl } from '../../../handlers/domain/message/links';
import { hostile } from '../hostile';
import { report, settings } from '../made';

const plain = { ...settings, accessPortal: undefined };
const ID = 'arn:aws:securityhub:us-east-1:555555555555:x/1';
const findingUrl = (...asked: Parameters<typeof linkTo>) => linkTo(...asked)?.url;
const of = (changes: object) => report({ id: ID, region: 'us-east-1', ...changes });

test('leads to the finding’s own Region, filtered to the finding', () => {
  const url = findingUrl(of({}), plain, false) ?? '';
  expect(url).toMatch(/^https:\/\/us-east-1\.console\.aws\.amazon\.com\/securityhub\/home\?region=us-east-1#\/findings\?search=/);
  expect(decodeURIComponent(decodeURIComponent(url))).toContain(`Id=\\operator\\:EQUALS\\:${ID}`);
});

test('readers of the security account are led to the home Region', () => {
  expect(findingUrl(of({}), plain, true)).toMatch(/^https:\/\/ap-northeast-1\.console\.aws\.amazon\.com\//);
});

test('the access portal signs in to the finding’s own account, or to the security account', () => {
  expect(findingUrl(of({}), settings, false)).toMatch(
    /^https:\/\/acme\.awsapps\.com\/start\/#\/console\?account_id=555555555555&destination=https%3A%2F%2Fus-east-1\./,
  );
  expect(findingUrl(of({}), settings, true)).toContain('account_id=222222222222&destination=https%3A%2F%2Fap-northeast-1');
  expect(findingUrl(of({}), { ...settings, accessPortal: 'https://acme.awsapps.com/start/' }, false)).toContain('/start/#/console');
});

test('a finding of the new Security Hub is found by its finding_info.uid', () => {
  const url = findingUrl(of({ format: 'ocsf', infoId: 'info-1' }), plain, false) ?? '';
  expect(url).toMatch(/^https:\/\/us-east-1\.console\.aws\.amazon\.com\/securityhub\/v2\/home\?region=us-east-1#\/findings\?search=/);
  expect(decodeURIComponent(decodeURIComponent(url))).toContain('finding_info.uid=\\operator\\:EQUALS\\:info-1');
});

test('GuardDuty’s own page is in the finding’s account and Region, and only of GuardDuty’s own ids', () => {
  const [detector, id] = ['0123456789abcdef0123456789abcdef', '46ba0ac2845071e23ccdeb2ae03bfdea'];
  const arn = `arn:aws:guardduty:us-east-1:555555555555:detector/${detector}/finding/${id}`;
  const page = `https://us-east-1.console.aws.amazon.com/guardduty/home?region=us-east-1#/findings?search=id%3D${id}`;
  expect(guardDutyUrl({ id: arn }, plain)).toBe(page);
  expect(guardDutyUrl({ id: arn }, settings)).toContain(`account_id=555555555555&destination=${encodeURIComponent(page)}`);
  for (const other of [`${arn}x`, arn.replace('guardduty', 'guardduty.evil'), arn.replace(id, '../x'), 'x'])
    expect(guardDutyUrl({ id: other }, plain)).toBeUndefined();
});

test('where that is not known, and where an id is too long for an address, it leads to the list, and says so', () => {
  const long = `prowler-${'é'.repeat(300)}`;
  expect([of({}), of({ format: 'ocsf' }), of({ id: long })].map((each) => linkTo(each, settings, false)?.isList)).toEqual([
    false,
    true,
    true,
  ]);
  expect(findingUrl(of({ id: long }), plain, false)).toBe(
    'https://us-east-1.console.aws.amazon.com/securityhub/home?region=us-east-1#/findings',
  );
});

test('OCSF findings are in the new console, other partitions in their own', () => {
  expect(findingUrl(of({ format: 'ocsf' }), plain, false)).toBe(
    'https://us-east-1.console.aws.amazon.com/securityhub/v2/home?region=us-east-1#/findings',
  );
  expect(findingUrl(of({ region: 'us-gov-west-1' }), plain, false)).toMatch(/^https:\/\/console\.amazonaws-us-gov\.com\//);
  expect(findingUrl(of({ region: 'cn-north-1' }), plain, false)).toMatch(/^https:\/\/console\.amazonaws\.cn\//);
  expect(findingUrl(of({ region: 'eusc-de-east-1' }), plain, false)).toMatch(/^https:\/\/console\.amazonaws-eusc\.eu\//);
});

test('the isolated Regions have no console that is public, so there is no link', () => {
  expect(findingUrl(of({ region: 'us-iso-east-1' }), plain, false)).toBeUndefined();
  expect(findingUrl(of({ region: 'us-isob-east-1' }), settings, false)).toBeUndefined();
});

test.each(['unknown', '', 'evil.example/', 'us-east-1.evil.example', 'us-east-1#', 'US-EAST-1', 'us-east-1\n'])(
  'there is no link to the Region %j',
  (region) => {
    expect(findingUrl(of({ region }), plain, false)).toBeUndefined();
  },
);

test('whatever its id, it leads to the console alone, or is left out', () => {
  fc.assert(
    fc.property(hostile, fc.boolean(), (id, portal) => {
      const wellFormed = id.replace(/\p{Cs}/gu, '\ufffd');
      const url = findingUrl(of({ id: wellFormed }), portal ? settings : plain, false);
      if (url === undefined) return;
      expect(url.length).toBeLessThanOrEqual(3000);
      expect(new URL(url).href).toBe(url);
      expect(new URL(url).host).toBe(portal ? 'acme.awsapps.com' : 'us-east-1.console.aws.amazon.com');
      expect(url).toMatch(/^[\x21-\x7e]+$/);
    }),
    { seed: 5 },
  );
});

test.each([
  ['https://docs.aws.amazon.com/console/securityhub/S3.2/remediation', 'https://docs.aws.amazon.com/console/securityhub/S3.2/remediation'],
  ['https://docs.amazonaws.cn/console/securityhub/S3.2/remediation', 'https://docs.amazonaws.cn/console/securityhub/S3.2/remediation'],
  ['https://docs.aws.amazon.com/a b\n', 'https://docs.aws.amazon.com/a%20b'],
  ['HTTPS://DOCS.AWS.AMAZON.COM/x', 'https://docs.aws.amazon.com/x'],
  ['https://docs.aws.amazon.com\\@evil.example/', 'https://docs.aws.amazon.com/@evil.example/'],
])('the guide %j is passed on as browsers read it', (url, expected) => {
  expect(guideUrl(url)).toBe(expected);
});

test.each([
  undefined,
  '',
  'docs.aws.amazon.com/x',
  'http://docs.aws.amazon.com/x',
  'https://docs.aws.amazon.com.evil.example/',
  'https://docs.amazonaws.cn.evil.example/',
  'https://evil.example/docs.aws.amazon.com',
  'https://user@docs.aws.amazon.com/',
  'https://:pass@docs.aws.amazon.com/',
  'https://docs.aws.amazon.com:8443/',
  'https://docs.aws.amazon.com@evil.example/',
  'https://dоcs.aws.amazon.com/',
  'javascript:alert(1)',
  `https://docs.aws.amazon.com/${'x'.repeat(3000)}`,
  `https://docs.aws.amazon.com/${'字'.repeat(500)}`,
])('%p is no guide', (url) => {
  expect(guideUrl(url)).toBeUndefined();
});
