/** Whether anybody hears the alarms: who is subscribed to the topics that they tell, and has confirmed it. */
import { check, counted, fail, type Item, pass, type Remedy, skipped, warn } from '../check';
import type { Context } from '../context';
import { CallFailure } from '../failure';
import type { Subscriber } from '../reads/alarms';

/** Why somebody does not hear, and what to do about it, in the order of the report. */
const WHY = {
  'not confirmed':
    'Whoever has not confirmed opens the link in the mail “AWS Notification - Subscription Confirmation”; SNS drops after 48 hours what nobody confirms. This sends the mail again:',
  'in settings.yaml, but not subscribed':
    'Deploy, where the address is new. Who unsubscribed by the link of a mail is gone, and a deployment does not notice: this subscribes them again, and each has to confirm it:',
  'nobody is subscribed': 'Write alarms.emails in settings.yaml and deploy, or subscribe somebody, who has to confirm it:',
  'the topic does not exist':
    'Name a topic that exists in alarms.topicArn of settings.yaml, or take it out, and deploy; where it is the stack’s own, somebody deleted it: compare the stack with what is there (CloudFormation, Detect drift).',
} as const;

interface Gap {
  topic: string;
  who: string;
  why: keyof typeof WHY;
  command?: string;
}

export const alarmSubscribers = check(
  { id: 'system.alarm-subscribers', group: 'This system', title: 'Alarms heard', needs: ['system.stack'] },
  async (context) => {
    const topics = [...new Set((await context.alarms.all()).flatMap(({ tells }) => tells))].filter((arn) => arn.split(':')[2] === 'sns');
    if (topics.length === 0) return skipped('no alarm names a topic');
    const asked = await Promise.all(topics.map(async (topic) => ({ topic, answer: await subscribersOf(topic, context) })));
    const hidden = asked.filter(({ answer }) => answer === 'hidden').map(({ topic }) => topic);
    const confirmed = asked.flatMap(({ answer }) => (typeof answer === 'string' ? [] : answer.filter(isConfirmed))).length;
    const gaps = asked.flatMap(({ topic, answer }) => (answer === 'hidden' ? [] : gapsOf(topic, answer, context)));

    const note = hidden.length === 0 ? '' : `${hidden.join(', ')} is another account’s and does not say who is subscribed`;
    if (gaps.length === 0 && confirmed === 0) return skipped(note);
    if (gaps.length === 0) return pass([`${counted(confirmed, 'subscriber')}, confirmed`, note].filter(Boolean).join('; '));
    const items = gaps.map(({ topic, who, why }): Item => ({ line: `${who}  ${why}  ${topic}`, data: { topic, subscriber: who, why } }));
    const remedies = Object.entries(WHY).flatMap(([why, say]): Remedy[] => {
      const those = gaps.filter((gap) => gap.why === why);
      return those.length === 0 ? [] : [{ say, command: those.flatMap(({ command }) => command ?? []).join('\n') }];
    });
    const whys = [...new Set(gaps.map(({ why }) => why))].join(', ');
    if (confirmed === 0 && hidden.length === 0) return fail(`the alarms ring for nobody: ${whys}`, remedies, items);
    const others = [`${counted(gaps.length, 'subscriber')} of the alarms ${gaps.length === 1 ? 'hears' : 'hear'} nothing: ${whys}`, note];
    return warn(others.filter(Boolean).join('; '), remedies, items);
  },
);

/** `hidden`: it is another account's, and this one may not look. */
async function subscribersOf(topic: string, { alarms, config }: Context): Promise<Subscriber[] | 'gone' | 'hidden'> {
  try {
    return await alarms.subscribers(topic);
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error;
    if (/^NotFound/.test(error.code)) return 'gone';
    if (error.kind === 'denied' && topic.split(':')[4] !== config.settings.organization.securityAccount) return 'hidden';
    throw error;
  }
}

function gapsOf(topic: string, subscribers: Subscriber[] | 'gone', { config }: Context): Gap[] {
  if (subscribers === 'gone') return [{ topic, who: '–', why: 'the topic does not exist' }];
  const { regions, alarms, organization } = config.settings;
  const own = topic !== alarms.topicArn && topic.split(':')[4] === organization.securityAccount;
  const subscribe = (email: string) =>
    `aws sns subscribe --region ${regions.home} --topic-arn ${topic} --protocol email --notification-endpoint ${email}`;
  const there = subscribers.filter(({ standing }) => standing !== 'gone');
  const missing = (own ? alarms.emails : []).filter(
    (email) => !there.some(({ endpoint }) => endpoint.toLowerCase() === email.toLowerCase()),
  );
  const gaps = [
    ...there
      .filter(({ standing }) => standing === 'pending')
      .map(
        ({ protocol, endpoint }): Gap => ({
          topic,
          who: shown(protocol, endpoint),
          why: 'not confirmed',
          ...(protocol === 'email' ? { command: subscribe(endpoint) } : {}),
        }),
      ),
    ...missing.map((who): Gap => ({ topic, who, why: 'in settings.yaml, but not subscribed', command: subscribe(who) })),
  ];
  if (there.length > 0 || gaps.length > 0) return gaps;
  return [{ topic, who: '–', why: 'nobody is subscribed', command: subscribe('<ADDRESS>') }];
}

function isConfirmed({ standing }: Subscriber): boolean {
  return standing === 'confirmed';
}

/** A URL may hold a key, and a number is a person's: of those only what they are. */
function shown(protocol: string, endpoint: string): string {
  if (protocol.startsWith('email') || endpoint.startsWith('arn:')) return endpoint;
  return URL.canParse(endpoint) ? `${protocol}://${new URL(endpoint).host}/…` : protocol;
}
