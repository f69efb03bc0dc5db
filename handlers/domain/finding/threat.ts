/** What both formats' readings of a threat share. */
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

/** One entry a name, with what any of them says. */
export function merged(principals: readonly Principal[]): Principal[] {
  const byName = new Map<string, Principal>();
  for (const { name, kind, mfa } of principals) {
    const known = byName.get(name);
    byName.set(name, { name, kind: known?.kind ?? kind, mfa: known?.mfa ?? mfa });
  }
  return [...byName.values()];
}
