/** Since when an alarm rings, who hears the alarms, where topics are of others, and what is never shown of whoever hears them. */
import { type Clinic, openClinic } from './doctor';
import { ALARM_TOPIC } from './world';

const OF_OTHERS = 'arn:aws:sns:ap-northeast-1:333333333333:central-alarms';
const OF_OURS = 'arn:aws:sns:ap-northeast-1:222222222222:security-alarms';

let clinic: Clinic;
beforeAll(async () => {
  clinic = await openClinic();
});
afterAll(() => clinic.close());
beforeEach(() => clinic.reset());

const ringAt = (...topics: string[]) => {
  for (const alarm of clinic.world.alarms) alarm.tells = topics;
};
const subscribers = async () => (await clinic.examine()).checks.find(({ id }) => id === 'system.alarm-subscribers');
/** SNS says it of topics too that are not there, to whoever may not look. */
const deniedThere = () => {
  clinic.world.trouble = (action) =>
    action === 'sns:ListSubscriptionsByTopic'
      ? { code: 'AuthorizationError', message: 'not authorized to perform', status: 403 }
      : undefined;
};

test('an alarm that rings says since when', async () => {
  const since = '2026-11-21T08:50:12.345Z';
  Object.assign(clinic.world.alarms[0] ?? {}, { state: 'ALARM', since });
  const { checks } = await clinic.examine();
  expect(checks.find(({ id }) => id === 'system.alarms')?.items).toMatchObject([{ alarm: 'findings-dead-letters', state: 'ALARM', since }]);
});

test('a topic of another account that does not let this one look is no finding, and is named', async () => {
  ringAt(OF_OTHERS);
  deniedThere();
  expect(await subscribers()).toMatchObject({
    verdict: 'skipped',
    found: `${OF_OTHERS} is another account’s and does not say who is subscribed`,
  });
});

test('beside a topic that is heard, it is named as well', async () => {
  ringAt(ALARM_TOPIC, OF_OTHERS);
  clinic.world.topics.set(OF_OTHERS, []);
  expect(await subscribers()).toMatchObject({ verdict: 'warn', found: '1 subscriber of the alarms hears nothing: nobody is subscribed' });
});

test('an own topic that may not be looked at is unknown', async () => {
  deniedThere();
  expect(await subscribers()).toMatchObject({
    verdict: 'unknown',
    remedies: [{ say: expect.stringMatching(/^Allow sns:ListSubscriptionsByTopic to the role/) }],
  });
});

test('alarms.emails are looked for in the stack’s own topic alone', async () => {
  clinic.configure(({ settings }) => ({
    settings: settings.replace('emails: [security-alarms@example.com]', `emails: [Security-Alarms@example.com]\n  topicArn: ${OF_OURS}`),
  }));
  ringAt(OF_OURS, ALARM_TOPIC);
  clinic.world.topics.set(OF_OURS, [{ protocol: 'sqs', endpoint: 'arn:aws:sqs:ap-northeast-1:222222222222:alarms', arn: `${OF_OURS}:1` }]);
  expect(await subscribers()).toMatchObject({ verdict: 'pass', found: '2 subscribers, confirmed' });
  const { out } = await clinic.run(['--policy']);
  const { Statement } = JSON.parse(out) as { Statement: { Sid: string; Resource: string[] }[] };
  expect(Statement.find(({ Sid }) => Sid === 'ReadSubscribers')?.Resource).toEqual([
    'arn:aws:sns:ap-northeast-1:222222222222:SecurityHubInterpreter-*',
    OF_OURS,
  ]);
});

test('of a URL the key is not shown, and of a telephone not its number', async () => {
  clinic.world.topics.set(ALARM_TOPIC, [
    { protocol: 'email', endpoint: 'security-alarms@example.com', arn: `${ALARM_TOPIC}:1` },
    { protocol: 'https', endpoint: 'https://events.example.com/integration/SEEDEDKEY4711/enqueue', arn: 'PendingConfirmation' },
    { protocol: 'sms', endpoint: '+815012345678', arn: 'PendingConfirmation' },
  ]);
  const { out } = await clinic.run(['--json']);
  expect(out).toContain('https://events.example.com/…');
  expect(out).not.toMatch(/SEEDEDKEY4711|12345678/);
});
