/** Patterns that cannot match what they were written for. */
import { entryCovers } from '../cover';
import type { Fault } from '../problem';
import type { RouteNode } from '../tree';

interface Mistake {
  keys: readonly string[];
  pattern: RegExp;
  message: string;
  remedy: string;
}

const GLOBS = ['product', 'control', 'type', 'resourceType'];
const MISTAKES: Mistake[] = [
  { keys: GLOBS, pattern: /^\s|\s$/, message: 'a space at the beginning or end is part of the pattern', remedy: 'Remove the space.' },
  { keys: GLOBS, pattern: /\*\*/, message: 'two stars mean no more than one', remedy: 'Write one star: it also runs over slashes.' },
  {
    keys: GLOBS,
    pattern: /[[\]{}|^$\\]|(^|\/)\.\*/,
    message: 'this is a regular expression, not a pattern',
    remedy: 'Only * (any run) and ? (one character) are wild; give several patterns as a list.',
  },
  {
    keys: ['product'],
    pattern: /\/.*\/|^\/|\/$/,
    message: 'a product is company/product, with one slash',
    remedy: 'Write for example aws/guardduty, or guardduty alone.',
  },
  {
    keys: ['product'],
    pattern: /[^\w.*?/\s[\]{}|^$\\-]/,
    message: 'a product has letters, digits, dots and hyphens only',
    remedy: 'Take it from the end of the ProductArn: …::product/aws/guardduty is aws/guardduty.',
  },
  {
    keys: ['control'],
    pattern: /\S\s+\S/,
    message: 'a control id has no spaces',
    remedy: 'Write the id alone, such as S3.2; give several as a list.',
  },
  {
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
      if (mistake)
        return [{ level: 'error', file: 'routes.yaml', path, message: `"${pattern}": ${mistake.message}`, remedy: mistake.remedy }];
      const wider = alternatives.find(
        (other, at) => at !== index && entryCovers(key, other, pattern) && (at < index || !entryCovers(key, pattern, other)),
      );
      if (wider === undefined) return [];
      return [
        {
          level: 'warning',
          file: 'routes.yaml',
          path,
          message: `"${pattern}" is taken by "${wider}" of the same list already`,
          remedy: 'Remove it.',
        },
      ];
    }),
  );
}
