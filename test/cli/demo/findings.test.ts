import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const FOLDER = join(__dirname, '../../../cli/demo/findings');
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
const SECURITY_ACCOUNT = '222222222222';
const UNKNOWN_ACCOUNT = '012345678901';

const account = z.string().regex(/^\d{12}$/);
const instant = z.iso.datetime();
/** What ASFF requires, with its limits: https://docs.aws.amazon.com/securityhub/latest/userguide/asff-required-attributes.html */
const asff = z.looseObject({
  SchemaVersion: z.literal('2018-10-08'),
  Id: z.string().min(1).max(512),
  ProductArn: z.string().regex(/^arn:aws:securityhub:[a-z0-9-]+::product\/[\w-]+\/[\w-]+$/),
  GeneratorId: z.string().min(1).max(512),
  AwsAccountId: account,
  CreatedAt: instant,
  UpdatedAt: instant,
  Severity: z.looseObject({ Label: z.enum(['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL']) }),
  Title: z.string().min(1).max(256),
  Description: z.string().min(1).max(1024),
  Types: z.array(z.string().regex(/^[^/]+(\/[^/]+){0,2}$/)).max(50),
  Resources: z
    .array(z.looseObject({ Type: z.string().regex(/^Aws[A-Za-z0-9]+$/), Id: z.string().min(1), Region: z.string().optional() }))
    .min(1)
    .max(32),
  Workflow: z.strictObject({ Status: z.enum(['NEW', 'RESOLVED']) }),
  RecordState: z.literal('ACTIVE'),
  Compliance: z.looseObject({ Status: z.enum(['PASSED', 'FAILED']) }).optional(),
});
/** What Security Hub's OCSF findings have: https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-ocsf.html */
const ocsf = z.looseObject({
  class_uid: z.literal(2003),
  metadata: z.looseObject({ uid: z.string(), product: z.looseObject({ uid: z.string(), name: z.string() }) }),
  cloud: z.looseObject({ account: z.looseObject({ uid: account }), region: z.string() }),
  finding_info: z.looseObject({ uid: z.string(), title: z.string(), desc: z.string(), modified_time_dt: instant }),
  severity: z.literal('Critical'),
  status: z.literal('New'),
  compliance: z.looseObject({ control: z.string(), status: z.literal('Fail') }),
  resources: z.array(z.looseObject({ uid: z.string(), type: z.string() })).min(1),
});
const envelope = <Type extends string, F extends z.ZodType>(type: Type, finding: F, most: number) =>
  z.strictObject({
    version: z.literal('0'),
    id: z.guid(),
    'detail-type': z.literal(type),
    source: z.literal('aws.securityhub'),
    account: z.literal(SECURITY_ACCOUNT),
    time: instant,
    region: z.literal('ap-northeast-1'),
    resources: z.array(z.string()).length(1),
    detail: z.looseObject({ findings: z.array(finding).min(1).max(most) }),
  });
const event = z.discriminatedUnion('detail-type', [
  envelope('Security Hub Findings - Imported', asff, 1),
  envelope('Security Hub Findings - Custom Action', asff, 20),
  envelope('Findings Imported V2', ocsf, 1),
]);

const textOf = (file: string) => readFileSync(join(FOLDER, file), 'utf8');
const parsed = (file: string) => event.parse(JSON.parse(textOf(file)));
const accountsOf = (file: string) =>
  parsed(file).detail.findings.map((finding) => ('AwsAccountId' in finding ? finding.AwsAccountId : finding.cloud.account.uid) as string);

interface Unit {
  id: string;
  name: string;
  accounts: { id: string; name: string; tags: Record<string, string> }[];
  children: Unit[];
}
const organization = JSON.parse(readFileSync(join(FOLDER, '../organization.json'), 'utf8')) as Unit;
const unitsOf = (unit: Unit): Unit[] => [unit, ...unit.children.flatMap(unitsOf)];
const known = unitsOf(organization).flatMap((unit) => unit.accounts.map(({ id }) => id));

describe('the findings of the demo', () => {
  test.each(FILES)('%s is an event as Security Hub sends it', (file) => {
    const result = event.safeParse(JSON.parse(textOf(file)));
    expect(result.success ? [] : result.error.issues).toEqual([]);
    expect(Buffer.byteLength(textOf(file))).toBeLessThan(240_000);
  });

  test.each(FILES)('%s names no account, address or key of anybody', (file) => {
    const text = textOf(file);
    const accounts = [...text.matchAll(/(?<![\w.-])\d{12}(?![\w.-])/g)].map((match) => match[0]);
    expect(accounts.filter((id) => ![...known, UNKNOWN_ACCOUNT].includes(id))).toEqual([]);
    const addresses = [...text.matchAll(/(?<![\d.])\d{1,3}(\.\d{1,3}){3}(?![\d.])/g)].map((match) => match[0]);
    expect(addresses.filter((address) => !/^(203\.0\.113|198\.51\.100|192\.0\.2|10\.\d+|0\.0)\./.test(address))).toEqual([]);
    const keys = [...text.matchAll(/\bA[KS]IA[A-Z0-9]{16}\b/g)].map((match) => match[0]);
    expect(keys.filter((key) => !key.endsWith('EXAMPLE'))).toEqual([]);
  });

  test('are told in the order of their names', () => {
    const times = FILES.toSorted().map((file) => parsed(file).time);
    expect(times).toEqual(times.toSorted());
  });

  test('belong to accounts of the organization, but for the one that Organizations does not know', () => {
    const strangers = FILES.filter((file) => accountsOf(file).some((id) => !known.includes(id)));
    expect(strangers).toEqual(['17-public-database-unknown-account.json']);
    expect(known).not.toContain(UNKNOWN_ACCOUNT);
  });

  test('touch every OU that has accounts', () => {
    const touched = new Set(FILES.flatMap(accountsOf));
    const untouched = unitsOf(organization).filter((unit) => unit.accounts.length > 0 && !unit.accounts.some(({ id }) => touched.has(id)));
    expect(untouched.map((unit) => unit.name)).toEqual([]);
  });

  test('include one finding three times: re-emitted twelve hours later, and from the second hub', () => {
    const [first] = parsed('01-public-bucket-payments-prod.json').detail.findings;
    const [again] = parsed('21-public-bucket-payments-prod-again.json').detail.findings;
    const [second] = parsed('02-public-bucket-payments-prod-second-hub.json').detail.findings;
    const { UpdatedAt: updated, LastObservedAt: _seen, ProcessedAt: _processed, ...rest } = again as Record<string, unknown>;
    expect(first).toMatchObject(rest);
    expect(updated).toBe('2026-11-21T12:14:39.804Z');
    expect(second).toMatchObject({ finding_info: { uid: (first as { Id: string }).Id }, compliance: { control: 'S3.2' } });
  });

  test('include text that tries to mention, link, format, instruct and turn around what is near it', () => {
    const all = FILES.map((file) => JSON.stringify(JSON.parse(textOf(file)))).join('\n');
    for (const attempt of [
      '<!channel>',
      '<https://evil.example|',
      '*bastion-stg*',
      '<script>',
      'gnore previous instructions',
      '\u202e',
      '`',
      '請求書',
    ]) {
      expect(all).toContain(attempt);
    }
  });

  test('are written without raw bidirectional controls, so that a diff shows them', () => {
    expect(FILES.filter((file) => /\p{Bidi_Control}/u.test(textOf(file)))).toEqual([]);
  });

  test('are each described in the README beside them', () => {
    const readme = readFileSync(join(FOLDER, 'README.md'), 'utf8');
    const described = [...readme.matchAll(/^\| `([\w-]+)` +\|/gm)].map((match) => `${match[1]}.json`);
    expect(described).toEqual(FILES.toSorted());
  });
});
