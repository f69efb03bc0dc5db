/** What only one kind of product says of what it found, in neither format's spelling. Every value is still foreign text. */

export interface Particulars {
  /** control: parameter names and values of the check. */
  parameters?: Record<string, string>;
  /** control: codes such as CONFIG_EVALUATIONS_EMPTY; see status-reasons. */
  statusReasons?: string[];
  /** control: of its resource, as far as it tells which of several reasons it is. */
  configuration?: Configuration;
  /** GuardDuty. */
  threat?: Threat;
  /** Inspector, ECR and scanners of others: at least one, each once, the worst first. */
  vulnerabilities?: Vulnerability[];
  /** Inspector: what can be reached, and from where. */
  reach?: Reach;
  /** Exposure. */
  exposure?: Exposure;
  /** Macie. */
  data?: SensitiveData;
  /** IAM Access Analyzer. */
  access?: Access;
}

export interface Configuration {
  /** Of a security group: what anybody may reach. */
  open?: { firstPort: number; lastPort: number }[];
  /** Switches of S3's public access block that are off; all four where there is none. */
  off?: string[];
  engine?: string;
  /** Epoch milliseconds. */
  keyCreatedAt?: number;
}

export interface Threat {
  actionType?: string;
  direction?: string;
  /** The port that names the service: ours when called, theirs when we call. */
  port?: string;
  portName?: string;
  /** Of a probe all of them. */
  ports?: string[];
  protocol?: string;
  /** The first of the calls, without its service. */
  api?: string;
  /** Of the first of the calls: `s3`. */
  service?: string;
  /** What the service answered where it refused the call. */
  errorCode?: string;
  /** Whether what GuardDuty names did it (ACTOR) or suffered it (TARGET). */
  role?: 'ACTOR' | 'TARGET';
  /** Whose credentials were used. */
  principals?: Principal[];
  /** `s3:ListBuckets`. */
  calls?: string[];
  /** Of an attack sequence: in the order in which they were first seen, as its times say. */
  inOrder?: true;
  isSequence?: true;
  /** The other side: where it came from, or went to. */
  remotes?: Remote[];
  /** Names of the lists that know the other side. */
  lists?: string[];
  blocked?: boolean;
  /** How often, and from when to when, in epoch milliseconds. */
  count?: number;
  firstAt?: number;
  lastAt?: number;
  /** MITRE ATT&CK's names, as GuardDuty writes them; a set, which no time orders. */
  tactics?: string[];
  techniques?: string[];
  /** Keys of an attack sequence's indicators, such as TOR_IP. */
  indicators?: string[];
  /** An account's password policy that was changed: setting and value. */
  policy?: { now?: Record<string, string>; before?: Record<string, string> };
}

export interface Principal {
  name: string;
  /** As CloudTrail calls it: IAMUser, AssumedRole, Root, … */
  kind?: string;
  mfa?: boolean;
  /** Ids of the access keys that were used: each names one credential, and opens nothing. */
  keys?: string[];
}

export interface Remote {
  /** An address of the internet. */
  address?: string;
  domain?: string;
  country?: string;
  /** Who runs the network. */
  network?: string;
}

/** The id is a CVE's, a GHSA's, another database's, or that of an update of Windows (KB…). */
export interface Vulnerability {
  id: string;
  score?: number;
  vector?: string;
  ecosystem?: string;
  fixAvailable?: string;
  exploitAvailable?: string;
  /** Probability of exploitation within 30 days, 0 to 1. https://www.first.org/epss/ */
  epss?: number;
  package?: SoftwarePackage;
  /** How many packages it is in. */
  packages?: number;
}

export interface SoftwarePackage {
  name: string;
  installed?: string;
  fixed?: string;
  /** The command that mends it, as the finding has it. */
  command?: string;
}

/** Ports that can be reached from outside. */
export interface Reach {
  from: string;
  firstPort: number;
  lastPort: number;
  protocol?: string;
  /** Whether a process listens there; only Inspector Classic says it. */
  listener?: boolean;
}

export interface Exposure {
  /** `Reachability: Publicly Invocable`: what makes it one, by category; `on`: the other resources that have it. */
  traits?: { category: string; names: string[]; titles: string[]; on: string[] }[];
  impact?: string;
  likelihood?: string;
  /** Those among the findings that it comes from: the worst first. */
  weaknesses?: { id: string; package?: string; exploit?: true }[];
}

export interface SensitiveData {
  categories?: string[];
  public?: boolean;
  shared?: boolean;
  encrypted?: boolean;
  /** With the bucket's name: `exports/2026/payroll.csv`. */
  object?: string;
  /** What was found, with how many of each; the most first. */
  kinds?: { name: string; count?: number }[];
  /** Whom it is encrypted for: aws:kms, AES256. */
  encryption?: string;
}

export interface Access {
  actions?: string[];
  principalKind?: string;
  principal?: string;
  public?: boolean;
  /** `none` where it holds without any. */
  condition?: string;
}
