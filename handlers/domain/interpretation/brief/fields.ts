/** What a brief may have. Each kind of product has its few: see the files beside this one. */
import type { Phrase } from '../../phrasebook/phrase';
import type { Finding } from '../../finding/finding';

/** Flat, sorted when serialized, absent where unknown. What is not plain the model is told in words: see glossary. */
export interface Brief {
  kind: Finding['kind'];
  product?: string;
  control?: string;
  /** Of a scanner, by the id that its makers gave it. */
  check?: string;
  title?: string;
  description?: string;
  parameters?: Record<string, string>;
  statusReasons?: string[];
  /** Of a control and of what can be reached: known ports, `all`, `other`. */
  openPorts?: string[];
  /** Settings of which a control asks and which are off. */
  off?: string[];
  engine?: string;
  keyAge?: string;
  resourceTypes?: string[];
  types?: string[];
  threatType?: string;
  actionType?: string;
  role?: 'ACTOR' | 'TARGET';
  direction?: string;
  port?: string;
  /** Where several were probed. */
  ports?: string[];
  protocol?: string;
  api?: string;
  service?: string;
  calls?: string[];
  apiError?: string;
  blocked?: boolean;
  mfa?: boolean;
  repeated?: string;
  tactics?: string[];
  /** Ids of MITRE ATT&CK. */
  techniques?: string[];
  indicators?: string[];
  newPolicy?: Record<string, string>;
  oldPolicy?: Record<string, string>;
  cve?: string;
  /** Of Windows, which mends several weaknesses. */
  update?: string;
  advisory?: string;
  epss?: string;
  reachableFrom?: string;
  listener?: boolean;
  score?: number;
  vector?: string;
  ecosystem?: string;
  fixAvailable?: string;
  exploitAvailable?: string;
  dataCategories?: string[];
  dataKinds?: string[];
  public?: boolean;
  shared?: boolean;
  encrypted?: boolean;
  actions?: string[];
  principalKind?: string;
  condition?: string;
  conditionKeys?: string[];
  traits?: string[];
  /** What this project says of such findings, in the reader's language: the answer is to say more. */
  phrase?: Pick<Phrase, 'id' | 'headline' | 'meaning' | 'impact' | 'steps'>;
}

export interface OfficialText {
  title: string;
  description: string;
}
