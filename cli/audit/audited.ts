/** What an audit says, all of it. docs/audit.schema.json is made of it. */
import type { Kept as KeptEvidence } from '../evidence/kept';
import type { AuditedAlarm, Hearer } from './alarms';
import type { AuditedQuestion } from './asked';
import type { Place } from './assembly';
import type { Exception, NistRule } from './checks';
import type { Kept } from './kept';
import type { TreeSource } from './organization';
import type { Opening, WayOut } from './network';
import type { AuditedRole, LetIn } from './rights';
import type { Samples, SentField } from './sent';
import type { Stopping } from './stopping';
import type { ToldField } from './told';
import type { AuditedMute, AuditedReceiver, AuditedUnit } from './units';

export interface Audit {
  /** ISO 8601. */
  made: string;
  organization: {
    id: string;
    managementAccount: string;
    securityAccount: string;
    home: string;
    linked: string[];
    mode: string;
    targets: string[];
  };
  /** How evidence names it: deploymentOf. */
  deployment: string;
  stacks: { name: string; place: Place; regions: string[]; resources: number; protectedFromDeletion: boolean }[];
  roles: AuditedRole[];
  letIn: LetIn[];
  exceptions: Exception[];
  failures: Exception[];
  nist: NistRule[];
  kept: Kept[];
  ways: WayOut[];
  openings: Opening[];
  model: {
    enabled: boolean;
    profiles: string[];
    regions: string[];
    trustText: string[];
    /** What becomes of the judge's verdicts. */
    judge: 'on' | 'shadow' | 'off';
    questions: AuditedQuestion[];
    fields: SentField[];
    samples: Samples;
  };
  slack: { address: string; anchor: string; receivers: AuditedReceiver[]; fields: ToldField[] };
  severities: string[];
  includeSamples: boolean;
  /** From where the OUs are known: of an organization, or only those that the routes name. */
  unitsOf: TreeSource | { kind: 'routes' };
  units: AuditedUnit[];
  mutes: AuditedMute[];
  alarms: AuditedAlarm[];
  stopping: Stopping[];
  hearers: Hearer[];
  /** Where two deployments are compared. */
  changes?: { against: string; found: Change[] };
  /** When the commit of this code was made, ISO 8601; absent where version control does not know it. */
  committed?: string;
  /** What `npm run doctor` looks at. */
  checks: { id: string; group: string; title: string }[];
  /** What was measured, as it was found; the rest is computed. */
  evidence: KeptEvidence;
  resources: AuditedResource[];
  /** What templates say beside their resources, by the name of the stack. */
  beside: Record<string, Record<string, unknown>>;
  /** As it was checked; it goes with the code. */
  configuration: { settings: Record<string, unknown>; routes: Record<string, unknown> };
}

export interface AuditedResource {
  anchor: string;
  stack: string;
  name: string;
  type: string;
  /** All that the template says of it. */
  body: Record<string, unknown>;
}

/** What takes no finding to be found out. */
export type Deployed = Omit<Audit, 'made' | 'changes' | 'committed' | 'evidence'>;

export const KINDS = ['code', 'rights', 'access', 'egress', 'encryption', 'retention', 'alarms', 'routes', 'other'] as const;
export type ChangeKind = (typeof KINDS)[number];

export interface Change {
  kind: ChangeKind;
  /** What it is of. */
  of: string;
  /** '' where there was, or is, none. */
  before: string;
  after: string;
  /** Of the resource, in the newer deployment; absent where it is gone. */
  anchor?: string;
}
