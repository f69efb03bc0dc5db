/** The second example, as deployed: another partition, another Slack, and a receiver that is an incoming webhook. */
import { GOVCLOUD } from '../config/example';
import { control } from '../world/events';
import { readable } from '../../cli/simulate/world/slack';
import { cleanUp, deadLetters, deployed, posts, prepareFrom, type Running } from './deployment';

const WEBHOOK = 'security-hub-interpreter/platform-webhook';
let cloud: Running;

beforeAll(async () => {
  await prepareFrom(GOVCLOUD);
  cloud = await deployed({ webhookSecrets: [WEBHOOK] });
}, 60_000);
afterAll(async () => {
  await cloud.close();
  cleanUp();
});

/** The same event, as it would come there. */
function inGovCloud(event: object): Record<string, unknown> {
  const text = JSON.stringify(event).replaceAll('arn:aws:', 'arn:aws-us-gov:').replaceAll('ap-northeast-1', 'us-gov-west-1');
  return JSON.parse(text) as Record<string, unknown>;
}

test('each finding comes to its receiver, the webhook among them, once, with words, and is marked NOTIFIED', async () => {
  for (const account of ['444444444444', '555555555555', '444444444444']) cloud.putEvent(inGovCloud(control({ account })));
  await cloud.drain();
  expect(deadLetters(cloud)).toEqual([]);
  expect(cloud.calls('slack', 'webhook')).toBe(1);
  expect(
    posts(cloud)
      .map(({ channel }) => channel)
      .sort(),
  ).toEqual(['C0PRODONC01', `webhook:${WEBHOOK}`]);
  const told = posts(cloud).find(({ channel }) => channel.startsWith('webhook:'));
  expect(readable(told ?? { blocks: [] })).toContain('AI-generated');
  expect(JSON.stringify(told?.blocks)).toContain('https://console.amazonaws-us-gov.com/securityhub/home?region=us-gov-west-1');
  expect(cloud.securityHub.findings.asff().map((finding) => (finding as { Workflow?: { Status?: string } }).Workflow?.Status)).toEqual([
    'NOTIFIED',
    'NOTIFIED',
  ]);
});
