/** The id of an entry: as AWS spells it where AWS does, else where it stands and its key. */
import { nearest } from '../nearest';

const CONTROL = /^[A-Za-z][A-Za-z0-9]*\.\d{1,4}$/;
/** Of GuardDuty and of Macie; of a threat also with the part that the resource has in it, where that makes it another. */
const TYPE = /^[A-Z][A-Za-z]+:[A-Z][A-Za-z0-9]*\/[A-Za-z0-9.!&-]+(?: ACTOR| TARGET)?$/;

/** @param file below phrasebook/, such as `guardduty/iam.yaml`. */
export function idOf(file: string, key: string): string {
  const place = file.replace(/\.yaml$/, '');
  return place.startsWith('controls/') || TYPE.test(key) ? key : `${place}/${key}`;
}

/** In which forms a key stands in a file of the phrasebook. */
const KEYS: readonly [file: RegExp, key: RegExp, form: string][] = [
  [/^controls\//, CONTROL, 'the id of a control, such as S3.2'],
  [/^guardduty\/attack-sequences\.yaml$/, /^AttackSequence:[A-Z][A-Za-z0-9]*\/[A-Za-z]+$/, 'the type of an attack sequence'],
  [/^guardduty\//, new RegExp(`^[A-Z][A-Za-z]+$|${TYPE.source}`), 'a purpose, such as Recon, or a whole type'],
  [/^macie\.yaml$/, TYPE, 'a type, such as Policy:IAMUser/S3BucketPublic'],
  [
    /^access-analyzer\.yaml$/,
    /^(?:(?:External|Internal|Unused)\/(?:\*|Aws[A-Za-z0-9]+)|Unused\/(?:role|access-key|password|permission))$/,
    'External, Internal or Unused, then /AwsS3Bucket or /*',
  ],
  [/^inspector\.yaml$/, /^(package|code|reachability)$/, 'package, code or reachability'],
  [/^exposure\.yaml$/, /^(\*|Exposure\/[A-Za-z /]+)$/, 'a type, such as Exposure/Potential Impact/Resource Hijacking, or *'],
  [/^general\.yaml$/, /^[a-z][a-z-]+$/, 'a word in lower case'],
];

/** @returns what is wrong with a key, and what to do; undefined where nothing is. */
export function keyFault(file: string, key: string): { message: string; remedy: string } | undefined {
  const known = KEYS.find(([where]) => where.test(file));
  if (!known)
    return { message: 'nothing is looked up in this file', remedy: 'Its entries go into one of the files in docs/phrasebook.md.' };
  if (known[1].test(key)) return undefined;
  return { message: `${JSON.stringify(key)} is no key of this file`, remedy: `Write ${known[2]}.` };
}

/** The same of a whole id, in a file of whoever deploys. */
export function idFault(id: string, known: readonly string[]): { message: string; remedy: string } | undefined {
  if (CONTROL.test(id) || TYPE.test(id) || known.includes(id)) return undefined;
  const [, place = '', key = ''] = /^((?:guardduty\/)?[a-z-]+)\/(.+)$/.exec(id) ?? [];
  if (place && !keyFault(`${place}.yaml`, key)) return undefined;
  const meant = nearest(id, known);
  const remedy = meant
    ? `Did you mean ${JSON.stringify(meant)}?`
    : 'Write it as `npm run hub -- phrasebook` lists it, or as the footer of a message has it.';
  return { message: `${JSON.stringify(id)} is the id of no finding`, remedy };
}
