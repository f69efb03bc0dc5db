/** Products: company/product, or the product alone. */
import { productFault, productMatches, productMeant, unlistedProducts } from '../products';
import { type Facet, fitting, misspelt, PATTERN_RULES } from './facet';
import { globCovers, globsDisjoint } from './glob';

export const product = {
  what: 'product',
  schema: ({ patterns }) =>
    patterns('guardduty', 'aws/*').optional().describe('company/product as in the ProductArn, or the product alone; * and ? are wild.'),
  ...fitting((subject) => [subject.product], productMatches),
  covers: (wider, narrower) => globCovers(whole(wider), whole(narrower)),
  excludes(a, b) {
    const [[companyA = '', productA = ''], [companyB = '', productB = '']] = [whole(a).split('/'), whole(b).split('/')];
    return globsDisjoint(companyA, companyB) || globsDisjoint(productA, productB);
  },
  rules: [
    ...PATTERN_RULES,
    misspelt(
      'product-slashes',
      /\/.*\/|^\/|\/$/,
      'a product is company/product, with one slash',
      (pattern) => `${didYouMean(pattern)}Write for example aws/guardduty, or guardduty alone.`,
    ),
    misspelt(
      'product-characters',
      /[^\w.*?/[\]{}|^$\\-]/,
      'a product has letters, digits, dots and hyphens only',
      (pattern) => `${didYouMean(pattern)}Take it from the end of the ProductArn: …::product/aws/guardduty is aws/guardduty.`,
    ),
    // A warning, as there are more products than any list has.
    { rule: 'product-unknown', level: 'warning', find: (entry, settings) => productFault(entry, unlistedProducts(settings)) },
  ],
} satisfies Facet;

function whole(pattern: string): string {
  return pattern.includes('/') ? pattern : `*/${pattern}`;
}

/** `Amazon GuardDuty` is a name that people know, written where its id is wanted; or a whole ARN is. */
function didYouMean(pattern: string): string {
  const meant = productMeant(pattern.replace(/^arn:.*:product\//, ''));
  return meant === undefined ? '' : `Did you mean "${meant}"? `;
}
