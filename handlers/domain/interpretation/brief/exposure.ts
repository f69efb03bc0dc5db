/** An exposure: AWS's own title, and the traits that make it one. */
import type { Brief, OfficialText } from './fields';
import type { Finding } from '../../finding/finding';
import { namesItsOwner } from '../identifying';
import { known } from './closed';

/** https://docs.aws.amazon.com/securityhub/latest/userguide/exposure-findings.html */
const CATEGORIES: ReadonlySet<string> = new Set(['assumability', 'misconfiguration', 'reachability', 'sensitive data', 'vulnerability']);
/** A few plain words, which AWS wrote. */
const TRAIT = /^[A-Z][A-Za-z]{1,30}(?: [A-Za-z0-9]{1,30}){0,8}$/;

export function exposureFields(finding: Finding, official: OfficialText | undefined): Partial<Brief> {
  const traits = (finding.particulars.exposure?.traits ?? [])
    .filter(({ category }) => CATEGORIES.has(category.toLowerCase()))
    .flatMap(({ category, names }) => names.filter((name) => TRAIT.test(name)).map((name) => `${category}: ${name}`));
  return {
    title: official?.title,
    types: known(finding.types, (type) => /^Exposure(?:\/[A-Z][A-Za-z ]{2,40}){1,2}$/.test(type), 3),
    traits: known(traits, (trait) => !namesItsOwner(trait, finding), 16),
  };
}
