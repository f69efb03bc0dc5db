/**
 * Each Security Hub has a copy of a finding, with a status of its own: what a person ends in one stays open in the other, and GuardDuty
 * closes neither. The message says so.
 */
import { readable } from '../../cli/simulate/world/slack';
import { eventOf, threat, threatFinding } from './events';
import { only } from './only';
import { HOUR, MINUTE, START, World } from './world';

const TYPE = 'UnauthorizedAccess:EC2-SSHBruteForce';
const at = (time: number) => ({ updatedAt: START + time, time: START + time });

/** https://docs.aws.amazon.com/securityhub/latest/userguide/ocsf-findings.html: a Detection Finding of GuardDuty. */
function ocsf(status: string, time = 0, instance = 'i-0aaaaaaaaaaaaaaaa', id = instance): object {
  const finding = {
    class_uid: 2004,
    cloud: { account: { uid: '555555555555' }, region: 'ap-northeast-1', provider: 'AWS' },
    finding_info: { uid: `g-${id}`, title: 'SSH brute force', types: ['Threats', TYPE], modified_time: START + time },
    metadata: { uid: `m-${id}`, product: { uid: 'arn:aws:securityhub:ap-northeast-1::productv2/aws/guardduty' } },
    resources: [{ uid: `arn:aws:ec2:ap-northeast-1:555555555555:instance/${instance}`, type: 'AWS::EC2::Instance' }],
    severity: 'High',
    status,
    time: START + time,
  };
  return eventOf('ocsf', finding, { time: START + time });
}

const post = (world: World) => readable(only(world.slack.posts)).replace(/\s+/g, ' ');
const CSPM_CLOSED = 'closed in Security Hub CSPM, still open in the new Security Hub';
const NEW_CLOSED = 'closed in the new Security Hub, still open in Security Hub CSPM';

test.each<[string, object, string]>([
  ['resolved in Security Hub CSPM', threat({ workflow: 'RESOLVED', ...at(HOUR) }), CSPM_CLOSED],
  ['suppressed in Security Hub CSPM', threat({ workflow: 'SUPPRESSED', ...at(HOUR) }), CSPM_CLOSED],
  ['resolved in the new one', ocsf('Resolved', HOUR), NEW_CLOSED],
])('a threat of both that is %s is open, and its message says where', async (_what, ending, said) => {
  const world = new World();
  world.send(threat());
  world.send(ocsf('New'));
  await world.run(START + 30 * MINUTE);
  expect(post(world)).not.toContain('still open');
  world.send(ending, 30 * MINUTE);
  await world.run();
  expect(post(world)).toMatch(/^🟠 HIGH/);
  expect(post(world)).toContain('1 open');
  expect(post(world)).toContain(said);
  expect(world.slack.replies).toEqual([]);
});

test('once it is ended in both it is closed, and nothing of that is said any more', async () => {
  const world = new World();
  world.send(threat());
  world.send(ocsf('New'));
  world.send(threat({ workflow: 'RESOLVED', ...at(HOUR) }), HOUR);
  world.send(ocsf('Resolved', 3 * HOUR), 3 * HOUR);
  await world.run();
  expect(post(world)).toMatch(/^👤 SET TO RESOLVED/);
  expect(post(world)).not.toContain('still open');
});

test('of several resources it is said of the one', async () => {
  const world = new World();
  const [one, other] = ['i-0aaaaaaaaaaaaaaaa', 'i-0bbbbbbbbbbbbbbbb'];
  for (const instance of [one, other]) {
    world.send(threat({ instance }));
    world.send(ocsf('New', 0, instance));
  }
  world.send(threat({ instance: one, workflow: 'RESOLVED', ...at(HOUR) }), HOUR);
  await world.run();
  expect(post(world).split(CSPM_CLOSED)).toHaveLength(2);
  expect(post(world)).toContain(`${one} ${CSPM_CLOSED}`);
});

test.each<[string, object[], object]>([
  [
    'another threat, open in both',
    [
      threat(),
      eventOf('asff', { ...threatFinding(), Id: 'arn:aws:guardduty:ap-northeast-1:555555555555:detector/d1/finding/2' }),
      ocsf('New'),
    ],
    threat({ workflow: 'RESOLVED', ...at(HOUR) }),
  ],
  [
    'another threat, open in both, of which the new one closed the first',
    [threat(), ocsf('New'), ocsf('New', 0, undefined, 'second')],
    ocsf('Resolved', HOUR),
  ],
  [
    'two findings of one Security Hub',
    [threat(), eventOf('asff', { ...threatFinding(), Id: 'arn:aws:guardduty:ap-northeast-1:555555555555:detector/d1/finding/2' })],
    threat({ workflow: 'RESOLVED', ...at(HOUR) }),
  ],
])('%s: there is nothing to wonder at', async (_what, events, ending) => {
  const world = new World();
  for (const event of events) world.send(event);
  world.send(ending, HOUR);
  await world.run();
  expect(post(world)).toContain('1 open');
  expect(post(world)).not.toContain('still open');
});
