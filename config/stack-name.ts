/** The stack that stands in the security account's home Region: what deploys it and what looks for it agree here. */
import type { Config } from './schema';

export const HUB_STACK = 'SecurityHubInterpreter';

/**
 * `SecurityHubInterpreter`; of an environment `dev-SecurityHubInterpreter`. The environment stands before it: behind it, rights on
 * SecurityHubInterpreter-* would reach what belongs to dev.
 */
export function hubStack({ environment }: Pick<Config, 'environment'>): string {
  return environment === undefined ? HUB_STACK : `${environment}-${HUB_STACK}`;
}

/** The other way round; undefined of the stack that needs no name, and of what is no such stack. */
export function environmentOf(stack: string): string | undefined {
  return stack.endsWith(`-${HUB_STACK}`) ? stack.slice(0, -HUB_STACK.length - 1) : undefined;
}

/** CloudFormation cuts a stack's name after this many characters where a name of what it makes would be too long. */
const KEPT = 24;

/** A pattern for IAM: the names that CloudFormation makes in the stack for whatever has a logical id that begins so. */
export function namesIn(stack: string, logicalId = ''): string {
  return stack.length <= KEPT ? `${stack}-${logicalId}*` : `${stack.slice(0, KEPT)}*${logicalId === '' ? '' : `-${logicalId}*`}`;
}
