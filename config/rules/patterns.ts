/** Patterns that cannot match what they were written for. */
import { entryCovers } from '../cover';
import type { Fault } from '../problem';
import { productFault, productMeant } from '../products';
import type { RouteNode } from '../tree';
import { type RoutesRule, routesFault } from './fault';

interface Mistake {
  rule: RoutesRule;
  keys: readonly string[];
  pattern: RegExp;
  message: string;
  remedy: string;
}

const GLOBS = ['product', 'control', 'type', 'resourceType'];
const MISTAKES: Mistake[] = [
  {
    rule: 'pattern-space',
    keys: GLOBS,
    pattern: /^\s|\s$/,
    message: 'a space at the beginning or end is part of the pattern',
    remedy: 'Remove the space.',
  },
  {
    rule: 'pattern-stars',
    keys: GLOBS,
    pattern: /\*\*/,
    message: 'two stars mean no more than one',
    remedy: 'Keep one star: it also runs over slashes.',
  },
  {
    rule: 'pattern-regex',
    keys: GLOBS,
    pattern: /[[\]{}|^$\\]|(^|\/)\.\*/,
    message: 'this is a regular expression, not a pattern',
    remedy: 'Only * (any run) and ? (one character) are wild; give several patterns as a list.',
  },
  {
    rule: 'product-slashes',
    keys: ['product'],
    pattern: /\/.*\/|^\/|\/$/,
    message: 'a product is company/product, with one slash',
    remedy: 'Write for example aws/guardduty, or guardduty alone.',
  },
  {
    rule: 'product-characters',
    keys: ['product'],
    pattern: /[^\w.*?/[\]{}|^$\\-]/,
    message: 'a product has letters, digits, dots and hyphens only',
    remedy: 'Take it from the end of the ProductArn: …::product/aws/guardduty is aws/guardduty.',
  },
  {
    rule: 'control-spaces',
    keys: ['control'],
    pattern: /\S\s+\S/,
    message: 'a control id has no spaces',
    remedy: 'Write the id alone, such as S3.2; give several as a list.',
  },
  {
    rule: 'resource-type-spelling',
    keys: ['resourceType'],
    pattern: /::/,
    message: 'this is CloudFormation’s spelling',
    remedy: 'Security Hub writes AWS::S3::Bucket as AwsS3Bucket.',
  },
];

/** One fault a pattern: the first mistake is the one to correct. */
export function checkPatterns(node: RouteNode): Fault[] {
  return [...node.facets].flatMap(([key, alternatives]) =>
    alternatives.flatMap((pattern, index): Fault[] => {
      const path = [...node.path, 'match', ...key.split(/\.(.*)/s, 2), ...(alternatives.length > 1 ? [index] : [])];
      const mistake = MISTAKES.find((candidate) => candidate.keys.includes(key) && candidate.pattern.test(pattern));
      if (mistake) return [routesFault(mistake.rule, path, `"${pattern}": ${mistake.message}`, remedyOf(mistake, pattern))];
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

/** `Amazon GuardDuty` is a name that people know, written where its id is wanted. */
function remedyOf({ keys, remedy }: Mistake, pattern: string): string {
  const meant = keys.includes('product') && !keys.includes('control') ? productMeant(pattern.replace(/^arn:.*:product\//, '')) : undefined;
  return meant === undefined ? remedy : `Did you mean "${meant}"? ${remedy}`;
}
