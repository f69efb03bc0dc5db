/**
 * What the schema of a match is made of. The facets are handed it: the functions read what a facet means,
 * and need not carry the library that schemas are written in.
 */
import * as z from 'zod';
import { accountId, region, severity, written } from '../terms';

function oneOrMore<T extends z.ZodType>(item: T) {
  return z.union([item, z.array(item).min(1, 'name at least one, or leave the key out')]);
}

/** @param examples patterns that people would write. */
function patterns(...examples: string[]) {
  return oneOrMore(z.string().min(1, 'an empty pattern matches nothing').meta({ examples }));
}

export const VOCABULARY = { z, accountId, region, severity, written, oneOrMore, patterns };
