/** The page and the data: every link leads somewhere, every right has its reason, and all of it is what the schema says. */
import { cpSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { answers } from '../../../cli/audit/answers';
import { sayIn } from '../../../cli/audit/answers/answer';
import { isAssembly, readAssembly } from '../../../cli/audit/assembly';
import { auditOf } from '../../../cli/audit/audit';
import type { Audit } from '../../../cli/audit/audited';
import { organizationFor } from '../../../cli/audit/organization';
import { renderAudit } from '../../../cli/audit/page';
import { auditJsonSchema, auditSchema } from '../../../cli/audit/schema';
import { codeOf } from '../../../cli/audit/version';
import { deploymentOf } from '../../../cli/evidence/evidence';
import { EXAMPLE } from '../../config/example';
import { NOW } from '../../config/folder';
import { temporaryFolder } from '../../stacks/temporary-folder';
import { NOW as MEASURED } from '../doctor/world';
import { typed } from '../terminal';
import { everything } from './known-evidence';
import { config, HUB, synthesized } from './scenario';

let audit: Audit;
let folder: string;
beforeAll(async () => {
  folder = synthesized();
  expect(isAssembly(folder)).toBe(true);
  const assembly = readAssembly(folder);
  audit = await auditOf(assembly, { now: NOW, tree: organizationFor(assembly.config, undefined), fields: true });
});

test('the data are what the schema says, and the schema stands in docs (npm run schemas)', () => {
  expect(auditSchema.safeParse(JSON.parse(JSON.stringify(audit))).error).toBeUndefined();
  const written = readFileSync(join(__dirname, '../../../docs/audit.schema.json'), 'utf8');
  expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(auditJsonSchema())));
});

test('what is measured of an environment counts for its page, and for no other', async () => {
  const dev = temporaryFolder();
  cpSync(folder, dev, { recursive: true });
  renameSync(join(dev, HUB), join(dev, `dev-${HUB}`));
  const { deployment } = await auditOf(readAssembly(dev), { now: NOW, fields: false });
  expect(deployment).toBe('dev-SecurityHubInterpreter, 222222222222, ap-northeast-1');
  expect(deployment).toBe(deploymentOf({ ...config, environment: 'dev' }));
  expect(audit.deployment).toBe(deploymentOf(config));
});

test('every right of every role says what it is for, in the template', () => {
  const rights = audit.roles.flatMap(({ name, place, rights: its }) =>
    its.map(({ sid, reason }) => ({ of: `${place} ${name} ${sid}`, reason })),
  );
  expect(rights.length).toBeGreaterThan(50);
  expect(rights.filter(({ reason }) => reason.length < 10)).toEqual([]);
  expect(new Set(audit.roles.map(({ place }) => place))).toEqual(new Set(['security', 'members', 'management']));
});

test('every exception has its reason, and nothing else fails in AwsSolutions', () => {
  expect(audit.exceptions.length).toBeGreaterThan(3);
  expect(audit.exceptions.filter(({ reason }) => reason.length < 20)).toEqual([]);
  expect(audit.failures).toEqual([]);
});

test('whatever fails of NIST 800-53 has its reason beside the resource; what has none is said to have none', () => {
  const failing = audit.nist.flatMap(({ rule, fails }) => fails.map((each) => ({ rule, ...each })));
  expect(failing.length).toBeGreaterThan(15);
  expect(failing.filter(({ reason }) => reason.length < 20)).toEqual([]);
  expect(failing.find(({ rule, anchor }) => rule === 'LambdaInsideVPC' && anchor.startsWith('r-Deliver'))?.switch).toBe('network');
  const without = structuredClone(audit);
  for (const { fails } of without.nist) for (const each of fails) each.reason = '';
  expect(renderAudit(audit, 'en')).not.toContain('NO REASON IS GIVEN');
  expect(renderAudit(without, 'en')).toContain('NO REASON IS GIVEN');
});

test('NIST 800-53: verdicts with the ids of the controls, those that fail among them', () => {
  const rule = audit.nist.find(({ rule: name }) => name === 'CloudWatchLogGroupEncrypted');
  expect(rule?.controls).toEqual(expect.arrayContaining(['SC-28(1)', 'AU-9(3)']));
  expect(rule?.fails.length).toBeGreaterThan(4);
  const passing = audit.nist.find(({ rule: name }) => name === 'DynamoDBPITREnabled');
  expect([passing?.passes.length, passing?.fails]).toEqual([1, []]);
});

test('every anchor of the data is a resource of the templates', () => {
  const known = new Set(audit.resources.map(({ anchor }) => anchor));
  expect(known.size).toBe(audit.resources.length);
  const { resources: _resources, ...claims } = audit;
  const named = [...JSON.stringify(claims).matchAll(/"(r-[A-Za-z0-9-]+)"/g)].map(([, anchor = '']) => anchor);
  expect(named.length).toBeGreaterThan(200);
  expect(named.filter((anchor) => !known.has(anchor) && anchor !== 'r-ab12')).toEqual([]);
});

test('without a question both files are written, in the language of the settings, and the ten verdicts are printed', async () => {
  const before = process.cwd();
  process.chdir(temporaryFolder());
  try {
    const { code, out } = await typed(['audit', '--assembly', folder, '--config', EXAMPLE], { now: () => NOW });
    expect(code).toBe(0);
    expect(readFileSync('out/audit.html', 'utf8')).toContain('<html lang="ja">');
    const written = auditSchema.parse(JSON.parse(readFileSync('out/audit.json', 'utf8')));
    expect(written.roles.length).toBe(audit.roles.length);
    expect(out.match(/。\n {2}\S/g)?.length).toBeGreaterThanOrEqual(10);
    expect(out).toMatch(/out\/audit\.html, out\/audit\.json$/);
  } finally {
    process.chdir(before);
  }
});

describe.each(['ja', 'en'] as const)('the page in %s, with what was measured', (language) => {
  let measured: Audit;
  let page: string;
  beforeAll(() => {
    const code = codeOf(audit) ?? '';
    measured = { ...audit, made: new Date(MEASURED).toISOString(), evidence: everything(code) };
    page = renderAudit(measured, language);
  });
  const texts = () => page.replace(/<style>.*?<\/style>/s, '').replace(/<[^>]*>/g, '|');

  test('has ids once each, and every link leads to one of them', () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const links = [...page.matchAll(/<a [^>]*href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links).toEqual(expect.arrayContaining(['facts-coverage', 'proof']));
    expect(links.filter((link) => !ids.includes(link))).toEqual([]);
  });

  test('draws each OU with as many accounts of each kind as there are, and says the same in words', () => {
    const drawn = [...page.matchAll(/<li><b>([^<]*)<\/b> <small>(\d+)[^<]*<\/small>\n<span class="bar"[^>]*>(.*?)<\/span>/g)];
    const bars = drawn.map(([, ou, all, bar = '']) => [
      ou,
      all,
      ...[...bar.matchAll(/class="(\w+)" style="width:([\d.]+)%"/g)].map(([, kind, width]) => `${kind} ${width}`),
    ]);
    expect(bars).toEqual([
      ['Root', '1', 'well 100'],
      ['Security', '2', 'bad 50', 'well 50'],
      ['Workloads/Prod', '4', 'bad 25', 'bad 25', 'well 25', 'well 25'],
    ]);
    expect(texts()).toContain(language === 'ja' ? '1 · 障害：対象なのに無音' : '1 · failure: covered, and yet silent');
  });

  test('marks what is too old, of another commit, and cannot be read', () => {
    const [old, other, unreadable] =
      language === 'ja'
        ? ['古すぎる（7 日超）', '別のコミットのもの', '読めない（未計測扱い）']
        : ['TOO OLD', 'OF ANOTHER COMMIT', 'CANNOT BE READ'];
    for (const mark of [old, other, unreadable]) expect(texts()).toContain(mark);
    expect(auditSchema.safeParse(JSON.parse(JSON.stringify(measured))).error).toBeUndefined();
  });

  test('holds no word of the other language for want of its own', () => {
    for (const { verdict } of answers(measured, sayIn(language))) expect(/[ぁ-ん]/.test(verdict)).toBe(language === 'ja');
  });
});

describe.each(['ja', 'en'] as const)('the page in %s', (language) => {
  let page: string;
  beforeAll(() => {
    page = renderAudit(audit, language);
  });
  const all = (pattern: RegExp) => [...page.matchAll(pattern)].map(([, found = '']) => found);

  test('has ids once each, and every link leads to one of them', () => {
    const ids = all(/ id="([^"]+)"/g);
    expect(new Set(ids).size).toBe(ids.length);
    const links = all(/<a [^>]*href="([^"]+)"/g);
    expect(links.length).toBeGreaterThan(200);
    expect(links.filter((link) => !link.startsWith('#') || !ids.includes(link.slice(1)))).toEqual([]);
  });

  test('says of which commit it is, and whether all of it is committed', () => {
    const described = (suffix: string) => {
      const other = structuredClone(audit);
      for (const { type, body } of other.resources)
        if (type === 'AWS::Lambda::Function') {
          const properties = body.Properties as Record<string, unknown>;
          properties.Description = String(properties.Description).replace(/ · \S+ · rows/, ` · abcdef0${suffix}.12345678 · rows`);
        }
      return /<p class="about">(.*?)<\/p>/s.exec(renderAudit(other, language))?.[1];
    };
    const differs = { en: 'what is deployed has changes that are NOT committed', ja: 'デプロイ対象に未コミットの変更あり' }[language];
    const clean = {
      en: 'nothing of what is deployed has uncommitted changes; what is not deployed, such as tests and docs, was not looked at',
      ja: 'デプロイ対象に変更なし。テストや文書など対象外のファイルは未確認',
    }[language];
    expect(described('+')).toContain('abcdef0');
    expect(described('+')).toContain(differs);
    expect(described('')).not.toContain(differs);
    expect(described('')).toContain(clean);
    expect(described('')).toContain('12345678');
  });

  test('draws Slack with its hosts, and the fields that are told as a lower bound', () => {
    const oneWay = structuredClone(audit);
    for (const receiver of oneWay.slack.receivers.slice(0, 1)) receiver.address = 'webhook:some/secret';
    const box = (of: Audit) => /<p>Slack<\/p><ul>(.*?)<\/ul>/s.exec(renderAudit(of, language))?.[1]?.replace(/<[^>]+>/g, '|');
    expect(box(audit)).toContain('|slack.com|');
    expect(box(oneWay)).toContain('|slack.com, hooks.slack.com|');
    expect(box(oneWay)).toContain(language === 'ja' ? '5 チャンネル、Webhook 1 件' : '5 channels and 1 webhook');
    expect(box(audit)).toMatch(language === 'ja' ? /検出結果の \d+ 項目以上/ : /at least \d+ fields of findings/);
  });

  test('is neither green nor red where nothing was asked', () => {
    expect(all(/class="question open" id="q-(\w+)"/g)).toEqual(['coverage', 'told', 'muted', 'changes', 'works']);
  });

  test('tables what stands in which account and Region', () => {
    const section = page.slice(page.indexOf('<section id="where"'), page.indexOf('<section id="roles"'));
    const cells = [...section.matchAll(/<td [^>]*data-label="([^"]+)">(.*?)<\/td>/g)].map(([, column = '', text = '']) => [
      column,
      text.replace(/<[^>]+>/g, ''),
    ]);
    const nothing = language === 'ja' ? 'なし' : 'nothing';
    expect(cells.map(([column, text = '']) => [column, text === nothing])).toEqual(
      ['security', 'management', 'members'].flatMap((place) => [
        [language === 'ja' ? 'アカウント' : 'account', false],
        ['ap-northeast-1', false],
        ['us-east-1', place === 'security'],
        ['eu-west-1', place === 'security'],
      ]),
    );
    expect(cells[0]?.[1]).toContain('222222222222');
    expect(cells[4]?.[1]).toContain('111111111111');
  });

  test('draws the log groups of the security account alone', () => {
    const groups = audit.kept.filter(({ kind, place }) => kind === 'logs' && place === 'security').length;
    expect(audit.kept.filter(({ kind }) => kind === 'logs').length).toBeGreaterThan(groups);
    expect(page).toContain(language === 'ja' ? `ロググループ ${groups}<` : `, ${groups} log groups<`);
  });

  test('answers the ten questions before all else, each in its words', () => {
    for (const { id, question } of answers(audit, sayIn(language))) {
      expect(page).toContain(`id="q-${id}"`);
      expect(page).toContain(question.replaceAll('’', '’'));
    }
    expect(page.indexOf('id="q-removal"')).toBeLessThan(page.indexOf('id="roles"'));
  });

  test('runs nothing and asks nobody', () => {
    expect(page).not.toMatch(/<script|<link|<img|<iframe|\bsrc=|@import|url\(/i);
  });

  test('holds no word of the other language for want of its own', () => {
    const verdicts = answers(audit, sayIn(language)).map(({ verdict }) => verdict);
    for (const verdict of verdicts) expect(/[ぁ-ん]/.test(verdict)).toBe(language === 'ja');
  });
});
