/** Patterns that cannot match what they were written for. */
import { entryCovers } from '../cover';
import type { Fault } from '../../problem';
import { productFault, productMeant } from '../../products';
import type { RouteNode } from '../tree';
import { type RoutesRule, routesFault } from '../../rules/fault';

interface Mistake {
  rule: RoutesRule;
  keys: readonly string[];
  pattern: RegExp;
  message: string;
  remedy: (pattern: string) => string;
}

const GLOBS = ['product', 'control', 'type', 'resourceType'];
const MISTAKES: Mistake[] = [
  {
    rule: 'pattern-space',
    keys: GLOBS,
    pattern: /^\s|\s$/,
    message: 'a space at the beginning or end is part of the pattern',
    remedy: (pattern) => `Write ${JSON.stringify(pattern.trim())}.`,
  },
  {
    rule: 'pattern-stars',
    keys: GLOBS,
    pattern: /\*\*/,
    message: 'two stars mean no more than one',
    remedy: (pattern) => `Write ${JSON.stringify(pattern.replace(/\*+/g, '*'))}: one star also runs over slashes.`,
  },
  {
    rule: 'pattern-regex',
    keys: GLOBS,
    pattern: /[[\]{}|^$\\]|(^|\/)\.\*/,
    message: 'this is a regular expression, not a pattern',
    remedy: () => 'Only * (any run) and ? (one character) are wild; give several patterns as a list.',
  },
  {
    rule: 'product-slashes',
    keys: ['product'],
    pattern: /\/.*\/|^\/|\/$/,
    message: 'a product is company/product, with one slash',
    remedy: (pattern) => `${didYouMean(pattern)}Write for example aws/guardduty, or guardduty alone.`,
  },
  {
    rule: 'product-characters',
    keys: ['product'],
    pattern: /[^\w.*?/[\]{}|^$\\-]/,
    message: 'a product has letters, digits, dots and hyphens only',
    remedy: (pattern) => `${didYouMean(pattern)}Take it from the end of the ProductArn: …::product/aws/guardduty is aws/guardduty.`,
  },
  {
    rule: 'control-spaces',
    keys: ['control'],
    pattern: /\S\s+\S/,
    message: 'a control id has no spaces',
    remedy: (pattern) => `Write [${pattern.split(/[\s,]+/).join(', ')}], each id by itself.`,
  },
  {
    rule: 'resource-type-spelling',
    keys: ['resourceType'],
    pattern: /::/,
    message: 'this is CloudFormation’s spelling',
    remedy: (pattern) => `Write ${pattern.replace(/^AWS/, 'Aws').replaceAll('::', '')}, as Security Hub does.`,
  },
];

/** One fault a pattern: the first mistake is the one to correct. */
export function checkPatterns(node: RouteNode): Fault[] {
  return [...node.facets].flatMap(([key, alternatives]) =>
    alternatives.flatMap((pattern, index): Fault[] => {
      const path = [...node.path, 'match', ...key.split(/\.(.*)/s, 2), ...(alternatives.length > 1 ? [index] : [])];
      const mistake = MISTAKES.find((candidate) => candidate.keys.includes(key) && candidate.pattern.test(pattern));
      if (mistake) return [routesFault(mistake.rule, path, `"${pattern}": ${mistake.message}`, mistake.remedy(pattern))];
      const wider = alternatives.find(
        (other, at) => at !== index && entryCovers(key, other, pattern) && (at < index || !entryCovers(key, pattern, other)),
      );
      if (wider === undefined) return [];
      const message = `"${pattern}" is taken by "${wider}" of the same list already`;
      return [routesFault('pattern-covered', path, message, 'Remove it.')];
    }),
  );
}

/**
 * Products that nothing here knows: a warning, as there are more than any list has.
 * @param unlisted those that the operator vouches for.
 */
export function checkProducts(node: RouteNode, unlisted: readonly string[]): Fault[] {
  const alternatives = node.facets.get('product') ?? [];
  return alternatives.flatMap((pattern, index) => {
    if (MISTAKES.some((mistake) => mistake.keys.includes('product') && mistake.pattern.test(pattern))) return [];
    const stranger = productFault(pattern, unlisted);
    const path = [...node.path, 'match', 'product', ...(alternatives.length > 1 ? [index] : [])];
    return stranger ? [routesFault('product-unknown', path, stranger.message, stranger.remedy)] : [];
  });
}

/** `Amazon GuardDuty` is a name that people know, written where its id is wanted; or a whole ARN is. */
function didYouMean(pattern: string): string {
  const meant = productMeant(pattern.replace(/^arn:.*:product\//, ''));
  return meant === undefined ? '' : `Did you mean "${meant}"? `;
}
