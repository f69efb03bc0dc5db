/** Finding types, which two services write in two ways. */
import { globMatches } from './glob';

/**
 * A type such as `TTPs/Initial Access/UnauthorizedAccess:EC2-SSHBruteForce` is matched whole, behind its last
 * slash, and as GuardDuty's own documentation writes it (`UnauthorizedAccess:EC2/SSHBruteForce`): Security Hub
 * has put a hyphen for that slash. https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-active.html
 */
export function typeMatches(type: string, pattern: string): boolean {
  const colon = type.indexOf(':');
  const own = type.slice(type.lastIndexOf('/', colon < 0 ? type.length : colon) + 1);
  const [family = '', rest] = own.split(/:(.*)/s);
  const spellings = rest === undefined ? [] : [`${family}:${rest.replace('-', '/')}`, `${family}:${rest.replace('/', '-')}`];
  const names = [type, type.slice(type.lastIndexOf('/') + 1), own, ...spellings];
  return names.some((name) => globMatches(pattern, name));
}
