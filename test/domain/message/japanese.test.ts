/** What of a finding's facts stays in English before a Japanese reader: names, and nothing that AWS takes from a closed vocabulary. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SAMPLE_PROBLEMS } from '../../../cli/samples/samples';
import type { Part } from '../../../handlers/domain/facts/fact';
import { factsOf } from '../../../handlers/domain/facts/facts';
import { looksLikeOcsf, parseOcsf } from '../../../handlers/domain/finding/ocsf';
import { parseFinding } from '../../../handlers/domain/finding/event';
import { FACT_WORDS } from '../../../handlers/domain/message/fact-words';
import { factRow } from '../../../handlers/domain/message/fact-rows';
import { WORDS } from '../../../handlers/domain/message/words';
import { termIn } from '../../../handlers/domain/message/vocabulary';
import { shared, testWithShared } from '../../where-there';
import { DOCUMENTED, EXPOSED_BY_OTHERS } from '../facts/documented';
import { NOW, settings } from '../made';

const reader = { language: 'ja' as const, settings, now: NOW };
/** What the Japanese words themselves have: names of products and units. */
const OURS = new Set(
  [...Object.values(FACT_WORDS.ja.words), ...Object.values(FACT_WORDS.ja.reasons), WORDS.ja.more(1)].flatMap((said) => latin(said)),
);
/** Names, which are the same in any language. */
const NAMES: readonly [RegExp, why: string][] = [
  [/^(?:TCP|UDP|ICMP|SSH|RDP|HTTPS?|JST|CVSS|EPSS)$/, 'protocols, units, time zones'],
  [/^(?:AWS|VPC|IAM|SAML|PGP|PKCS|OpenSSH|PuTTY|ID|Identity|Center)$/, 'names within a translated term'],
];

function latin(said: string): string[] {
  return said.match(/[A-Za-z]{2,}/g) ?? [];
}

/** The words of Latin letters in what a fact says that is no name in code, of AWS's vocabularies and the project's own. */
function english(raw: object): string[] {
  return factsOf(looksLikeOcsf(raw) ? parseOcsf(raw) : parseFinding(raw)).flatMap(({ label, groups }) => {
    const parts = groups.flat().filter((part): part is Part => !('code' in part) && !('plain' in part && !part.term));
    const { elements } = factRow({ label, groups: [parts] }, reader) as { elements: { text: string }[] };
    return elements.flatMap(({ text }) => latin(text)).filter((word) => !OURS.has(word) && !NAMES.some(([name]) => name.test(word)));
  });
}

test('of what AWS documents nothing of a closed vocabulary stays in English', () => {
  // A place that AWS made up for its samples is no country.
  const all = [...DOCUMENTED, ...SAMPLE_PROBLEMS.flatMap(({ finding }) => [finding('first'), finding('second')])];
  expect(new Set(all.flatMap(english))).toEqual(new Set(['Example', 'Country']));
});

test('what is of no vocabulary stays as the finding has it, whatever it is called', () => {
  for (const said of ['constructor', '__proto__', 'Example Country', 'Internet Reachable', '']) expect(termIn('ja', said)).toBe(said);
  expect(english(EXPOSED_BY_OTHERS(1))).toEqual(['Internet', 'Reachable']);
});

test.each([
  ['United States', 'アメリカ合衆国'],
  ['Netherlands', 'オランダ'],
  ['Vulnerability:', '脆弱性:'],
  ['Very High', '非常に高い'],
  ['Privilege Escalation', '権限昇格'],
  ['Internet Gateway', 'インターネットゲートウェイ'],
])('%s is %s, and in English as it is', (said, japanese) => {
  expect(termIn('ja', said)).toBe(japanese);
  expect(termIn('en', said)).toBe(said);
});

testWithShared('findings')('of findings of others only what GuardDuty makes up for samples stays', () => {
  const files = readdirSync(shared('findings'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  const left = new Set<string>();
  for (const name of files)
    for (const raw of findingsIn(parsed(join(shared('findings'), name)))) for (const word of tried(raw)) left.add(word);
  expect(files.length).toBeGreaterThan(200);
  expect([...left].filter((word) => !/^(?:GeneratedFinding\w*|GENERATED)$/.test(word))).toEqual([]);
});

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Each object in it that may be a finding. */
function findingsIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'ProductArn' in value || 'class_uid' in value ? [value] : [];
  return [...own, ...Object.values(value).flatMap(findingsIn)];
}

/** Some are broken on purpose. */
function tried(raw: object): string[] {
  try {
    return english(raw);
  } catch {
    return [];
  }
}
