/** One problem of each kind of finding: told, grown and closed, as the kind closes. For pictures, checks and tests. */
import { control, ofPartner } from './checks';
import { externalAccess, sensitiveData } from './data';
import { BEGAN, ENDED, instant, type Json, type Moment, sentAt } from './frame';
import { attackSequence, bruteForce } from './threats';
import { exposure, weakPackage } from './weaknesses';

export interface SampleProblem {
  /** For people, in a file's name. */
  name: string;
  format: 'asff' | 'ocsf';
  finding(moment: Moment): Json;
  /** How it ends, in words. */
  ending: string;
  /** What then differs from the finding. */
  end(finding: Json): Json;
}

const AT = BEGAN + ENDED;
const archived = () => ({ RecordState: 'ARCHIVED', UpdatedAt: instant(AT) });
const settled = (status: 'RESOLVED' | 'SUPPRESSED', note: string) => () => ({
  Workflow: { Status: status },
  Note: { Text: note, UpdatedBy: 'arn:aws:sts::222222222222:assumed-role/SecurityAudit/alice', UpdatedAt: instant(AT) },
});

export const SAMPLE_PROBLEMS: readonly SampleProblem[] = [
  {
    name: 'control',
    format: 'asff',
    finding: control,
    ending: 'its check passes',
    end: (finding) => ({
      Compliance: { ...(finding.Compliance as Json), Status: 'PASSED' },
      Severity: { Label: 'INFORMATIONAL', Normalized: 0 },
      Workflow: { Status: 'RESOLVED' },
      FirstObservedAt: instant(AT),
      UpdatedAt: instant(AT),
    }),
  },
  { name: 'threat', format: 'asff', finding: bruteForce, ending: 'it is archived in GuardDuty', end: archived },
  {
    name: 'attack-sequence',
    format: 'asff',
    finding: attackSequence,
    ending: 'a person resolves it',
    end: settled('RESOLVED', 'Key deleted, role restored, trail on again: INC-881'),
  },
  {
    name: 'weak-package',
    format: 'asff',
    finding: weakPackage,
    ending: 'the image is gone or mended, so Inspector archives it',
    end: archived,
  },
  {
    name: 'exposure',
    format: 'ocsf',
    finding: exposure,
    ending: 'a person resolves it in the new Security Hub, which names nobody',
    // BatchUpdateFindingsV2 with StatusId 4 and a Comment. https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindingsV2.html
    end: () => ({ activity_name: 'Update', status: 'Resolved', status_id: 4, comment: 'Library updated, function URL removed: INC-902' }),
  },
  {
    name: 'sensitive-data',
    format: 'asff',
    finding: sensitiveData,
    ending: 'a person suppresses it, with a reason',
    end: settled('SUPPRESSED', 'Accepted until the export is moved: RISK-42'),
  },
  {
    name: 'external-access',
    format: 'asff',
    finding: externalAccess,
    ending: 'the grant is removed, so Access Analyzer archives it',
    end: archived,
  },
  {
    name: 'third-party',
    format: 'asff',
    finding: ofPartner,
    ending: 'the partner’s next scan passes',
    end: () => ({ Compliance: { Status: 'PASSED' }, Workflow: { Status: 'RESOLVED' }, UpdatedAt: instant(AT) }),
  },
];

/** As Security Hub would send it. https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-event-formats.html */
export function eventOf({ name, format }: SampleProblem, at: number, finding: Json): Json {
  return {
    version: '0',
    id: `sample-${name}-${at}-${JSON.stringify(finding).length}`,
    'detail-type': format === 'ocsf' ? 'Findings Imported V2' : 'Security Hub Findings - Imported',
    source: 'aws.securityhub',
    account: '222222222222',
    time: instant(at),
    region: 'ap-northeast-1',
    resources: [],
    detail: { findings: [finding] },
  };
}

/** What is sent, in order. */
export function story(problem: SampleProblem): { at: number; event: Json }[] {
  const moments: Moment[] = ['first', 'second'];
  const opened = moments.map((moment) => ({ at: sentAt(moment), finding: problem.finding(moment) }));
  const ended = opened.map(({ finding }) => ({ at: AT, finding: { ...finding, ...problem.end(finding) } }));
  return [...opened, ...ended].map(({ at, finding }) => ({ at, event: eventOf(problem, at, finding) }));
}
