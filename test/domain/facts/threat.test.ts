/** What a message says of a threat by code, of findings shaped as AWS documents them. */
import { asff, BRUTE_FORCE, BRUTE_FORCE_OCSF, LOOKED_UP, SEQUENCE, SEQUENCE_OCSF, TOR_CALLER, TRAIL_DELETED_OCSF } from './documented';
import { phone, said } from './said';

const WHEN = 'When  6 times · 21 Nov 08:51‑09:07 JST';

/** The fields of a machine that calls out, in another role. */
const calls = (role: string | undefined) => ({
  ...(BRUTE_FORCE('ACTOR').ProductFields as object),
  'aws/guardduty/service/resourceRole': role,
});

describe('a threat', () => {
  test.each([
    ['ASFF', BRUTE_FORCE],
    ['OCSF', BRUTE_FORCE_OCSF],
  ])('of a machine that attacks, and of one that is attacked, is told by its role (%s)', (format, of) => {
    const name = format === 'ASFF' ? ' (SSH)' : '';
    expect(said(of('ACTOR'))).toEqual([
      `Traffic  from this resource · TCP 22${name} · not blocked`,
      'To  198.51.100.23 Example Country',
      WHEN,
    ]);
    expect(phone(of('TARGET'))).toBe(`against this resource · TCP 22${name} · 198.51.100.23 Example Country`);
    expect(said(of('TARGET'))).toEqual([
      `Traffic  against this resource · TCP 22${name} · not blocked`,
      'From  198.51.100.23 Example Country',
      WHEN,
    ]);
  });

  test('of a machine that calls a known bad host only the way is told: its role is a target’s there too', () => {
    const [traffic] = said({ ...BRUTE_FORCE('ACTOR'), ProductFields: calls('TARGET') });
    expect(traffic).toBe('Traffic  outbound · TCP 22 (SSH) · not blocked');
    const [noRole] = said({ ...BRUTE_FORCE('ACTOR'), ProductFields: calls(undefined) });
    expect(noRole).toBe('Traffic  outbound · TCP 22 (SSH) · not blocked');
  });

  test('by a call of an API: who, which call, from where, which lists know it, how often and when', () => {
    expect(said(TOR_CALLER)).toEqual([
      'Who  settlement-batch role · access key ASIAIOSFODNN7EXAMPLE',
      'Did  s3:ListBuckets',
      'From  198.51.100.0 EXAMPLE-AS · Tor network · on list ExampleThreatList',
      WHEN,
    ]);
    expect(phone(TOR_CALLER)).toBe('settlement-batch role · s3:ListBuckets · 198.51.100.0 EXAMPLE-AS · Tor network');
    expect(said(TRAIL_DELETED_OCSF)).toEqual([
      'Who  cis_automation role · access key ASIAIOSFODNN7EXAMPLE',
      'Did  cloudtrail:DeleteTrail',
      'From  198.51.100.0 EXAMPLE-AS',
      'When  264 times · 21 Nov 08:51‑09:07 JST',
    ]);
  });

  test('by a name that was looked up: which, whether it was blocked, on which list', () => {
    expect(said(LOOKED_UP)).toEqual([
      'Traffic  outbound · blocked',
      'To  c2.example.com · on list ExampleThreatList',
      'When  21 Nov 08:51‑09:07 JST',
    ]);
  });

  test('of several steps: whose credentials, the calls in their order where times say it, the tactics in none, from where, what else', () => {
    expect(said(SEQUENCE)).toEqual([
      'Who  release-bot IAM user, no MFA',
      'Did  iam:AttachRolePolicy → cloudtrail:StopLogging · Privilege Escalation, Defense Evasion',
      'From  203.0.113.140 Example Country +1 · Tor network',
      'When  21 Nov 08:51‑09:07 JST',
      'Also  amzn-s3-demo-destination-bucket',
    ]);
    expect(said(SEQUENCE_OCSF)).toEqual([
      'Who  release-bot IAM user, no MFA',
      'Did  iam:AttachRolePolicy, cloudtrail:StopLogging · Privilege Escalation, Defense Evasion',
      'From  203.0.113.140 · Tor network',
      'When  21 Nov 08:51‑09:07 JST',
      'Also  amzn-s3-demo-destination-bucket',
    ]);
    expect(said(SEQUENCE, 'ja')).toEqual([
      '誰が  release-bot IAM ユーザー、MFA なし',
      '操作  iam:AttachRolePolicy → cloudtrail:StopLogging · 権限昇格、防御回避',
      '接続元  203.0.113.140 Example Country 他 1 · Tor ネットワーク',
      '発生  11/21 08:51‑09:07 JST',
      '関連リソース  amzn-s3-demo-destination-bucket',
    ]);
  });

  test('of which nothing is known but its type has no facts', () => {
    expect(said(asff('guardduty', { FirstObservedAt: undefined }))).toEqual([]);
    expect(said(asff('guardduty', { ProductFields: { 'aws/guardduty/service/eventFirstSeen': '2026-11-20T23:51:33Z' } }))).toEqual([]);
  });
});
