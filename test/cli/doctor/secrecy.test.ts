/**
 * No secret is ever shown, and nothing that a stranger wrote is obeyed by the terminal.
 * @proves secrets
 */
import { type Clinic, openClinic } from './doctor';
import { TOKEN, type World } from './world';

let clinic: Clinic;
beforeAll(async () => {
  clinic = await openClinic();
});
afterAll(() => clinic.close());
beforeEach(() => clinic.reset());

const SEEDED = /SEEDED/;
const TOKEN_SECRET = 'security-hub-interpreter/slack-bot-token';
const WEBHOOK_SECRET = 'security-hub-interpreter/sandbox-webhook';

const situations: [name: string, breaks: (world: World) => void][] = [
  ['all is well', () => {}],
  ['the token is refused by a Slack that repeats it', (world) => Object.assign(world.slack, { token: 'xoxb-another' })],
  ['the secret is JSON', (world) => world.secrets.set(TOKEN_SECRET, JSON.stringify({ token: TOKEN, signing: 'SEEDEDSIGNING4711' }))],
  ['the secret is JSON under another key', (world) => world.secrets.set(TOKEN_SECRET, JSON.stringify({ bot: 'SEEDEDBOT4711' }))],
  ['the secret is something else', (world) => world.secrets.set(TOKEN_SECRET, 'SEEDEDPASSWORD4711')],
  ['the webhook is of another site', (world) => world.secrets.set(WEBHOOK_SECRET, 'https://hooks.example.com/services/SEEDED4711')],
  ['the webhook is no address', (world) => world.secrets.set(WEBHOOK_SECRET, 'SEEDEDWEBHOOK 4711')],
  [
    'AWS repeats the token in an error',
    (world) => {
      world.trouble = (action) =>
        action === 'sqs:GetQueueAttributes' ? { code: 'Odd', message: `what is ${TOKEN}?`, status: 400 } : undefined;
    },
  ],
  [
    'AWS repeats a secret that looks like nothing in particular',
    (world) => {
      world.secrets.set(TOKEN_SECRET, JSON.stringify({ token: 'SEEDEDPLAIN4711', signing: 'SEEDED "quoted" 4711' }));
      const message = 'SEEDEDPLAIN4711 and SEEDED "quoted" 4711';
      world.trouble = (action) => (action === 'sqs:GetQueueAttributes' ? { code: 'Odd', message, status: 400 } : undefined);
    },
  ],
  [
    'Slack repeats the token as its error',
    (world) => {
      world.trouble = (action) =>
        action === 'slack:conversations.info' ? { code: `no ${TOKEN} ${encodeURIComponent(TOKEN)}`, message: '', status: 200 } : undefined;
    },
  ],
];

test.each(situations)('no secret is shown when %s', async (_name, breaks) => {
  breaks(clinic.world);
  for (const argv of [[], ['--json']]) {
    const { out, err } = await clinic.run(argv);
    expect(out).toMatch(/slack-bot-token/);
    expect(out).not.toMatch(SEEDED);
    expect(err).not.toMatch(SEEDED);
  }
});

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not be there.
const OBEYED = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;

test('an error that holds escape sequences is shown as letters', async () => {
  const message = 'evil \u001b]0;owned\u0007\u001b[2J\u202Egnp.exe';
  clinic.world.trouble = (action) => (action === 'sqs:GetQueueAttributes' ? { code: 'Odd', message, status: 400 } : undefined);
  const { out } = await clinic.run([]);
  expect(out).toContain('evil');
  expect(out).not.toMatch(OBEYED);
});

test('an account whose name holds escape sequences is shown as letters', async () => {
  const account = clinic.world.tree.accounts.get('999999999999');
  if (!account) throw new Error('no such account');
  account.name = 'evil\u001b]0;owned\u0007\u001b[2J\u202Egnp.exe\nSecond line';
  clinic.world.hubs.get('us-east-1')?.members.delete('999999999999');
  const { out } = await clinic.run([]);
  expect(out).toContain('evil');
  expect(out).not.toMatch(OBEYED);
});
