/** What both formats' readings of a threat share. */
import { unique } from '../text/reading';
import type { Principal } from './particulars';

/** `s3:ListBuckets` of ListBuckets and s3.amazonaws.com. */
export function callOf(api: string | undefined, service: string | undefined): string | undefined {
  const prefix = serviceOf(service);
  return api && prefix ? `${prefix}:${api}` : api;
}

/** `s3` of s3.amazonaws.com. */
export function serviceOf(service: string | undefined): string | undefined {
  return service?.replace(/\.amazonaws\.com(?:\.cn)?$/, '');
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids: AKIA and ASIA are access keys. */
export function keysOf(...ids: (string | undefined)[]): string[] {
  return unique(ids.map((id = '') => /(?:^|[:/])(A[KS]IA[A-Z0-9]{12,})$/.exec(id)?.[1]));
}

/** One entry a name, with what any of them says. */
export function merged(principals: readonly Principal[]): Principal[] {
  const byName = new Map<string, Principal>();
  for (const { name, kind, mfa, keys = [] } of principals) {
    const known = byName.get(name);
    const all = unique([...(known?.keys ?? []), ...keys]);
    byName.set(name, { name, kind: known?.kind ?? kind, mfa: known?.mfa ?? mfa, ...(all.length > 0 ? { keys: all } : {}) });
  }
  return [...byName.values()];
}
