/** Findings of a member account's own product, of a partner's, and of the new Security Hub, in which an importer wrote one word wherever it may write. */
import type { FindingParts } from './events';
import { controlFinding, eventOf, ocsfFinding } from './events';
import { forged, vulnerabilityFinding } from './forged';
import { START } from '../../cli/simulate/world/simulation';

/** In every text, and made of characters that survive wherever text is cleaned. */
export const HOSTILE = 'zqforeignqz';

export function saysForeignWords(text: string): boolean {
  return text.toLowerCase().includes(HOSTILE);
}

const iso = (at: number) => new Date(START + at).toISOString();

interface Chosen {
  /** Milliseconds from the start. */
  at?: number;
  bucket?: string;
  closed?: boolean;
}

/** Events of five findings. */
export function hostileFindings({ at = 0, bucket = 'first', closed = false }: Chosen = {}): object[] {
  const account = '555555555555';
  const words = (what: string) => `${HOSTILE} ${what}`;
  const made: FindingParts = { bucket: `${HOSTILE}-${bucket}`, updatedAt: START + at };
  const chosen = (n: number) => ({
    Id: words(`id/${n}/${bucket}`),
    GeneratorId: `${HOSTILE}/check_of_something_${n}`,
    Title: words('title'),
    Description: words('description'),
    Types: [`${HOSTILE}/${HOSTILE}/${HOSTILE}`],
    AwsAccountName: words('account'),
    FindingProviderFields: { Types: [HOSTILE], Severity: { Label: 'HIGH', Original: HOSTILE } },
    ProductFields: {
      [HOSTILE]: HOSTILE,
      'aws/securityhub/annotation': HOSTILE,
      'aws/guardduty/service/action/awsApiCallAction/errorCode': HOSTILE,
      'attributes/REACHABILITY_TYPE': HOSTILE,
      'attributes/PORT': '22',
    },
    Detection: { Sequence: { SequenceIndicators: [{ Key: HOSTILE, Values: [HOSTILE] }] } },
    UserDefinedFields: { [HOSTILE]: HOSTILE },
    SourceUrl: `https://${HOSTILE}.example`,
    Remediation: { Recommendation: { Text: words('remedy'), Url: `https://${HOSTILE}.example/` } },
    Compliance: { Status: HOSTILE, SecurityControlId: HOSTILE, StatusReasons: [{ ReasonCode: HOSTILE, Description: HOSTILE }] },
    Note: { Text: words('note'), UpdatedBy: HOSTILE, UpdatedAt: iso(at) },
    Resources: [
      {
        Type: HOSTILE,
        Id: `${HOSTILE}:${bucket}`,
        Region: HOSTILE,
        Tags: { [HOSTILE]: HOSTILE },
        Details: {
          Other: { [HOSTILE]: HOSTILE, NvdCvssScoreV3: HOSTILE, Condition: HOSTILE, 'Action Granted': HOSTILE },
          AwsRdsDbInstance: { Engine: HOSTILE },
        },
      },
    ],
    UpdatedAt: iso(at),
    RecordState: closed ? 'ARCHIVED' : 'ACTIVE',
    Severity: { Label: n % 2 === 0 ? 'CRITICAL' : 'HIGH', Original: HOSTILE },
  });
  const image = `arn:aws:ecr:ap-northeast-1:${account}:repository/${HOSTILE}/api/sha256:${'ab'.repeat(32)}`;
  const weak = {
    Resources: [{ Type: 'AwsEcrContainerImage', Id: image }],
    Vulnerabilities: [
      {
        Id: `${HOSTILE}-1`,
        VulnerablePackages: [{ Name: HOSTILE, Version: HOSTILE, PackageManager: HOSTILE }],
        FixAvailable: HOSTILE,
        ExploitAvailable: HOSTILE,
      },
    ],
  };
  const original = controlFinding(made);
  const own = (n: number, more: object = {}) => ({
    ...forged(original, { product: 'custom', account }, { ...chosen(n), ...more }),
    ProductName: words('product'),
    CompanyName: HOSTILE,
  });
  const asff = [
    own(1),
    own(2, weak),
    forged(original, { product: 'partner', account }, chosen(3)),
    // Of Inspector all is AWS's own but the name of the image, and its tags.
    taggedImage({ image: `${HOSTILE}/shop`, updatedAt: START + at }, closed),
  ];
  const next = ocsfFinding({ ...made, severity: 'HIGH' });
  const ocsf = {
    ...next,
    activity_name: closed ? 'Close' : 'Create',
    metadata: {
      uid: words(`uid ${bucket}`),
      product: { name: HOSTILE, vendor_name: HOSTILE, uid: `arn:aws:securityhub:ap-northeast-1:${account}:product/${account}/default` },
    },
    cloud: { account: { uid: HOSTILE, name: HOSTILE }, region: HOSTILE, provider: HOSTILE },
    finding_info: {
      ...(next.finding_info as object),
      uid: HOSTILE,
      title: words('title'),
      desc: HOSTILE,
      types: [HOSTILE],
      analytic: { uid: HOSTILE },
    },
    resources: [{ uid: `${HOSTILE}-${bucket}`, type: HOSTILE, name: HOSTILE }],
  };
  const time = { time: START + at };
  return [...asff.map((finding) => eventOf('asff', finding, time)), eventOf('ocsf', ocsf, time)];
}

function taggedImage(parts: Parameters<typeof vulnerabilityFinding>[0], closed: boolean): object {
  const finding = vulnerabilityFinding(parts);
  const Tags = { [HOSTILE]: HOSTILE, 'aws:cloudformation:stack-name': HOSTILE };
  const Resources = (finding.Resources as object[]).map((resource) => ({ ...resource, Tags }));
  return { ...finding, RecordState: closed ? 'ARCHIVED' : 'ACTIVE', Resources };
}
