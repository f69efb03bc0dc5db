/**
 * The bundles with marked secrets, whatever fails: the mark is in no log line, row, queue, dead letter, message, transcript, kept state or environment.
 * @proves secrets
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import type { CloudOptions } from '../../local/cloud-types';
import { filesBelow, readInputs } from '../../cli/run/inputs';
import { GOVCLOUD } from '../config/example';
import { faultOn } from '../local/fault-plans';
import { cleanUp, deadLetters, deployed, posts, prepareFrom, type Running } from '../e2e/deployment';
import { control } from '../world/events';
import { HOUR, START } from '../world/world';
import { MARK, marksIn } from './marks';

const TOKEN_SECRET = 'security-hub-interpreter/slack-bot-token';
const WEBHOOK_SECRET = 'security-hub-interpreter/platform-webhook';
const TOKEN = `xoxb-2718281828-${MARK}`;

beforeAll(() => prepareFrom(GOVCLOUD), 60_000);
afterAll(cleanUp);

/** Everything that a run leaves, by where. */
async function output(cloud: Running, transcript: unknown[], stateDir: string): Promise<Record<string, string>> {
  const { tableName, client } = cloud.ledger;
  const { Items: rows } = await client.send(new ScanCommand({ TableName: tableName }));
  const queues = Object.fromEntries([...cloud.queues].map(([name, queue]) => [`queue ${name}`, JSON.stringify(queue.messages())]));
  const kept = {
    logs: JSON.stringify(cloud.logs),
    rows: JSON.stringify(rows),
    ...queues,
    'dead letters': JSON.stringify(deadLetters(cloud)),
    'Slack messages': JSON.stringify([...cloud.slack.channels()]),
    'Security Hub': JSON.stringify([cloud.securityHub.findings.asff(), cloud.securityHub.findings.ocsf()]),
    transcript: JSON.stringify(transcript),
    environments: JSON.stringify(cloud.template.functions.map(({ environment }) => environment)),
  };
  await cloud.close();
  return { ...kept, ...filesIn(stateDir) };
}

function filesIn(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true }).map(String);
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return Object.fromEntries(files.map((name) => [`state ${name}`, readFileSync(join(folder, name), 'latin1')]));
}

interface Situation {
  faults?: CloudOptions['faults'];
  /** Over the sound ones, by name; LOCAL is the address of the local Slack. */
  secrets?: Record<string, string>;
  /** What shows that it was met. */
  met(left: Record<string, string>, cloud: Running): void;
}

/** Of three accounts: one is told by the webhook, two in channels. */
const FINDINGS = ['04-', '08-', '11-'].flatMap((number) => filesBelow(['cli/demo/findings']).filter((file) => file.includes(`/${number}`)));
const told = (_left: unknown, cloud: Running) => expect(posts(cloud).length).toBeGreaterThan(2);
const logged = (words: RegExp) => (left: Record<string, string>) => expect([words, words.test(left.logs ?? '')]).toEqual([words, true]);
/** As no service should answer, and one might. */
const repeats = { message: `what is ${TOKEN}? ${encodeURIComponent(TOKEN)} ${Buffer.from(TOKEN).toString('base64')}` };

const SITUATIONS: Record<string, Situation> = {
  'all is well': { met: told },
  'the token is in JSON, with more secrets': {
    secrets: { [TOKEN_SECRET]: JSON.stringify({ token: TOKEN, signing: `${MARK} "quoted" signing` }) },
    met: told,
  },
  'the secret is broken JSON': { secrets: { [TOKEN_SECRET]: `{"token": "${TOKEN}"` }, met: logged(/holds no Slack bot token/) },
  'the secret is JSON under another key': {
    secrets: { [TOKEN_SECRET]: JSON.stringify({ bot: TOKEN }) },
    met: logged(/holds no Slack bot token/),
  },
  'the token has a line in it, which no header takes': {
    secrets: { [TOKEN_SECRET]: `${TOKEN}\n${MARK}` },
    met: (_left, cloud) => expect(posts(cloud).filter(({ channel }) => channel.startsWith('C'))).toEqual([]),
  },
  'the token has letters in it that no header takes': {
    secrets: { [TOKEN_SECRET]: `${TOKEN}秘密` },
    met: (_left, cloud) => expect(posts(cloud).filter(({ channel }) => channel.startsWith('C'))).toEqual([]),
  },
  'Slack refuses the token': { faults: faultOn({ service: 'slack' }, { slackError: 'invalid_auth' }), met: logged(/invalid_auth/) },
  'Slack repeats the token as its error': {
    faults: faultOn({ service: 'slack' }, { slackError: `no ${TOKEN}` }),
    met: logged(/Slack answered/),
  },
  'Slack is away and repeats the token': {
    faults: faultOn({ service: 'slack' }, { awsError: `ServiceUnavailable ${TOKEN}`, status: 503, ...repeats }),
    met: logged(/Slack answered HTTP 503/),
  },
  'Slack answers nonsense': { faults: faultOn({ service: 'slack' }, 'nonsense'), met: logged(/cannot be read|outcome/) },
  'nobody knows what became of the posts: dead letters': {
    faults: faultOn({ service: 'slack' }, 'reset-before'),
    met: (left) => expect(JSON.parse(left['dead letters'] ?? '[]').length).toBeGreaterThan(0),
  },
  'Secrets Manager repeats a secret in its error': {
    faults: faultOn({ service: 'secretsmanager' }, { awsError: 'OddException', ...repeats }),
    met: logged(/cannot be read/),
  },
  'every service fails now and then, and repeats a secret': {
    // In bouts, or in an unlucky order no call for the token ever comes to its turn.
    faults: ({ number, service }) =>
      service !== 'slack' && number % 5 === 0 && number % 100 < 50 ? { awsError: 'ValidationException', ...repeats } : undefined,
    met: logged(/ValidationException/),
  },
  'the webhook is of another site': {
    secrets: { [WEBHOOK_SECRET]: `https://hooks.example.com/services/T0/B0/${MARK}` },
    met: logged(/does not hold the address of an incoming webhook/),
  },
  'the webhook is no address': {
    secrets: { [WEBHOOK_SECRET]: `not ${MARK}` },
    met: logged(/does not hold the address of an incoming webhook/),
  },
  'the webhook repeats its address as its error': {
    faults: faultOn({ service: 'slack', operation: 'webhook' }, { awsError: `no_service ${TOKEN}`, status: 404 }),
    met: logged(/Slack answered HTTP 404/),
  },
};

test.each(Object.entries(SITUATIONS))(
  '%s',
  async (_name, { faults, secrets = {}, met }) => {
    const stateDir = mkdtempSync(join(tmpdir(), 'marked-'));
    const transcript: unknown[] = [];
    const cloud = await deployed({
      slackToken: TOKEN,
      secrets: { [TOKEN_SECRET]: TOKEN },
      // A webhook is called without a sign of who calls.
      faults: (call) => (call.functionName === undefined && call.operation !== 'webhook' ? undefined : faults?.(call)),
      functionTimeoutMs: undefined,
      // What the stand-in for Slack answers is this test's own fault; what the files of `replay` keep of it, commands.slow.test.ts looks at.
      transcript: ({ request }) => transcript.push(request),
      stateDir,
    });
    try {
      const local = cloud.url('slack');
      cloud.secrets.set(WEBHOOK_SECRET, `${local}/services/${encodeURIComponent(WEBHOOK_SECRET)}?${MARK}`);
      for (const [name, value] of Object.entries(secrets)) cloud.secrets.set(name, value.replace('LOCAL', local));
      for (const { event } of FINDINGS.flatMap(readInputs)) if (event) cloud.putEvent(event);
      cloud.putEvent(control({ time: START }) as Record<string, unknown>);
      await cloud.drain({ until: START + HOUR });
      expect(cloud.calls('secretsmanager')).toBeGreaterThan(0);
      const left = await output(cloud, transcript, stateDir);
      met(left, cloud);
      expect(Object.entries(left).flatMap(([where, text]) => marksIn(text).map((form) => `${where}: ${form}`))).toEqual([]);
    } finally {
      await cloud.close();
      rmSync(stateDir, { recursive: true, force: true });
    }
  },
  120_000,
);
