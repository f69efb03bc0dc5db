/**
 * No log line has a word that an importer chose, whatever goes wrong with the finding; each is found by the finding's hash.
 * @proves logs
 */
import type { CallName } from '../../cli/simulate/world/environment';
import { awsError } from '../../cli/simulate/world/limits';
import { SlackFailure } from '../../handlers/domain/failure';
import { findingKey } from '../../handlers/domain/finding/key';
import { config } from './config';
import { control, controlFinding, eventOf, imported, ocsfFinding, threatFinding } from './events';
import { HOSTILE, hostileFindings, saysForeignWords } from './hostile-texts';
import { HOUR, MINUTE, START, World } from './world';

const DAY = 24 * HOUR;
/** With a tag that names the owner of what AWS's own products report. */
const SEVERITIES = { severities: ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'], ownerTags: [`resource:${HOSTILE}`] };

function expectSilent(world: World): void {
  expect(world.logs.length).toBeGreaterThan(0);
  expect(world.logs.map((line) => JSON.stringify(line)).filter(saysForeignWords)).toEqual([]);
}

async function played(set: (world: World) => void = () => undefined, vulnerabilitiesBy?: 'cve'): Promise<World> {
  const world = new World({ config: config({ settings: SEVERITIES }) });
  for (const receiver of Object.values(world.config.routes.receivers)) receiver.vulnerabilitiesBy = vulnerabilitiesBy;
  set(world);
  for (const finding of hostileFindings()) world.send(finding);
  // Again, grown, and closed.
  for (const finding of hostileFindings({ at: HOUR, bucket: 'second' })) world.send(finding, HOUR);
  for (const finding of hostileFindings({ at: 3 * HOUR, closed: true })) world.send(finding, 3 * HOUR);
  await world.run(START + 12 * DAY);
  return world;
}

test('what importers wrote is told, and is in no log line', async () => {
  const world = await played();
  const said = JSON.stringify(world.slack.messages).toLowerCase();
  expect(said).toContain(HOSTILE);
  expect(said).toContain(`(tag ${HOSTILE})`);
  expect(said).toContain('comes from');
  expectSilent(world);
});

test('nor is what an attacker and a member write into what GuardDuty reports', async () => {
  const world = new World({ config: config({ settings: SEVERITIES }) });
  const threat = threatFinding();
  const service = {
    'action/awsApiCallAction/errorCode': HOSTILE,
    'action/awsApiCallAction/domainDetails/domain': `${HOSTILE}.example`,
    'additionalInfo/threatListName': HOSTILE,
    'additionalInfo/newPolicy/minimumPasswordLength': HOSTILE,
    [`additionalInfo/newPolicy/${HOSTILE}`]: '1',
  };
  const fields = Object.fromEntries(Object.entries(service).map(([name, value]) => [`aws/guardduty/service/${name}`, value]));
  const actor = { Id: HOSTILE, User: { Name: HOSTILE, Type: HOSTILE } };
  const indicator = { Key: HOSTILE, Values: [HOSTILE] };
  world.send(
    imported({
      ...threat,
      ProductFields: { ...(threat.ProductFields as object), ...fields },
      Detection: { Sequence: { Actors: [actor], SequenceIndicators: [indicator, { ...indicator, Key: 'ATTACK_TECHNIQUE' }] } },
    }),
  );
  await world.run();
  expect(JSON.stringify(world.slack.messages).toLowerCase()).toContain(HOSTILE);
  expectSilent(world);
});

test('nor is what AWS itself words in a finding of its own, what its resource is called, or whose account it is', async () => {
  const directory = { account: async () => ({ name: `${HOSTILE}-prod`, parentIds: ['r-ab12'], tags: { [HOSTILE]: HOSTILE } }) };
  const world = new World({
    config: config({ settings: SEVERITIES }),
    directory: { ...directory, organizationalUnitName: async () => 'Workloads' },
  });
  const resource = {
    Type: 'AwsS3Bucket',
    Id: `arn:aws:s3:::${HOSTILE}`,
    Region: 'ap-northeast-1',
    Partition: 'aws',
    Tags: { [HOSTILE]: HOSTILE },
  };
  const Remediation = { Recommendation: { Text: HOSTILE, Url: `https://docs.aws.amazon.com/${HOSTILE}` } };
  for (const finding of [controlFinding(), threatFinding()])
    world.send(imported({ ...finding, Title: HOSTILE, Description: HOSTILE, Remediation, Resources: [resource] }));
  await world.run();
  const said = JSON.stringify(world.slack.messages).toLowerCase();
  expect(said).toContain(`${HOSTILE}-prod`);
  expectSilent(world);
});

test('gathered by vulnerability neither', async () => {
  expectSilent(await played(() => undefined, 'cve'));
});

const CALLS: CallName[] = [
  'ledger.read',
  'ledger.list',
  'ledger.write',
  'ledger.remove',
  'wakeups.send',
  'directory.account',
  'directory.unit',
  'analyst.interpret',
  'hub.read',
  'hub.mark',
  'inbox.defer',
  'inbox.deadLetter',
];
/** Services repeat what they were asked in what they say of it. */
const ECHOES = [
  awsError('ValidationException', `1 validation error: Value '${HOSTILE}' at 'item' failed`),
  awsError('ThrottlingException', `Rate exceeded for ${HOSTILE}`),
  awsError('ResourceNotFoundException', `${HOSTILE} was not found`, 404),
  awsError('InternalServerError', `cannot read ${HOSTILE}`, 500),
];

test.each(CALLS)('where %s fails now and then, and its service repeats them, neither', async (name) => {
  let calls = 0;
  const world = await played((it) => {
    it.fault = (call) => {
      if (call.name !== name || it.now >= START + 2 * HOUR || calls++ % 3 > 0) return undefined;
      return { before: ECHOES[Math.floor(calls / 3) % ECHOES.length] as Error };
    };
  });
  expectSilent(world);
});

test('where rows change under them, marks are refused and Slack refuses neither', async () => {
  const contended = await played((it) => {
    const write = it.ledger.write.bind(it.ledger);
    it.ledger.write = (async (...args: Parameters<typeof write>) =>
      it.now < START + 10 * MINUTE && /^(member|finding)/.test(args[0].sk) ? false : write(...args)) as typeof write;
  });
  expect(contended.logs.some(({ details }) => /changed (8|12) times/.test(String(details.reason)))).toBe(true);
  expectSilent(contended);
  const refused = await played((it) => {
    it.hub.refuses = () => (it.now < START + HOUR ? 'InternalException' : undefined);
  });
  expect(refused.logs.some(({ message, details }) => message === 'marking refused' && details.finding !== undefined)).toBe(true);
  expectSilent(refused);
  for (const kind of ['refused', 'unknown', 'receiver', 'unavailable', 'content'] as const) {
    expectSilent(
      await played((it) => {
        it.fault = ({ name }) =>
          name.startsWith('slack.') && it.now < START + HOUR ? { before: new SlackFailure(kind, `Slack answered ${kind}`) } : undefined;
      }),
    );
  }
});

test('what cannot be read neither', async () => {
  const world = new World();
  world.send(imported({ Id: HOSTILE, Title: HOSTILE, ProductArn: HOSTILE, AwsAccountId: HOSTILE }));
  world.send(eventOf('ocsf', { ...ocsfFinding(), severity: HOSTILE, finding_info: HOSTILE, metadata: HOSTILE }));
  world.send({ 'detail-type': 'Security Hub Findings - Imported', detail: { findings: [HOSTILE] } });
  await world.run();
  expect(world.dead).toHaveLength(3);
  expectSilent(world);
});

test('the line of a finding has its key, and its id where AWS made it', async () => {
  const world = new World({ config: config({ settings: SEVERITIES }) });
  const own = controlFinding();
  world.send(imported(own));
  for (const finding of hostileFindings()) world.send(finding);
  await world.run();
  const lines = world.logs.filter(({ message }) => message === 'finding').map(({ details }) => details);
  const decided = world.decisions.flatMap((decision) => ('finding' in decision ? [decision.finding] : []));
  expect(lines.map(({ finding }) => finding)).toEqual(decided.map((finding) => findingKey(finding)));
  expect(lines.filter(({ findingId }) => findingId !== undefined)).toMatchObject([
    { findingId: own.Id, fingerprint: 'aws:control:S3.2' },
    { findingId: expect.stringMatching(/^arn:aws:inspector2:/), fingerprint: expect.stringMatching(/^aws:vulnerabilities:[0-9a-f]{32}$/) },
  ]);
});

test('two findings of one problem name it alike, so that its tellings are found', async () => {
  const world = new World({ config: config({ settings: SEVERITIES }) });
  for (const finding of [...hostileFindings(), ...hostileFindings({ bucket: 'second' })]) world.send(finding);
  world.send(control());
  await world.run();
  const named = new Set(world.logs.filter(({ message }) => message === 'finding').map(({ details }) => details.fingerprint));
  const told = world.logs.filter(({ message }) => message === 'told').map(({ details }) => details.fingerprint);
  expect(new Set(told)).toEqual(named);
});
