/** The ten commands of docs/audit.md, on the example: what they answer is compared with facts known from it. */
import { cpSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Answer, QUESTIONS, sayIn } from '../../../cli/audit/answers/answer';
import { muted } from '../../../cli/audit/answers/muted';
import { readAssembly } from '../../../cli/audit/assembly';
import { deployedIn } from '../../../cli/audit/audit';
import { commands } from '../../../cli/commands';
import { readEvidence } from '../../../cli/evidence/kept';
import { commandFor, committedExample, PAGE, TYPED } from '../../../scripts/answers';
import type { Language } from '../../../config/schema';
import { EXAMPLE } from '../../config/example';
import { temporaryFolder } from '../../stacks/temporary-folder';
import { typed } from '../terminal';
import { type Clinic, openClinic } from '../doctor/doctor';
import { NOW } from '../doctor/world';
import { DEPLOYMENT } from './known-evidence';
import { asked, reconfigured, rows, synthesized } from './scenario';

let folder: string;
beforeAll(() => {
  folder = synthesized();
});

test('changes: how it is asked whether what is deployed was changed by hand, stack by stack', async () => {
  const commands = rows(await asked(folder, 'changes', '--against', folder), /deployed still this/).map(([account, , command]) => [
    account,
    command,
  ]);
  expect(commands.slice(0, 2)).toEqual([
    ['security (222222222222)', 'npx cdk diff'],
    ['management (111111111111)', "npx cdk diff --app 'npx tsx stacks/management-app.ts'"],
  ]);
  const drift = commands.flatMap(
    ([, command = '']) => /^aws cloudformation detect-stack-drift --region (\S+) --stack-name (\S+);/.exec(command)?.slice(1) ?? [],
  );
  expect(drift).toEqual([
    ...['ap-northeast-1', 'SecurityHubInterpreter'],
    ...['ap-northeast-1', 'eu-west-1', 'us-east-1'].flatMap((region) => [region, 'SecurityHubInterpreterManagement']),
  ]);
  expect(commands.at(-1)).toEqual([
    expect.stringMatching(/^members \(/),
    'aws cloudformation detect-stack-set-drift --call-as DELEGATED_ADMIN --region ap-northeast-1 --stack-set-name SecurityHubInterpreter-members',
  ]);
});

test('leaves: Slack by deliver alone, Bedrock in Japan alone, alarms by e-mail', async () => {
  const answer = await asked(folder, 'leaves');
  const calls = rows(answer, /Which function/).map(([name, place, , called]) => [place, name, called]);
  expect(calls.filter(([, , called]) => called?.includes('slack'))).toEqual([['security', 'Deliver/Function', expect.anything()]]);
  expect(calls.filter(([, , called]) => called?.includes('ResponseURL')).map(([place, name]) => [place, name])).toEqual([
    ['members', 'Enablement/Function'],
    ['management', 'Enablement/Function'],
  ]);
  expect(answer.verdict).toContain('by Enablement/Function (members), Enablement/Function (management).');
  expect(answer.verdict).toContain('https://slack.com/api/');
  expect(answer.verdict).toContain('ap-northeast-1, ap-northeast-3');
  expect(answer.verdict).toContain('security-alarms@example.com');
  expect(rows(answer, /messages to Slack/).map(([field]) => field)).toEqual(
    expect.arrayContaining(['AwsAccountId', 'Title', 'Resources[].Id']),
  );
  expect(answer.verdict).toContain('to 6 receivers: 6 by the API (https://slack.com/api/); Deliver/Function sends them.');
  expect(answer.verdict).not.toContain('hooks.');
  expect(answer.verdict).toContain('Bedrock is sent 54 fields of a finding and the phrasebook’s entry on it');
});

test('leaves: which fields are in messages follows from the languages of the receivers, not from that of the page', async () => {
  const fieldsOf = async (of: string, page: string) =>
    rows(await asked(of, 'leaves', '--language', page), /messages to Slack|Slack のメッセージ/).map(([field = '']) => field);
  const spoken = (...languages: Language[]) =>
    reconfigured(folder, ({ routes }) => {
      const receivers = Object.entries(routes.receivers);
      routes.receivers = Object.fromEntries(
        receivers.map(([name, receiver], n) => [name, { ...receiver, language: languages[n % languages.length] }]),
      );
    });
  const japanese = spoken('ja');
  const [ja, en, both] = await Promise.all([fieldsOf(japanese, 'ja'), fieldsOf(spoken('en'), 'ja'), fieldsOf(spoken('en', 'ja'), 'en')]);
  expect(await fieldsOf(japanese, 'en')).toEqual(ja);
  expect(en.length).not.toBe(ja.length);
  expect([...both].sort()).toEqual([...new Set([...ja, ...en])].sort());
});

describe('where a receiver has an incoming webhook', () => {
  let oneWay: string;
  beforeAll(() => {
    oneWay = reconfigured(folder, ({ routes }) => {
      routes.receivers = {
        ...routes.receivers,
        sandbox: { webhookSecret: 'security-hub-interpreter/sandbox', securityAccountAccess: false },
      };
    });
  });

  test('leaves: its host is named, in the answer and beside the function that calls it', async () => {
    const answer = await asked(oneWay, 'leaves');
    expect(answer.verdict).toContain('to 6 receivers: 5 by the API (https://slack.com/api/), 1 by a webhook at hooks.slack.com;');
    const calls = rows(answer, /Which function/).map(([name, , , called]) => [name, called]);
    expect(calls.find(([name]) => name === 'Deliver/Function')?.[1]).toContain('slack (slack.com, hooks.slack.com)');
  });

  test('leaves: where all have one, the API is not called', async () => {
    const all = reconfigured(folder, ({ routes }) => {
      const receivers = Object.keys(routes.receivers).map((name) => [
        name,
        { webhookSecret: `secret/${name}`, securityAccountAccess: false },
      ]);
      routes.receivers = Object.fromEntries(receivers);
    });
    const answer = await asked(all, 'leaves');
    expect(answer.verdict).toContain('to 6 receivers: 6 by webhooks at hooks.slack.com;');
    expect(
      rows(answer, /Which function/)
        .flat()
        .join(),
    ).toContain('slack (hooks.slack.com)');
  });

  test('readers: its channel is not known here, and is not counted as one', async () => {
    const answer = await asked(oneWay, 'readers');
    expect(answer.verdict).toMatch(
      /what the 5 channels and 1 webhook below are sent: .*guests.*Slack Connect.*to which channel a webhook posts/,
    );
    expect(rows(answer, /In Slack/).find(([name]) => name === 'sandbox')?.[1]).toBe(
      'whichever its webhook posts to, which Slack knows (secret security-hub-interpreter/sandbox)',
    );
  });
});

test('readers: the channels with their OUs, and three roles', async () => {
  const answer = await asked(folder, 'readers');
  expect(rows(answer, /In Slack/).find(([name]) => name === 'cards-oncall')).toEqual([
    'cards-oncall',
    'C0CARDS0001',
    'Root/Workloads/Prod/Regulated',
  ]);
  expect(rows(answer, /In AWS/)).toEqual([
    ['the ledger', 'Tick/Run (Ledger/Table); Intake (Ledger/Table); Deliver (Ledger/Table)'],
    ['the queues', 'Tick/Run (Tick/Queue); Intake (Queues/Findings); Deliver (Queues/Deliveries)'],
    ['the logs', 'no role of this system'],
    ['Security Hub itself', expect.stringMatching(/^Deliver \(arn:aws:securityhub:ap-northeast-1:222222222222:hub\/default, [^;]*\)$/)],
  ]);
  expect(
    rows(answer, /Where data rests/)
      .find(([name]) => name === 'Ledger/Table')
      ?.slice(3),
  ).toEqual(['CustomerKey/Key', expect.stringContaining('400'), 'stays']);
  expect(answer.fine).toBe(true);
});

describe('told', () => {
  test('says from where the OUs are known: the sample is no live organization, a file is as old as it was written', async () => {
    const caveat =
      /^The OUs are those of the made-up organization of this project’s sample, NOT of a live one; --organization takes yours\. Of 7/;
    // Grey: neither well nor wrong.
    for (const argv of [[], ['--ou', 'Workloads/Prod']])
      expect(await asked(folder, 'told', ...argv)).toMatchObject({ code: 0, open: true });
    expect((await asked(folder, 'told')).verdict).toMatch(caveat);
    const elsewhere = reconfigured(folder, ({ settings }) => {
      settings.organization = { ...settings.organization, managementAccount: '101010101010' };
    });
    expect(await asked(elsewhere, 'told')).toMatchObject({
      open: true,
      verdict: expect.stringMatching(/^The OUs are those that routes\.yaml names; --organization shows all\. Of /),
    });
    const file = join(temporaryFolder(), 'ours.json');
    cpSync(join(__dirname, '../../../cli/demo/organization.json'), file);
    utimesSync(file, new Date('2026-03-02T01:00:00Z'), new Date('2026-03-02T01:00:00Z'));
    const ours = await asked(folder, 'told', '--organization', file);
    expect(ours.verdict).toMatch(/those of ours\.json, written 2026-03-02: the organization itself was not asked\.$/);
    expect(ours.open).toBeUndefined();
  });

  test('of one OU: its receiver, and what goes elsewhere beside that', async () => {
    const answer = await asked(folder, 'told', '--ou', 'Workloads/Prod');
    expect(answer.verdict).toBe(
      'The OUs are those of the made-up organization of this project’s sample, NOT of a live one; --organization takes yours. CRITICAL and HIGH go to prod-oncall; what is severity CRITICAL and product guardduty goes to sec-ops as well. Only the severities of settings.yaml (CRITICAL, HIGH) are told, but for what a person sends by hand or was told before.',
    );
  });

  test('without one: all, and the one of which nobody but the root is told', async () => {
    const answer = await asked(folder, 'told');
    expect(answer.verdict).toMatch(
      / Of 7 OUs below the root, 5 are told by a route of their own, 1 is told by the route of an OU above \(Root\/Workloads\/Staging\), and 1 is told by the root alone \(Root\/Security\)\. /,
    );
    expect(answer.verdict).toContain(
      'without routes that ask for more than an OU: sec-ops 2, prod-oncall 1, cards-oncall 1, workloads 2, platform 1, sandbox 1.',
    );
    expect(rows(answer, /OUs/).map(([ou, , told]) => [ou, told])).toEqual([
      ['Root', 'sec-ops'],
      ['Root/Infrastructure', 'platform'],
      ['Root/Sandbox', 'sandbox'],
      ['Root/Security', 'sec-ops (root only)'],
      ['Root/Workloads', 'workloads'],
      ['Root/Workloads/Prod', 'prod-oncall'],
      ['Root/Workloads/Prod/Regulated', 'cards-oncall'],
      ['Root/Workloads/Staging', 'workloads'],
    ]);
  });

  test('an OU that nobody knows is said to be none, and the exit status is 1', async () => {
    expect(await asked(folder, 'told', '--ou', 'Nowhere')).toMatchObject({
      code: 1,
      verdict: expect.stringMatching(/ No OU Nowhere is known/),
    });
  });
});

test('muted: what, why, until when, and who wrote it last, as version control knows', async () => {
  const versioned = committedExample(temporaryFolder());
  const answer = await asked(folder, 'muted', '--config', versioned);
  const [[route, what, why, until, by] = []] = rows(answer, /Mutes/);
  expect([route, what, why, until]).toEqual([
    'root > Sandbox > IMDSv2 in the sandbox',
    'control EC2.8',
    'Sandbox instances live for a day and hold no data (RISK-42)',
    '2027-06-30',
  ]);
  expect(by).toMatch(/^Hanako Sato, 2026-05-04, [0-9a-f]{10}$/);
  const lines = readFileSync(join(EXAMPLE, 'routes.yaml'), 'utf8').split('\n');
  const where = rows(answer, /Mutes/)[0]?.[5] ?? '';
  expect(lines[Number(where.replace('routes.yaml:', '')) - 1]).toContain('reason: Sandbox instances');

  const written = async () => rows(await asked(folder, 'muted', '--config', versioned), /Mutes/)[0]?.[4];
  const named = (by: string, until: string) =>
    expect.stringContaining(`control EC2.8 (root > Sandbox > IMDSv2 in the sandbox): ${by}, until ${until}. A muted finding stays`);
  expect(answer.verdict).toEqual(named('last written by Hanako Sato on 2026-05-04, as its commit says', '2027-06-30'));
  const wrote = async () => {
    const { open, verdict } = await asked(folder, 'muted', '--config', versioned);
    return [open, / By whom .*/.exec(verdict)?.[0]];
  };
  expect(await wrote()).toEqual([undefined, undefined]);
  const file = join(versioned, 'routes.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('until: 2027-06-30', 'until: 2027-07-31'));
  expect(await written()).toBe('NOT COMMITTED: whoever wrote it');
  expect(await wrote()).toEqual([true, ' By whom is not known of 1: nobody has committed it yet.']);
  expect((await asked(folder, 'muted', '--config', versioned)).verdict).toEqual(named('not committed', '2027-06-30'));
  rmSync(join(versioned, '.git'), { recursive: true });
  expect(await written()).toBe('not known: version control has no routes.yaml here');
  expect(await wrote()).toEqual([true, ' By whom is not known of 1: version control has no routes.yaml here.']);
});

describe('coverage', () => {
  let clinic: Clinic;
  beforeAll(async () => {
    clinic = await openClinic();
    clinic.world.hubs.get('us-east-1')?.members.delete('999999999999');
  });
  afterAll(() => clinic.close());

  const flags = (evidence: string) => [
    '--language',
    'en',
    '--json',
    '--assembly',
    folder,
    '--evidence',
    evidence,
    '--config',
    clinic.config,
  ];
  const ask = (evidence: string, ...argv: string[]) => typed(['audit', ...argv, ...flags(evidence)], { now: () => NOW });

  test('is kept with its date and commit, and the next page takes it in without asking', async () => {
    const evidence = temporaryFolder();
    const { code, out } = await ask(evidence, 'coverage');
    expect([code, (JSON.parse(out) as Answer).verdict]).toEqual([1, expect.stringMatching(/^Measured .*: 8 of 9 accounts are covered/)]);
    const { coverage, unreadable } = readEvidence(evidence, NOW);
    expect(unreadable).toEqual([]);
    expect(coverage).toMatchObject({ command: 'npm run hub -- audit coverage', environment: DEPLOYMENT });
    expect(coverage?.made).toBe(new Date(NOW).toISOString());
    expect(coverage?.commit).toMatch(/^([0-9a-f]{40})?$/);
    clinic.running.calls.clear();
    const works = JSON.parse((await ask(evidence, 'works')).out) as Answer;
    expect(
      rows(works, /measured/)
        .find(([command]) => command?.endsWith('coverage'))
        ?.slice(4),
    ).toEqual(['9 accounts', 'counts']);
    expect([...clinic.running.calls]).toEqual([]);
  });

  test('where the organization cannot be asked nothing is kept', async () => {
    const evidence = temporaryFolder();
    const { world } = clinic;
    world.trouble = (action) => (action === 'organizations:ListAccounts' ? 'denied' : undefined);
    const { code, err } = await ask(evidence, 'coverage');
    world.trouble = () => undefined;
    expect([code, err]).toEqual([1, expect.stringMatching(/npm run doctor/)]);
    expect(readEvidence(evidence, NOW)).toEqual({ unreadable: [] });
  });
});

test('works: the alarm that rings for silence, and the checks of the doctor', async () => {
  const answer = await asked(folder, 'works');
  const silence = rows(answer, /Alarms as/).filter(([, , , , missing]) => missing === 'it rings');
  expect(silence.map(([name]) => name)).toEqual(['tick-stopped']);
  expect(rows(answer, /Checks/)).toEqual(expect.arrayContaining([['Coverage', 'Silence', 'not measured', '–']]));
  expect(answer).toMatchObject({ fine: true, open: true });
});

test('muted: more than a few mutes are counted, and named by the table alone', async () => {
  const many = reconfigured(folder, ({ routes }) => {
    const mute = { reason: 'Accepted for as long as it stands', until: '2027-06-30' };
    routes.route = {
      ...routes.route,
      routes: Array.from({ length: 6 }, (_, n) => ({ match: { control: `S3.${n + 1}` }, mute })),
    };
  });
  const audit = deployedIn(readAssembly(many), { now: NOW });
  const { verdict, tables } = muted({ ...audit, made: '', evidence: { unreadable: [] } }, sayIn('en'));
  expect(verdict).toMatch(/^6 mutes are in force \(0 without an end\), and 0 have ended\. A muted finding stays/);
  expect(tables[0]?.rows).toHaveLength(6);
});

test('changes needs what to compare with, and a question has to be one of the ten', async () => {
  const run = (...argv: string[]) => typed(['audit', ...argv, '--assembly', folder, '--config', EXAMPLE], { known: commands });
  expect((await run('changes')).err).toMatch(/--against names a commit/);
  expect(await run('everything')).toMatchObject({ code: 2, err: expect.stringMatching(/everything is no question: suppress, /) });
});

/** Of the others the samples come from a made-up organization and a made-up deployment. */
test.each(QUESTIONS.filter((question) => !['coverage', 'changes', 'works'].includes(question)))(
  'docs/audit.md has the command of the question %s, and a sample that is still true (npm run answers)',
  async (question) => {
    const page = readFileSync(PAGE, 'utf8');
    const config = question === 'muted' ? ['--config', committedExample(temporaryFolder())] : [];
    const { question: words, verdict } = await asked(folder, question, ...(TYPED[question] ?? []), ...config);
    expect(page).toContain(`\`\`\`sh\n${commandFor(question)}\n\`\`\``);
    expect(page.replaceAll(/\s+/g, ' ')).toContain(`${words} ${verdict}`);
  },
);
