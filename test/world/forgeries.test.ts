/**
 * Nothing that a member account imports under its own product, or a partner under its, changes what is told of the problems
 * of AWS's own: whichever ids, dates, types, CVEs, titles and control ids it copies from them, in either format.
 * @proves texts
 */
import * as fc from 'fast-check';
import { controlFinding, eventOf, findingId, ocsfFinding, threatFinding } from './events';
import { readable } from '../../cli/simulate/world/slack';
import { HOUR, MINUTE, START, World } from './world';

type Json = Record<string, unknown>;
const DAY = 24 * HOUR;
const REGION = 'ap-northeast-1';
const VICTIM = '555555555555';
const STRANGER = '999999999999';
const iso = (time: number) => new Date(time).toISOString();

const inspector: Json = {
  ...threatFinding({ account: VICTIM }),
  Id: `arn:aws:inspector2:${REGION}:${VICTIM}:finding/0123456789abcdef`,
  ProductArn: `arn:aws:securityhub:${REGION}::product/aws/inspector`,
  GeneratorId: 'AWSInspector',
  Types: ['Software and Configuration Checks/Vulnerabilities/CVE'],
  Severity: { Label: 'CRITICAL' },
  Title: 'CVE-2024-3094 - xz-libs',
  Description: 'A weakness of xz-libs.',
  Vulnerabilities: [{ Id: 'CVE-2024-3094', FixAvailable: 'YES' }],
};
const macie: Json = {
  ...threatFinding({ account: VICTIM }),
  Id: `arn:aws:macie2:${REGION}:${VICTIM}:finding/1`,
  ProductArn: `arn:aws:securityhub:${REGION}::product/aws/macie`,
  GeneratorId: 'aws/macie',
  Types: ['Sensitive Data Identifications/Security/SensitiveData:S3Object-Credentials'],
  Title: 'The S3 object contains credentials data.',
  Description: 'The object contains credentials.',
  Resources: [{ Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::vault' }],
};

/** What AWS's own products send: five problems that open, and two that close later. In either format. */
const OWN: { at: number; format: 'asff' | 'ocsf'; finding: Json }[] = [
  { at: 0, format: 'asff', finding: controlFinding() },
  { at: 2 * HOUR, format: 'ocsf', finding: ocsfFinding() },
  { at: 4 * HOUR, format: 'asff', finding: controlFinding({ account: '666666666666' }) },
  { at: 6 * HOUR, format: 'asff', finding: threatFinding() },
  { at: 8 * HOUR, format: 'asff', finding: inspector },
  { at: 10 * HOUR, format: 'asff', finding: macie },
  {
    at: 12 * HOUR,
    format: 'asff',
    finding: controlFinding({ control: 'EC2.19', severity: 'HIGH', title: 'Security groups should not allow it' }),
  },
  { at: 30 * HOUR, format: 'asff', finding: threatFinding({ recordState: 'ARCHIVED', updatedAt: START + 30 * HOUR }) },
  {
    at: 32 * HOUR,
    format: 'asff',
    finding: controlFinding({
      account: '666666666666',
      compliance: 'PASSED',
      severity: 'INFORMATIONAL',
      firstObservedAt: START + 32 * HOUR,
      updatedAt: START + 32 * HOUR,
    }),
  },
];

interface Forgery {
  of: number;
  by: 'member' | 'own scanner' | 'partner';
  at: number;
  keepsId: boolean;
  keepsAccount: boolean;
  dates: string;
  severity: string;
  workflow: string;
  recordState: string;
  compliance: string | undefined;
}
const ARN = {
  member: `arn:aws:securityhub:${REGION}:${STRANGER}:product/${STRANGER}/default`,
  'own scanner': `arn:aws:securityhub:${REGION}:${VICTIM}:product/${VICTIM}/default`,
  partner: `arn:aws:securityhub:${REGION}::product/acme/scanner`,
};

const forgery: fc.Arbitrary<Forgery> = fc.record({
  of: fc.integer({ min: 0, max: OWN.length - 1 }),
  by: fc.constantFrom<Forgery['by']>('member', 'own scanner', 'partner'),
  // Before, at the same moment as, and after what it copies.
  at: fc.oneof(
    fc.integer({ min: 0, max: 40 * 60 }).map((minutes) => minutes * MINUTE),
    fc.constantFrom(...OWN.map(({ at }) => at)),
  ),
  keepsId: fc.boolean(),
  keepsAccount: fc.boolean(),
  dates: fc.constantFrom('2199-01-01T00:00:00Z', '1970-01-01T00:00:00Z', iso(START - 400 * DAY), iso(START), iso(START + 33 * HOUR)),
  severity: fc.constantFrom('CRITICAL', 'HIGH', 'LOW', 'INFORMATIONAL'),
  workflow: fc.constantFrom('NEW', 'NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED'),
  recordState: fc.constantFrom('ACTIVE', 'ACTIVE', 'ARCHIVED'),
  compliance: fc.constantFrom(undefined, 'FAILED', 'PASSED', 'NOT_AVAILABLE'),
});

/** BatchImportFindings takes only the caller's own account from a member; a partner's product writes about its customer's. */
function forged({ of, by, keepsId, keepsAccount, dates, ...state }: Forgery, n: number): { format: 'asff' | 'ocsf'; finding: Json } {
  const { format, finding } = OWN[of] as (typeof OWN)[number];
  const account = by === 'member' || (by === 'partner' && !keepsAccount) ? STRANGER : VICTIM;
  const id = (copied: unknown) => (keepsId ? copied : `forged-${n}`);
  if (format === 'ocsf') {
    const { metadata, finding_info: info, cloud } = finding as { metadata: Json; finding_info: Json; cloud: Json };
    return {
      format,
      finding: {
        ...finding,
        cloud: { ...cloud, account: { uid: account } },
        metadata: {
          ...metadata,
          uid: id(metadata.uid),
          product: { name: 'Security Hub CSPM', uid: ARN[by].replace(':product/', ':productv2/') },
        },
        finding_info: {
          ...info,
          uid: id(info.uid),
          modified_time_dt: dates,
          first_seen_time_dt: dates,
          modified_time: undefined,
          first_seen_time: undefined,
        },
        severity: state.severity,
        status: { NEW: 'New', NOTIFIED: 'In Progress', RESOLVED: 'Resolved', SUPPRESSED: 'Suppressed' }[state.workflow],
        activity_name: state.recordState === 'ARCHIVED' ? 'Close' : 'Update',
        compliance: { ...(finding.compliance as Json), status: state.compliance === 'PASSED' ? 'Pass' : 'Fail' },
      },
    };
  }
  return {
    format,
    finding: {
      ...finding,
      Id: id(finding.Id),
      ProductArn: ARN[by],
      ProductName: 'Security Hub',
      CompanyName: 'AWS',
      AwsAccountId: account,
      Severity: { Label: state.severity },
      Workflow: { Status: state.workflow },
      RecordState: state.recordState,
      Compliance: state.compliance && { ...(finding.Compliance as Json), Status: state.compliance },

      CreatedAt: dates,
      FirstObservedAt: dates,
      UpdatedAt: dates,
    },
  };
}

/** All that a reader meets of AWS's own problems, and what was marked of AWS's own findings. */
async function told(forgeries: readonly Forgery[]): Promise<unknown> {
  const world = new World();
  for (const [n, { at, format, finding }] of OWN.entries())
    world.send(eventOf(format, finding, { time: START + at, eventId: `own-${n}` }), at);
  for (const [n, each] of forgeries.entries()) {
    const { format, finding } = forged(each, n);
    world.send(eventOf(format, finding, { time: START + each.at, eventId: `forged-${n}` }), each.at);
  }
  await world.run();
  expect(world.dead).toEqual([]);
  // The product in the footer is of the ProductArn: nobody else can have it there.
  const own = world.slack.posts.filter((post) => / · (Security Hub CSPM|Amazon (GuardDuty|Inspector|Macie)) · .*$/.test(readable(post)));
  return {
    messages: own
      .map((post) => ({
        channel: post.channel,
        text: post.text,
        stands: readable(post),
        said: world.slack.told
          .filter(({ ts, thread }) => ts === post.ts || thread === post.ts)
          .map((each) => ({ text: each.text, said: readable(each), broadcast: each.broadcast })),
      }))
      .sort((a, b) => (a.stands < b.stands ? -1 : 1)),
    marked: world.hub.marked
      .filter(({ productArn }) => /::product(v2)?\/aws\//.test(productArn))
      .map(({ format, id }) => `${format} ${id}`)
      .sort(),
  };
}

test('AWS’s own problems are told as if 200 forgeries by an account, its neighbour’s scanner and a partner had not come', async () => {
  const undisturbed = (await told([])) as { messages: { text: string }[]; marked: string[] };
  expect(undisturbed.messages).toHaveLength(5);
  expect(undisturbed.marked).toContain(`asff ${findingId({})}`);
  await fc.assert(
    fc.asyncProperty(fc.array(forgery, { minLength: 10, maxLength: 10 }), async (forgeries) => {
      expect(await told(forgeries)).toEqual(undisturbed);
    }),
    { numRuns: 20, seed: 2199 },
  );
});
