/** What an entry of the phrasebook is: a finding's fault, what it means, what can happen and what to do first, in each language. */
import * as z from 'zod';

/** In characters, Japanese and English: what a phone shows whole, and what is read in ten seconds. */
export const LENGTHS = {
  headline: { ja: 40, en: 70 },
  prose: { ja: 100, en: 220 },
  step: { ja: 80, en: 160 },
} as const;
export const MOST_STEPS = 4;

const written = (lengths: { ja: number; en: number }) =>
  z
    .strictObject({
      ja: z.string().min(1).max(lengths.ja).describe(`In Japanese, at most ${lengths.ja} characters.`),
      en: z.string().min(1).max(lengths.en).describe(`In English, at most ${lengths.en} characters.`),
    })
    .describe('In both languages: a reader has one, and which is the receiver’s to say.');

const words = {
  headline: written(LENGTHS.headline).describe('What is wrong now: the fault, not the rule and not the remedy, without a mark at its end.'),
  meaning: written(LENGTHS.prose).describe('What that is, in one or two sentences, for whoever does not know the control.'),
  impact: written(LENGTHS.prose).describe('What can happen, in one or two sentences.'),
  steps: z
    .array(written(LENGTHS.step))
    .min(1)
    .max(MOST_STEPS)
    .describe('What to do first, one action each: contain, confirm that it is intended, mend, see that it is mended.'),
};

const ofResource = z.strictObject(words).partial();

const common = {
  resources: z
    .record(z.string(), ofResource)
    .optional()
    .describe('By ASFF resource type, such as AwsEcrContainerImage: what is said otherwise of such a resource.'),
  runbook: z
    .string()
    .max(500)
    .regex(/^https:\/\/[^\s<>|]+$/, 'an address that begins with https:// is wanted here')
    .optional()
    .describe('Your own page on how to mend it, such as https://wiki.example.com/s3: linked beside AWS’s.'),
};

export const entrySchema = z.strictObject({ ...words, ...common });
/** Of what is in the phrasebook already a part may be said otherwise. */
export const ownEntrySchema = ofResource.extend(common);

/** A file of entries by their keys. */
export const fileSchema = z.record(z.string(), entrySchema);
export const ownFileSchema = z.record(z.string(), ownEntrySchema);

export type Entry = z.infer<typeof entrySchema>;
export type OwnEntry = z.infer<typeof ownEntrySchema>;
export type Written = { ja: string; en: string };
/** What the words of an entry are made of. */
export type Words = Pick<Entry, 'headline' | 'meaning' | 'impact' | 'steps'>;
