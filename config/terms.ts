/** The words and ids that both files share. */
import * as z from 'zod';
import { SEVERITIES } from './severities';

export { SEVERITIES };
export const LANGUAGES = ['ja', 'en'] as const;

/** A text of that form. @param examples what people would write. */
export function written(form: RegExp, error: string, ...examples: string[]) {
  return z.string().regex(form, error).meta({ examples });
}

/** Twelve digits, always written as text: YAML would drop a leading zero. */
export const accountId = written(/^\d{12}$/, 'an AWS account id has exactly 12 digits', '012345678901').describe(
  'An AWS account id: 12 digits, in quotes, because YAML drops the leading zero of a number.',
);

/** Whether there is such a Region is a rule of its own, which knows what was meant. */
export const region = z
  .string()
  .min(1, 'name a Region')
  .meta({ examples: ['ap-northeast-1'] });

export const severity = z.enum(SEVERITIES);
export const language = z.enum(LANGUAGES);
export type Language = z.infer<typeof language>;

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html#SecretsManager-CreateSecret-request-Name */
export const secretName = z.string().regex(/^[\w/+=.@-]{1,512}$/, 'this is not the name of a secret');

/** A tag by what has it: of the account in Organizations, or of the finding's resources. */
export const ownerTag = written(
  /^(account|resource):\S(.{0,126}\S)?$/u,
  'an owner tag is written account:KEY or resource:KEY, by what has the tag',
  'resource:team',
  'account:team',
);
