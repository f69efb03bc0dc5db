/**
 * A finding as this project understands it, whichever of the two Security Hubs
 * sent it. The formats' own spellings (ASFF PascalCase, OCSF snake_case) end at
 * the parsers.
 */
import type { Severity } from '../../../config/schema';
import type { Origin } from './origin';
import type { Particulars, Vulnerability } from './particulars';

export type { Particulars, Severity, Vulnerability };

export type Workflow = 'NEW' | 'NOTIFIED' | 'RESOLVED' | 'SUPPRESSED';
export type RecordState = 'ACTIVE' | 'ARCHIVED';
export type Compliance = 'PASSED' | 'FAILED' | 'WARNING' | 'NOT_AVAILABLE';

/**
 * Who writes under this ProductArn: AWS's own service, a partner's product, or anybody under an account of their own.
 * What the three say is never one problem.
 */
export type Provenance = 'aws' | 'partner' | 'custom';

/** Decides what may be told to the model and what makes two findings one problem. */
export type Kind = 'control' | 'guardduty' | 'inspector' | 'macie' | 'access-analyzer' | 'exposure' | 'aws' | 'third-party';

export interface Resource {
  /** ASFF resource type such as AwsS3Bucket. */
  type: string;
  /** ARN or another identifier, as the finding gives it. */
  id: string;
  /** The part of the id that people call it by. */
  name: string;
  region: string;
  /** Of an instance: what it is replaced with others by, such as `autoscaling/web`. */
  launchedBy?: string;
  /** What made it; of AWS's own findings alone. */
  origin?: Origin[];
}

/** What a person wrote beside a finding; foreign text. */
export interface Note {
  text: string;
  author?: string;
}

/** The title of a finding that brings none. */
export const UNTITLED = 'Finding without a title';

export interface Finding {
  format: 'asff' | 'ocsf';
  /** What makes two events of one format speak of the same finding. */
  id: string;
  /** OCSF: metadata.uid is missing, and the id is finding_info.uid, unique within account and product. */
  byFindingInfo?: true;
  /** OCSF: finding_info.uid, by which the new Security Hub's page finds it. */
  infoId?: string;
  /** What BatchUpdateFindings(V2) asks for beside the id. */
  productArn: string;
  provenance: Provenance;
  kind: Kind;
  /** company/product in lower case, such as aws/guardduty. */
  product: string;
  /** 12 digits. Of what is in no AWS account: provider and the provider's own id (`azure:…`), which is never 12 digits. */
  accountId: string;
  /** Where it is in no AWS account. */
  cloud?: { provider: string; account: string };
  /** As the finding says, used only while Organizations does not know better. */
  accountName?: string;
  region: string;
  severity: Severity;
  workflow: Workflow;
  recordState: RecordState;
  compliance?: Compliance;
  sample: boolean;
  /** Of a person: what this system itself notes is left out. */
  note?: Note;
  title: string;
  description: string;
  remediation?: { text?: string; url?: string };
  types: string[];
  generatorId: string;
  /** Security control id such as S3.2, or an older standard's rule id. */
  controlId?: string;
  /** At least one; the first is the one the finding is about. */
  resources: [Resource, ...Resource[]];
  /** Of AWS's own findings alone: the tags of all of them, by key. What others import says what its author likes. */
  resourceTags?: Record<string, string[]>;
  /** Epoch milliseconds; all three fall back on one another when absent. */
  firstObservedAt: number;
  createdAt: number;
  updatedAt: number;
  particulars: Particulars;
}
