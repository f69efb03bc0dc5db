/**
 * A reading of raw events of its own, for the recount: it shares no code with the product. What a finding is about, whether
 * it is open, and whether it would have to be told.
 */

export type Ending = 'passed' | 'archived' | 'suppressed' | 'resolved' | 'not evaluated';

export interface Reading {
  /** Format, account, product and id together. */
  name: string;
  accountId: string;
  accountName: string;
  product: string;
  severity: string;
  /** undefined: open. */
  ended?: Ending;
  /** Open, NEW, and CRITICAL or HIGH. */
  wanted: boolean;
  /** By which a message about its problem is known. */
  word: string;
  control?: string;
  resource: string;
}

// biome-ignore lint/suspicious/noExplicitAny: raw JSON
type Json = any;

export function readingOf(event: Json): Reading {
  const raw = event.detail.findings[0];
  return raw.Id === undefined ? v2(raw) : v1(raw);
}

function v1(raw: Json): Reading {
  const product: string = raw.ProductArn.split('/').slice(1).join('/');
  const workflow: string = raw.Workflow.Status;
  const compliance: string | undefined = raw.Compliance?.Status;
  const ended: Ending | undefined =
    workflow === 'SUPPRESSED'
      ? 'suppressed'
      : compliance === 'PASSED'
        ? 'passed'
        : workflow === 'RESOLVED'
          ? 'resolved'
          : compliance === 'NOT_AVAILABLE'
            ? 'not evaluated'
            : raw.RecordState === 'ARCHIVED'
              ? 'archived'
              : undefined;
  const severity: string = raw.Severity.Label;
  const control: string | undefined = raw.Compliance?.SecurityControlId ?? raw.ProductFields?.ControlId;
  const id: string = raw.Resources[0].Id;
  return {
    name: ['v1', raw.AwsAccountId, raw.ProductArn, raw.Id].join(' '),
    accountId: raw.AwsAccountId,
    accountName: raw.AwsAccountName,
    product,
    severity,
    ...(ended ? { ended } : {}),
    wanted: ended === undefined && workflow === 'NEW' && (severity === 'CRITICAL' || severity === 'HIGH'),
    word: control ?? raw.Vulnerabilities?.[0].Id ?? threat(raw.Types) ?? bare(raw.Title, id),
    ...(control ? { control } : {}),
    resource: bareName(raw.Resources[0].Type, id),
  };
}

function v2(raw: Json): Reading {
  const compliance: string | undefined = raw.compliance?.status;
  const ended: Ending | undefined =
    raw.status === 'Suppressed'
      ? 'suppressed'
      : compliance === 'Pass'
        ? 'passed'
        : raw.status === 'Resolved'
          ? 'resolved'
          : compliance === 'Unknown'
            ? 'not evaluated'
            : raw.activity_name === 'Close'
              ? 'archived'
              : undefined;
  const control: string | undefined = raw.compliance?.control;
  const severity = String(raw.severity).toUpperCase();
  return {
    name: ['v2', raw.cloud.account.uid, raw.metadata.product.uid, raw.metadata.uid].join(' '),
    accountId: raw.cloud.account.uid,
    accountName: raw.cloud.account.name,
    product: `aws/${raw.metadata.product.name}`,
    severity,
    ...(ended ? { ended } : {}),
    wanted: ended === undefined && raw.status === 'New' && (severity === 'CRITICAL' || severity === 'HIGH'),
    word:
      control ??
      raw.vulnerabilities?.[0].cve.uid ??
      threat(raw.finding_info.types ?? []) ??
      bare(raw.finding_info.title, raw.resources[0].uid),
    ...(control ? { control } : {}),
    resource: raw.resources[0].type === 'AWS::::Account' ? 'the account itself' : raw.resources[0].uid,
  };
}

/** The type of a threat as GuardDuty writes it, of which a message has the name whatever heads it: `TTPs/…/Recon:EC2-Portscan` is Recon:EC2/Portscan. */
function threat(types: string[]): string | undefined {
  const whole = types.find((type) => /^[A-Z][A-Za-z]+:[A-Z][A-Za-z0-9]+\//.test(type));
  if (whole) return whole;
  const [last = '', before = ''] =
    types
      .find((type) => /^(TTPs|Effects|Unusual Behaviors)\//.test(type))
      ?.split('/')
      .reverse() ?? [];
  const named = last.includes(':') ? last : `${before.replaceAll(' ', '')}:${last}`;
  return /^[A-Z][A-Za-z]+:[A-Z][A-Za-z0-9]+-/.test(named) ? named.replace('-', '/') : undefined;
}

/** A title in which one resource is named is known by the longest part without that name. */
function bare(title: string, id: string): string {
  const name = id.split(/[/:]/).at(-1) ?? id;
  return title
    .split(name)
    .flatMap((part) => part.split(/\d+\.\d+\.\d+\.\d+/))
    .sort((a, b) => b.length - a.length)[0]
    ?.replace(/^[\s:.]+|[\s:.]+$/g, '') as string;
}

function bareName(type: string, id: string): string {
  if (type === 'AwsAccount') return 'the account itself';
  const image = /repository\/(.+)\/sha256:([0-9a-f]{12})/.exec(id);
  return image ? `${image[1]}@sha256:${image[2]}` : (id.split(/[/:]/).at(-1) ?? id);
}
