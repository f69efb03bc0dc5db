/**
 * Nothing that identifies anybody leaves in a prompt: over generated findings of every kind, and over real ones where they are at hand.
 * @proves model
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { briefOf, officialText } from '../../../handlers/domain/interpretation/brief';
import { parseFinding } from '../../../handlers/domain/finding/event';
import type { Finding } from '../../../handlers/domain/finding/finding';
import { promptFor } from '../../../handlers/domain/interpretation/prompt';
import { InvalidFinding } from '../../../handlers/domain/text/reading';
import { finding } from '../made';
import { shared, testWithShared } from '../../where-there';

const KINDS = ['control', 'guardduty', 'inspector', 'macie', 'access-analyzer', 'exposure', 'aws', 'third-party'] as const;
const EVERYONE = /(?<![\d.])0\.0\.0\.0\/0|(?<![\w:])::\/0/g;

/** All that the model is sent of a finding. */
function prompt(given: Finding): string {
  return promptFor(briefOf(given, officialText(given), [given.product]), 'ja').prompt;
}

const account = fc.stringMatching(/^[1-9]\d{11}$/);
const name = fc.stringMatching(/^[a-z]{4,9}-[a-z]{2,6}-\d{2}$/);
const word = fc.stringMatching(/^q[a-z]{6,10}$/);
const secrets = fc.record({
  account,
  name,
  word,
  address: fc.ipV4(),
  six: fc.ipV6().filter((each) => each.length > 6),
  mail: fc.stringMatching(/^[a-z]{3,8}\.[a-z]{3,8}@[a-z]{4,9}\.(com|jp|example)$/),
  key: fc.stringMatching(/^AKIA[A-Z2-7]{16}$/),
  instance: fc.stringMatching(/^i-[0-9a-f]{17}$/),
});

test('whatever stands in a finding, of every kind, even in fields that should be AWS’s own', () => {
  fc.assert(
    fc.property(fc.constantFrom(...KINDS), secrets, fc.nat(9), (kind, secret, pick) => {
      const all = Object.values(secret);
      const planted = all[pick % all.length] ?? '';
      const arn = `arn:aws:iam::${secret.account}:user/${secret.name}`;
      const given = finding({
        kind,
        product: 'prowler/prowler',
        accountId: secret.account,
        accountName: secret.word,
        // Plain words in AWS's own texts are words; the owner's are in no text of AWS's.
        title:
          kind === 'third-party' ? `User ${planted} has no MFA` : `Something about ${planted === secret.word ? secret.name : planted}.`,
        description: `${arn} and ${all.join(' ')}.`,
        controlId: kind === 'control' ? `X${secret.account}` : undefined,
        types: [`TTPs/${secret.word}`, `TTPs/${secret.name}`, `Trojan:EC2-${secret.account}`, planted, arn],
        generatorId: arn,
        resources: [
          { type: 'AwsIamUser', id: arn, name: secret.name, region: 'r', origin: [{ by: secret.word, name: planted }] },
          { type: secret.name, id: secret.instance, name: secret.instance, region: secret.mail },
          { type: 'Other', id: secret.word, name: secret.word, region: secret.word },
        ],
        resourceTags: { team: all, [secret.word]: [planted] },
        particulars: {
          parameters: { name: secret.name, [secret.name]: '1', account: secret.account },
          statusReasons: all,
          threat: { actionType: planted, direction: planted, port: secret.account, protocol: secret.address, api: secret.key },
          data: { categories: all },
          access: { actions: [...all, arn], principalKind: secret.account },
        },
      });
      // In a real AWS finding no type holds the owner's plain word; a partner's may.
      if (kind !== 'third-party') given.types = given.types.slice(1);
      const sent = prompt(given);
      for (const each of [...all, arn, 'arn:']) expect(sent).not.toContain(each);
    }),
    { numRuns: 1000, seed: 20261124 },
  );
});

const FOLDER = shared('findings');
// The real findings are not part of this repository: they are looked at where a checkout has them beside it.

function realFindings(): [string, unknown][] {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
  return files.sort().flatMap((file): [string, unknown][] => {
    const json = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as { detail?: { findings?: unknown[] }; Findings?: unknown[] };
    const findings = json.detail?.findings ?? json.Findings ?? (Array.isArray(json) ? json : [json]);
    return findings.map((each) => [file, each]);
  });
}

testWithShared('findings')(
  'the 273 real findings beside the repository: a finding or an invalid one, and no prompt with an identifier',
  () => {
    const findings = realFindings();
    expect(findings).toHaveLength(273);
    let read = 0;
    for (const [file, raw] of findings) {
      let given: Finding;
      try {
        given = parseFinding(raw);
      } catch (error) {
        expect(error).toBeInstanceOf(InvalidFinding);
        continue;
      }
      read++;
      expect({ file, found: leaksOf(given) }).toEqual({ file, found: [] });
    }
    expect(read).toBeGreaterThan(240);
  },
);

function leaksOf(given: Finding): string[] {
  const sent = prompt(given).replace(EVERYONE, '');
  const patterns = [
    /\d{12}/,
    /arn:/,
    /(?:\d{1,3}\.){3}\d{1,3}/,
    /[0-9a-f]{1,4}::|(?:[0-9a-f]{1,4}:){3}/i,
    /\S@\S+\.\w/,
    /(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{12}/,
    /\bi-[0-9a-f]{8}/,
  ];
  const names = [given.accountName, ...given.resources.flatMap(({ id, name: each }) => [id, each])];
  const apart = (each: string) => new RegExp(`(?<![A-Za-z0-9])${each.replace(/[^A-Za-z0-9]/g, '\\$&')}(?![A-Za-z0-9])`, 'i');
  return [
    ...patterns.flatMap((pattern) => pattern.exec(sent)?.[0] ?? []),
    // The words of the prompt itself are not names, though "root" and "instance" are names of resources, too.
    ...names.filter(
      (each) =>
        each !== undefined && each.length > 2 && !/^(?:root|instance|account|unknown|default)$/i.test(each) && apart(each).test(sent),
    ),
  ] as string[];
}
