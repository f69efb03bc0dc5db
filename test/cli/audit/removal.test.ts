/** How it is removed: in which order, what stays, and what deletes that. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asked, changed, HUB, rows, synthesized, type Template } from './scenario';

let folder: string;
beforeAll(() => {
  folder = synthesized();
});

describe('removal', () => {
  test('each stack that is deployed by itself is unlocked and deleted, in each of its Regions', async () => {
    const commands = rows(await asked(folder, 'removal'), /Commands/);
    const deleted = commands.filter(([, command]) => command?.startsWith('aws cloudformation delete-stack'));
    expect(deleted.map(([where, command = '']) => [where, command.slice('aws cloudformation delete-stack '.length)])).toEqual([
      ['security (222222222222)', '--region ap-northeast-1 --stack-name SecurityHubInterpreter'],
      ...['ap-northeast-1', 'eu-west-1', 'us-east-1'].map((region) => [
        'management (111111111111)',
        `--region ${region} --stack-name SecurityHubInterpreterManagement`,
      ]),
    ]);
    const unlocked = commands.filter(([, command]) => command?.includes('--no-enable-termination-protection'));
    expect(unlocked.length).toBe(deleted.length);
  });

  test('before that the rules that bring findings are disabled, and the queues that go with the stack are waited for', async () => {
    const answer = await asked(folder, 'removal');
    const commands = rows(answer, /Commands/).map(([, command = '']) => command);
    const { Resources } = JSON.parse(readFileSync(join(folder, HUB), 'utf8')) as Template;
    const idsIn = (command: RegExp) => {
      const index = commands.findIndex((each) => command.test(each));
      return { index, ids: /^for id in ([^;]+);/.exec(commands[index] ?? '')?.[1]?.split(' ') ?? [] };
    };
    const disabled = idsIn(/aws events disable-rule /);
    const waited = idsIn(/aws sqs get-queue-attributes /);
    const patterns = Object.entries(Resources).filter(
      ([, { Type, Properties }]) =>
        Type === 'AWS::Events::Rule' && JSON.stringify(Properties.EventPattern ?? '').includes('"aws.securityhub"'),
    );
    expect(patterns.length).toBeGreaterThan(3);
    expect(disabled.ids).toEqual(patterns.map(([id]) => id));
    expect(waited.ids.map((id) => [Resources[id]?.Type, Resources[id]?.DeletionPolicy])).toEqual([
      ['AWS::SQS::Queue', 'Delete'],
      ['AWS::SQS::Queue', 'Delete'],
    ]);
    expect(answer.verdict).toContain('What lies in Queues/Findings, Queues/Deliveries goes with the stack untold');
    const order = [
      disabled.index,
      waited.index,
      ...[/dynamodb query .*":due"/, /redrive/, /delete-stack/].map((each) => idsIn(each).index),
    ];
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order).not.toContain(-1);
  });

  test('what stays: what is in it ends by its term, it itself does not', async () => {
    const answer = await asked(folder, 'removal');
    const stays = rows(answer, /What stays/);
    const ledger = stays.find(([name]) => name === 'Ledger/Table');
    expect(ledger?.[1]).toBe('AWS::DynamoDB::Table');
    expect(ledger?.[4]).toMatch(
      /by hand; its deletion protection has to be taken off first; then DynamoDB keeps a backup of it for 35 days/,
    );
    expect(stays.filter(([, type]) => type === 'AWS::SQS::Queue').map(([name, , , term, itself]) => [name, term, itself])).toEqual(
      expect.arrayContaining([['Enroll/DeadLetters', '14 days', 'until it is deleted by hand']]),
    );
    expect(stays.some(([name]) => name === 'Queues/Findings')).toBe(false);
    expect(ledger?.[5]).toMatch(/update-table --no-deletion-protection-enabled .* && .* delete-table/);
    expect(stays.filter((row) => row[5] === 'see its service')).toEqual([]);
    const delegation = stays.find(([name]) => name === 'DelegatedAdmin');
    expect(delegation?.[2]).toBe('management, ap-northeast-1, eu-west-1, us-east-1');
    const ended = delegation?.[5]?.match(/disable-organization-admin-account --region (\S+) --admin-account-id 222222222222/g);
    expect(ended?.map((each) => each.split(' ')[2])).toEqual(['ap-northeast-1', 'eu-west-1', 'us-east-1']);
    expect(answer.verdict).toContain('they themselves stay until somebody deletes them');
  });

  test('what is protected against deletion, and what is not, with where that is read', async () => {
    const is = async (assembly: string) =>
      rows(await asked(assembly, 'removal'), /protected against deletion/).map((row) => row.join(' · '));
    const first = await is(folder);
    expect(first[0]).toBe('SecurityHubInterpreter, ap-northeast-1 · protected · terminationProtection in manifest.json of the synth');
    expect(first.at(-1)).toBe('Ledger/Table · protected · DeletionProtectionEnabled');
    const unlocked = changed(folder, ({ Resources }) => {
      for (const { Type, Properties } of Object.values(Resources))
        if (Type === 'AWS::DynamoDB::Table') Properties.DeletionProtectionEnabled = false;
    });
    const manifest = join(unlocked, 'manifest.json');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replaceAll('"terminationProtection": true', '"terminationProtection": false'));
    const then = await is(unlocked);
    expect([then[0], then.at(-1)]).toEqual([
      'SecurityHubInterpreter, ap-northeast-1 · NOT protected · terminationProtection in manifest.json of the synth',
      'Ledger/Table · NOT protected · DeletionProtectionEnabled',
    ]);
  });

  test('of every stack whose protection the commands take off, in each Region, the table says that it is protected', async () => {
    const of = async (assembly: string) => {
      const answer = await asked(assembly, 'removal');
      const unlocked = rows(answer, /Commands/).flatMap(([, command = '']) => {
        const [, region, name] = /update-termination-protection .* --region (\S+) --stack-name (\S+)$/.exec(command) ?? [];
        return region === undefined ? [] : [`${name}, ${region}`];
      });
      const stacks = rows(answer, /protected against deletion/).filter(([, , by]) => by?.startsWith('terminationProtection'));
      return { unlocked, locked: stacks.filter(([, so]) => so === 'protected').map(([what]) => what), all: stacks.length };
    };
    const first = await of(folder);
    expect(first.locked).toEqual(first.unlocked);
    expect(first.locked).toHaveLength(4);
    // The Regions of the management account are alike but for this.
    const one = changed(folder, () => undefined);
    const manifest = join(one, 'management', 'manifest.json');
    const parsed = JSON.parse(readFileSync(manifest, 'utf8')) as { artifacts: Record<string, { properties?: Record<string, unknown> }> };
    Object.assign(parsed.artifacts['SecurityHubInterpreterManagement-us-east-1']?.properties ?? {}, { terminationProtection: false });
    writeFileSync(manifest, JSON.stringify(parsed));
    const then = await of(one);
    expect(then).toEqual({ ...first, unlocked: then.locked, locked: first.locked.filter((name) => !name?.endsWith('us-east-1')) });
  });

  test('versions go with their functions, and stay where these do', async () => {
    const versions = async (of: string) =>
      rows(await asked(of, 'removal'), /What stays/).filter(([, type]) => type === 'AWS::Lambda::Version');
    expect(await versions(folder)).toEqual([]);
    expect((await asked(folder, 'removal')).verdict).toContain('4 versions of functions are marked so too, and go with their functions');
    const kept = changed(folder, ({ Resources }) => {
      for (const [id, resource] of Object.entries(Resources)) if (id.startsWith('DeliverFunction3')) resource.DeletionPolicy = 'Retain';
    });
    expect((await versions(kept)).map(([name]) => name)).toEqual(['Deliver/Function/CurrentVersion']);
  });

  test('the stacks of members go with their StackSet, unless that stays', async () => {
    expect((await asked(folder, 'removal')).verdict).toContain('the stacks of members go with their StackSet');
    const kept = changed(folder, ({ Resources }) => {
      for (const resource of Object.values(Resources))
        if (resource.Type === 'AWS::CloudFormation::StackSet') resource.DeletionPolicy = 'Retain';
    });
    expect((await asked(kept, 'removal')).verdict).not.toContain('go with their StackSet');
  });

  test('what no stack holds is named: secret, app, messages, mails, and what was written into Security Hub', async () => {
    const outside = async (of: string) => rows(await asked(of, 'removal'), /no stack holds/).map(([what]) => what);
    const marks =
      /^in Security Hub, of findings that were told: workflow status NOTIFIED, status In Progress \(OCSF\), notes .*Told in Slack:/;
    expect(await outside(folder)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(marks),
        'in Slack, the messages to 6 receivers',
        'mails of alarms, where security-alarms@example.com has them',
        ...['the secret security-hub-interpreter/slack-bot-token', 'the Slack app'],
      ]),
    );
    const without = synthesized({ writeBack: false });
    expect((await outside(without)).filter((what) => what?.startsWith('in Security Hub'))).toEqual([]);
    const verdicts = await Promise.all([folder, without].map(async (of) => (await asked(of, 'removal')).verdict));
    expect(verdicts.map((verdict) => verdict.includes('marks and notes in Security Hub'))).toEqual([true, false]);
  });
});
