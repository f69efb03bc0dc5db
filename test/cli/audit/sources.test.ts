/** Of what a field of the brief is made: known findings, and a brief whose rules are known. */
import { sourcesOf } from '../../../cli/audit/sources';
import type { Brief } from '../../../handlers/domain/interpretation/brief';

interface Raw {
  Id?: string;
  Title?: string;
  User?: string;
  Mfa?: string;
  Type?: string;
  Score?: number;
}

/** The id, else that of the title; whether a user has a second factor; a type in another spelling. */
const briefs = (finding: unknown): Brief => {
  const { Id, Title, User, Mfa, Type, Score } = finding as Raw;
  const named = (text: string | undefined) => /CVE-\d+/.exec(text ?? '')?.[0];
  const all = {
    kind: 'inspector',
    cve: named(Id?.startsWith('CVE') ? Id : Title),
    mfa: User === 'ann' && Mfa !== undefined ? Mfa === 'ON' : undefined,
    resourceTypes: Type && [Type.replaceAll('::', '')],
    score: Score,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as unknown as Brief;
};

const told = (finding: Raw) => {
  const all = sourcesOf(finding, briefs).map(({ field, of, how }) => `${field} ${how} ${of}`);
  return [...new Set(all)].sort();
};

test('what only decides whether a field is told is told apart from what stands in it', () => {
  expect(told({ User: 'ann', Mfa: 'OFF', Score: 9 })).toEqual(['mfa decides Mfa', 'mfa decides User', 'score told Score']);
});

test('two values that say the same are both found', () => {
  expect(told({ Id: 'CVE-4711', Title: 'CVE-4711 in a library' })).toEqual(['cve told Id', 'cve told Title']);
  expect(told({ Id: 'CVE-4711', Title: 'A library' })).toEqual(['cve told Id']);
});

test('another spelling of a value is that value', () => {
  expect(told({ Type: 'AWS::Lambda::Function' })).toEqual(['resourceTypes told Type']);
});
