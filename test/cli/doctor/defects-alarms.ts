/** What can be wrong with what tells people that this system fails. */
import type { Defect } from './defect';
import { ALARM_TOPIC, HUB_STACK, type World } from './world';

const alarm = (world: World, name: string) => {
  const found = world.alarms.find((each) => each.name === `${HUB_STACK}-${name}`);
  if (!found) throw new Error(`no alarm ${name}`);
  return found;
};
const subscribed = (world: World, ...subscribers: { protocol: string; endpoint: string; arn: string }[]) =>
  world.topics.set(ALARM_TOPIC, subscribers);
const MAIL = { protocol: 'email', endpoint: 'security-alarms@example.com' };

export const ALARM_DEFECTS: Defect[] = [
  {
    name: 'an alarm rings, on the second page',
    breaks: (world) => Object.assign(alarm(world, 'tick-stopped'), { state: 'ALARM', since: '2026-11-21T08:50:12.345Z' }),
    verdicts: { 'system.alarms': 'fail' },
    found: /^of 6 alarms 1 rings \(tick-stopped\)$/,
    remedy: /^tick-stopped: look at SecurityHubInterpreter-tick-stopped\. \(docs\/operations\.md, row tick-stopped\)/,
  },
  {
    name: 'more alarms ring than are spelled out',
    breaks: (world) => {
      for (const each of world.alarms.slice(0, 4)) each.state = 'ALARM';
    },
    verdicts: { 'system.alarms': 'fail' },
    found: /^of 6 alarms 4 ring \(findings-dead-letters, findings-waiting, deliveries-waiting, intake-errors\)$/,
    remedy: /deliveries-waiting: look at[\s\S]*docs\/operations\.md says of each of the others/,
  },
  {
    name: 'CloudWatch cannot judge an alarm yet',
    breaks: (world) => Object.assign(alarm(world, 'intake-errors'), { state: 'INSUFFICIENT_DATA' }),
    verdicts: { 'system.alarms': 'warn' },
    found: /^of 6 alarms 1 has no data yet \(intake-errors\)$/,
    remedy: /run the doctor again then/,
  },
  {
    name: 'the actions of an alarm are off',
    breaks: (world) => Object.assign(alarm(world, 'findings-waiting'), { actionsEnabled: false }),
    verdicts: { 'system.alarms': 'fail' },
    found: /^of 6 alarms 1 is turned off \(findings-waiting\)$/,
    remedy: /enable-alarm-actions --region ap-northeast-1 --alarm-names SecurityHubInterpreter-findings-waiting$/m,
  },
  {
    name: 'an alarm tells nobody',
    breaks: (world) => Object.assign(alarm(world, 'findings-waiting'), { tells: [] }),
    verdicts: { 'system.alarms': 'fail' },
    found: /^of 6 alarms 1 tells nobody \(findings-waiting\)$/,
    remedy: /name the topic again/,
  },
  {
    name: 'there are no alarms',
    breaks: (world) => world.alarms.splice(0),
    verdicts: { 'system.alarms': 'fail', 'system.alarm-subscribers': 'skipped' },
    found: /no alarm SecurityHubInterpreter-\* is there in ap-northeast-1/,
    remedy: /npx cdk deploy --all/,
  },
  {
    name: 'nobody has confirmed to be told of alarms',
    breaks: (world) => subscribed(world, { ...MAIL, arn: 'PendingConfirmation' }),
    verdicts: { 'system.alarm-subscribers': 'fail' },
    found: /^the alarms ring for nobody: not confirmed$/,
    remedy: new RegExp(
      `Subscription Confirmation[\\s\\S]*aws sns subscribe --region ap-northeast-1 --topic-arn ${ALARM_TOPIC} --protocol email --notification-endpoint security-alarms@example\\.com$`,
    ),
  },
  {
    name: 'whoever was told of alarms has unsubscribed',
    breaks: (world) => subscribed(world, { ...MAIL, arn: 'Deleted' }),
    verdicts: { 'system.alarm-subscribers': 'fail' },
    found: /^the alarms ring for nobody: in settings\.yaml, but not subscribed$/,
    remedy: /a deployment does not notice[\s\S]*--notification-endpoint security-alarms@example\.com$/,
  },
  {
    name: 'nobody is to be told of alarms',
    breaks: (world, clinic) => {
      subscribed(world);
      clinic.configure(({ settings }) => ({ settings: settings.replace('emails: [security-alarms@example.com]', 'emails: []') }));
    },
    verdicts: { 'system.alarm-subscribers': 'fail' },
    found: /^the alarms ring for nobody: nobody is subscribed$/,
    remedy: /Write alarms\.emails in settings\.yaml[\s\S]*--notification-endpoint <ADDRESS>$/,
  },
  {
    name: 'the last of a page of subscribers has not confirmed',
    breaks: (world) =>
      subscribed(
        world,
        ...Array.from({ length: 5 }, (_, index) => ({
          protocol: 'email',
          endpoint: `${index}@example.com`,
          arn: `${ALARM_TOPIC}:${index}`,
        })),
        { ...MAIL, arn: 'PendingConfirmation' },
      ),
    verdicts: { 'system.alarm-subscribers': 'warn' },
    found: /^1 subscriber of the alarms hears nothing: not confirmed$/,
    remedy: /Subscription Confirmation/,
  },
  {
    name: 'the topic of the alarms was deleted',
    breaks: (world) => world.topics.delete(ALARM_TOPIC),
    verdicts: { 'system.alarm-subscribers': 'fail' },
    found: /^the alarms ring for nobody: the topic does not exist$/,
    remedy: /alarms\.topicArn of settings\.yaml/,
  },
];
