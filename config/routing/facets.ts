/** All that a match can ask for, by its keys. A new one is a value here, and where it looks at something new, a field of RoutingSubject. */
import { exactly, type Facet, fitting, misspelt, PATTERN_RULES } from './facet';
import { globsDisjoint } from './glob';
import { ou } from './ou';
import { product } from './product';
import { region } from './region';
import { resourceTag } from './resource-tag';
import { severity } from './severity';
import { tag } from './tag';
import { typeMatches } from './type';

export const FACETS = {
  ou,
  account: {
    what: 'account',
    schema: ({ oneOrMore, accountId }) => oneOrMore(accountId).optional().describe('The account id, or one of them, in quotes.'),
    ...exactly((subject) => subject.accountId),
    rules: [],
  },
  tag,
  resourceTag,
  severity,
  product,
  control: {
    what: 'control',
    schema: ({ patterns }) => patterns('S3.*').optional().describe('The security control id; * and ? are wild.'),
    ...fitting(({ controlId }) => [controlId ?? []].flat()),
    excludes: globsDisjoint,
    rules: [
      ...PATTERN_RULES,
      misspelt(
        'control-spaces',
        /\S\s+\S/,
        'a control id has no spaces',
        (pattern) => `Write [${pattern.split(/[\s,]+/).join(', ')}], each id by itself.`,
      ),
    ],
  },
  type: {
    what: 'type',
    schema: ({ patterns }) =>
      patterns('UnauthorizedAccess:EC2*').optional().describe('A finding type, whole or the part after its last slash; * and ? are wild.'),
    ...fitting(({ types }) => types, typeMatches),
    rules: PATTERN_RULES,
  },
  resourceType: {
    what: 'resource type',
    schema: ({ patterns }) =>
      patterns('AwsS3Bucket', 'AwsIam*').optional().describe('The type of any of the finding’s resources; * and ? are wild.'),
    ...fitting(({ resourceTypes }) => resourceTypes),
    rules: [
      ...PATTERN_RULES,
      misspelt(
        'resource-type-spelling',
        /::/,
        'this is CloudFormation’s spelling',
        (pattern) => `Write ${pattern.replace(/^AWS/, 'Aws').replaceAll('::', '')}, as Security Hub does.`,
      ),
    ],
  },
  region,
} satisfies Record<string, Facet>;
