/** What the roles could do to findings, whom policies let in, and what the model is sent: on the example, and on what weakens it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asked, changed, config, reconfigured, rows, synthesized, type Template } from './scenario';

let folder: string;
beforeAll(() => {
  folder = synthesized();
});

describe('suppress', () => {
  test('deliver may set NOTIFIED, and In Progress in the new Security Hub; nobody may do anything else to a finding', async () => {
    const answer = await asked(folder, 'suppress');
    const byUpdate = new Map(rows(answer, /each update/).map(([update, who]) => [update, who]));
    expect(byUpdate.get('ASFFSyntaxPath/Workflow.Status = SUPPRESSED')).toBe('nobody');
    expect([...byUpdate].filter(([, who]) => who !== 'nobody')).toEqual([
      ['ASFFSyntaxPath/Workflow.Status = NOTIFIED', 'Deliver'],
      ['OCSFSyntaxPath/StatusId = 2', 'Deliver'],
      ['ASFFSyntaxPath/Note.Text = Told in Slack: …', 'Deliver'],
      ['ASFFSyntaxPath/Note.UpdatedBy = security-hub-interpreter', 'Deliver'],
      ['OCSFSyntaxPath/Comment = Told in Slack: …', 'Deliver'],
    ]);
    expect(byUpdate.get('ASFFSyntaxPath/Note.Text = other words')).toBe('nobody');
    expect(answer).toMatchObject({ fine: true, code: 0 });
  });

  test('names whoever could turn something off by a right to turn it on', async () => {
    const answer = await asked(folder, 'suppress');
    const switches = rows(answer, /Other actions/).slice(1);
    expect(switches.map(([who, what = '']) => [who, what.replace(/ .*/, '')])).toEqual([
      ['Enroll/Run (security)', 'securityhub:UpdateOrganizationConfiguration'],
      ['Enroll/Run (security)', 'securityhub:UpdateSecurityHubConfiguration'],
      ['Enablement (members)', 'securityhub:UpdateSecurityHubConfiguration'],
      ['Enablement (management)', 'securityhub:UpdateSecurityHubConfiguration'],
    ]);
    expect(answer.verdict).toContain('Enroll/Run (security), Enablement (members), Enablement (management): IAM lets them');
    expect(answer.verdict).not.toMatch(/turn anything off/);
  });

  test('names what Security Hub does by itself once consolidated control findings are turned on, and by whom', async () => {
    const answer = await asked(folder, 'suppress');
    expect(rows(answer, /Side effect/).map(([who, calls = '']) => [who, calls.replace(/ .*/, '')])).toEqual(
      ['Enroll/Run (security)', 'Enablement (members)', 'Enablement (management)'].map((who) => [
        who,
        'securityhub:UpdateSecurityHubConfiguration',
      ]),
    );
    expect(answer.verdict).toMatch(
      /Security Hub itself then archives the findings that it made for each standard.* without the workflow status/,
    );
    for (const file of ['handlers/adapters/administration.ts', 'stacks/member/enable.js'])
      expect(readFileSync(join(__dirname, '../../..', file), 'utf8')).toMatch(/ControlFindingGenerator: .*'SECURITY_CONTROL'/);
    const unable = changed(folder, ({ Resources }) => {
      for (const [id, { Type, Properties }] of Object.entries(Resources))
        if (Type === 'AWS::IAM::Policy' && id.startsWith('Enroll')) Properties.PolicyDocument = { Statement: [] };
    });
    expect(rows(await asked(unable, 'suppress'), /Side effect/).map(([who]) => who)).not.toContain('Enroll/Run (security)');
  });

  test('the code that holds these rights turns nothing off with them', () => {
    for (const file of ['handlers/adapters/administration.ts', 'stacks/member/enable.js']) {
      const code = readFileSync(join(__dirname, '../../..', file), 'utf8');
      expect(code).toMatch(/UpdateSecurityHubConfiguration/);
      expect(code).not.toMatch(/AutoEnableControls|AutoEnable: (?!true)/);
    }
  });

  test('no reason of a right denies what the right lets', () => {
    const templates = readdirSync(folder).filter((name) => name.endsWith('.template.json'));
    for (const name of templates) expect(readFileSync(join(folder, name), 'utf8')).not.toMatch(/can turn nothing off/);
  });

  test('what Slack is not told: what a person sends, and what was told before, is excepted; mutes are not', async () => {
    const untold = rows(await asked(folder, 'suppress'), /What Slack is not told/).map(([what = '']) => what);
    const excepted = untold.filter((what) => /, unless a person sends it by hand from Security Hub, or it was told before$/.test(what));
    expect(excepted.map((what) => what.replace(/, unless .*/, ''))).toEqual([
      'severities other than CRITICAL, HIGH',
      'what is not ACTIVE, passed, or not NEW',
      'a control that could not be checked',
      'sample findings',
    ]);
    expect(untold.filter((what) => !excepted.includes(what))).toEqual(['root > Sandbox > IMDSv2 in the sandbox']);
    // Each of the first two leads to the rules that keep it back, all to the one that lets it in.
    const { tables } = await asked(folder, 'suppress');
    const links = tables.find(({ title }) => /What Slack is not told/.test(title))?.rows.map(([what]) => JSON.stringify(what));
    expect(links?.map((each) => /Rulesadmit/i.test(each))).toEqual([true, true, false, false, false]);
    expect(links?.map((each) => /custom-?action/i.test(each))).toEqual([true, true, true, true, false]);
  });

  test('says so where a guard is missing, and ends with 1', async () => {
    const weak = changed(folder, ({ Resources }) => {
      for (const { Type, Properties } of Object.values(Resources)) {
        const { Statement } = (Properties?.PolicyDocument ?? {}) as { Statement?: { Sid?: string }[] };
        if (Type === 'AWS::IAM::Policy')
          Statement?.splice(0, Statement.length, ...Statement.filter(({ Sid }) => Sid !== 'GuardASFFWorkflowStatus'));
      }
    });
    const answer = await asked(weak, 'suppress');
    expect(answer).toMatchObject({ fine: false, code: 1 });
    expect(answer.verdict).toMatch(/^YES: .*Deliver may set ASFFSyntaxPath\/Workflow\.Status=SUPPRESSED/);
  });

  test.each<[string, (template: Template) => void, string]>([
    [
      'a user of the stack',
      (template) => {
        template.Resources.Somebody = { Type: 'AWS::IAM::User', Properties: {} };
      },
      'YES: Somebody has AWS::IAM::User, which this does not judge.',
    ],
    [
      'a policy that is no part of a role here',
      (template) => {
        template.Resources.More = { Type: 'AWS::IAM::RolePolicy', Properties: { RoleName: 'any' } };
      },
      'YES: More has AWS::IAM::RolePolicy, which this does not judge.',
    ],
    [
      'a function in a role of elsewhere',
      (template) => {
        const [, lambda] = Object.entries(template.Resources).find(([id]) => id.startsWith('TickRunFunction')) ?? [];
        if (lambda) lambda.Properties.Role = 'arn:aws:iam::222222222222:role/Admin';
      },
      'YES: Tick/Run/Function has a role of elsewhere, which this does not judge.',
    ],
  ])('%s may do what nobody here knows', async (_what, weaken, verdict) => {
    expect(await asked(changed(folder, weaken), 'suppress')).toMatchObject({ fine: false, verdict });
  });

  test('a managed policy is no word for word, so nobody is told that all is well', async () => {
    const weak = changed(folder, ({ Resources }) => {
      const [role] = Object.entries(Resources).filter(([id, { Type }]) => Type === 'AWS::IAM::Role' && id.startsWith('Tick'));
      if (role) role[1].Properties.ManagedPolicyArns = ['arn:aws:iam::aws:policy/AdministratorAccess'];
    });
    expect(await asked(weak, 'suppress')).toMatchObject({
      fine: false,
      verdict: 'YES: Tick/Run has arn:aws:iam::aws:policy/AdministratorAccess, which this does not judge.',
    });
  });

  test('with write-back off no role may update anything', async () => {
    const answer = await asked(synthesized({ writeBack: false }), 'suppress');
    expect(rows(answer, /each update/).filter(([, who]) => who !== 'nobody')).toEqual([]);
  });
});

describe('readers: who is let in without a condition', () => {
  /** The properties of the first resource of a type. */
  const first = (resources: Template['Resources'], type: string) => {
    const found = Object.values(resources).find(({ Type }) => Type === type);
    if (!found) throw new Error(`no ${type}`);
    return found.Properties;
  };

  test('is the account itself; CloudWatch uses the key and reads nothing', async () => {
    const { verdict } = await asked(folder, 'readers');
    expect(verdict).toContain(
      "that account's own root, which is to say whom its IAM lets (arn:aws:iam::222222222222:root: kms:* of CustomerKey/Key)",
    );
    expect(verdict).toContain('They let in nobody else without one.');
    expect(verdict).toContain('cloudwatch.amazonaws.com may use the key, and no policy lets it read a table, a queue or a log.');
  });

  test('another account is named, and not fine', async () => {
    const weak = changed(folder, ({ Resources }) => {
      const { Statement } = first(Resources, 'AWS::KMS::Key').KeyPolicy as { Statement: object[] };
      Statement.push({ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::999999999999:root' }, Action: 'kms:Decrypt', Resource: '*' });
    });
    const { fine, verdict } = await asked(weak, 'readers');
    expect([fine, verdict]).toEqual([
      false,
      expect.stringContaining('WITHOUT A CONDITION they also let in arn:aws:iam::999999999999:root'),
    ]);
  });

  test('a service that may read a queue is said to read', async () => {
    const weak = changed(folder, ({ Resources }) => {
      const { Statement } = first(Resources, 'AWS::SQS::QueuePolicy').PolicyDocument as { Statement: object[] };
      const Condition = { StringEquals: { 'aws:SourceAccount': '222222222222' } };
      Statement.push({
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: 'sqs:Receive*',
        Resource: '*',
        Condition,
      });
    });
    const { verdict } = await asked(weak, 'readers');
    expect(verdict).toContain('cloudwatch.amazonaws.com may read.');
    expect(verdict).not.toContain('no policy lets it read');
  });
});

describe('model', () => {
  test('names the fields with what they are made of, and no identifier of the samples among them', async () => {
    const answer = await asked(folder, 'model');
    const fields = new Map(
      rows(answer, /Fields/).map(([field = '', whose = '', from = '', by = '', example = '']) => [field, { whose, from, by, example }]),
    );
    expect(fields.get('control')).toMatchObject({ from: 'Compliance.SecurityControlId, compliance.control', example: 'S3.2' });
    expect(fields.get('resourceTypes')?.from).toBe('Resources[].Type, resources[].type');
    for (const { from } of fields.values()) expect(from).not.toMatch(/AwsAccountId|Resources\[\]\.Id|cloud\.account|ipAddress/);
    const free = [...fields].filter(([, { whose }]) => whose.startsWith('FREE TEXT'));
    expect(free.map(([field, { whose }]) => [field, whose])).toEqual([
      ['title', 'FREE TEXT of aws/securityhub, aws/securityhub-exposure'],
      ['description', 'FREE TEXT of aws/securityhub'],
    ]);
    expect(fields.get('parameters')).toMatchObject({
      whose: expect.stringMatching(/^a name of a fixed form/),
      example: '{"maxAccessKeyAge":"90"}',
    });
    expect(fields.get('statusReasons')?.whose).toBe('a name of a fixed form, as aws/securityhub writes it; no sentence');
    expect(fields.get('phrase')?.whose).toMatch(/phrasebook; none of yours/);
    expect(answer.verdict).toContain('gets through in title and description alone, as aws/securityhub, aws/securityhub-exposure wrote it.');
    expect(answer.verdict).toMatch(/none stood in a question/);
    expect(rows(answer, /Who may ask/).map(([right]) => right)).toEqual([
      'Deliver · InvokeProfile',
      'Deliver · InvokeModelThroughProfile',
      'Deliver · InvokeProfile2',
      'Deliver · InvokeModelThroughProfile2',
    ]);
    expect(answer.fine).toBe(true);
  });

  test('tells the values that stand in a field from those that only decide it: no user’s name is sent', async () => {
    const fields = new Map(rows(await asked(folder, 'model'), /Fields/).map(([field, , from, by]) => [field, { from, by }]));
    expect(fields.get('cve')).toEqual({ from: 'Title, Vulnerabilities[].Id', by: 'Vulnerabilities[].ExploitAvailable' });
    expect(fields.get('exploitAvailable')?.from).toBe('Vulnerabilities[].ExploitAvailable');
    expect(fields.get('mfa')).toEqual({
      from: 'a word or number of the code’s own',
      by: 'Detection.Sequence.Actors[].Session.MfaStatus, Detection.Sequence.Actors[].User.Name',
    });
    expect(fields.get('principalKind')?.by).toContain('AwsIamAccessKey.PrincipalName');
    expect(fields.get('openPorts')).toMatchObject({ from: expect.stringMatching(/FromPort$/), by: expect.stringMatching(/, Title$/) });
    for (const { from } of fields.values()) expect(from).not.toMatch(/User\.Name|PrincipalName/);
  });

  test('names the sample findings by their files, as many as it counts', async () => {
    const answer = await asked(folder, 'model');
    const counted = Number(/as far as (\d+) sample findings/.exec(answer.verdict)?.[1]);
    const files = rows(answer, /^The \d+ sample findings/);
    expect(files.flatMap(([, titles = '']) => titles.split('; ')).length).toBe(counted);
    for (const [file = ''] of files) expect([file, existsSync(join(__dirname, '../../..', file))]).toEqual([file, true]);
    expect(files.map(([, titles]) => titles).join('; ')).not.toMatch(/(^|; )–(;|$)/);
  });

  test('counts the phrasebook’s entry apart, says how far the samples show, and of third parties what their ids are', async () => {
    const { verdict } = await asked(folder, 'model');
    expect(verdict).toMatch(/no more than the 54 fields of a finding below, .*, and the phrasebook’s entry on it\./);
    expect(verdict).toMatch(/as far as 33 sample findings show; 13 of the fields no sample has, and they were not tried\./);
    expect(verdict).toMatch(
      /Free text of third parties: none; of theirs the samples let through .*\bcheck\b.*, of which theirs come from closed lists, and product, which has a fixed form and holds no sentence\./,
    );
  });

  test('the judge is the second use, of the model’s own sentences and the same fields; switched off it is not asked', async () => {
    const answer = await asked(folder, 'model');
    expect(rows(answer, /For what the model is asked/)).toEqual([
      [
        'words on a finding',
        'the language of the answer; the fields below; AWS services that it may name; those that it may name in what to do',
      ],
      [expect.stringMatching(/^the same once more/), expect.stringMatching(/own answer; which of these are withheld, and why$/)],
      [expect.stringMatching(/^a verdict/), 'the fields below; the sentences of its own answer'],
    ]);
    expect(answer.verdict).toContain('as the judge of them (what it rejects is not shown)');
    const unjudged = await asked(
      reconfigured(folder, ({ settings }) => {
        settings.model.judge = 'off';
      }),
      'model',
    );
    expect([rows(unjudged, /For what the model is asked/).length, /judge/.test(unjudged.verdict)]).toEqual([2, false]);
  });

  test('switched off, it has seen nothing', async () => {
    const quiet = synthesized({ model: { ...config.settings.model, enabled: false } });
    const answer = await asked(quiet, 'model');
    expect(answer).toMatchObject({ verdict: expect.stringMatching(/^Nothing/), tables: [] });
  });
});
