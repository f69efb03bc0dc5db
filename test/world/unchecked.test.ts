/**
 * What a check of others could not tell is never told as failing: Prowler, by its documentation, writes NOT_AVAILABLE of what a person
 * must check (MANUAL) and WARNING of what its user muted. https://docs.prowler.com
 */
import { readable } from '../../cli/simulate/world/slack';
import { config } from './config';
import { asked, eventOf, imported } from './events';
import { only } from './only';
import { HOUR, START, World } from './world';

const PROWLER = 'arn:aws:securityhub:ap-northeast-1::product/prowler/prowler';
const at = (time: number) => ({ time: START + time });

function asff(status: string | undefined, time = 0): Record<string, unknown> {
  return {
    SchemaVersion: '2018-10-08',
    Id: 'prowler-iam_root_hardware_mfa_enabled-555555555555',
    ProductArn: PROWLER,
    AwsAccountId: '555555555555',
    Region: 'ap-northeast-1',
    GeneratorId: 'prowler-iam_root_hardware_mfa_enabled',
    Types: ['Software and Configuration Checks'],
    Severity: { Label: 'HIGH' },
    Title: 'Ensure only hardware MFA is enabled for the root account',
    Description: 'Checked by a scan.',
    ...(status ? { Compliance: { Status: status } } : {}),
    Resources: [{ Type: 'AwsAccount', Id: 'AWS::::Account:555555555555', Region: 'ap-northeast-1' }],
    Workflow: { Status: 'NEW' },
    RecordState: 'ACTIVE',
    CreatedAt: new Date(START).toISOString(),
    UpdatedAt: new Date(START + time).toISOString(),
  };
}

/** https://schema.ocsf.io/1.6.0/objects/compliance status_id: 0 Unknown, 1 Pass, 2 Warning (no result), 3 Fail, 99 Other. */
function ocsf(compliance: object, time = 0): Record<string, unknown> {
  return {
    class_uid: 2003,
    cloud: { account: { uid: '555555555555' }, region: 'ap-northeast-1', provider: 'AWS' },
    compliance,
    finding_info: { uid: 'p-1', title: 'Root has no hardware MFA', types: ['Posture Management'], modified_time: START + time },
    metadata: { uid: 'p-1', product: { uid: 'arn:aws:securityhub:ap-northeast-1::productv2/prowler/prowler' } },
    resources: [{ uid: 'AWS::::Account:555555555555', type: 'AWS::::Account' }],
    severity: 'High',
    status: 'New',
    time: START + time,
  };
}

test.each([
  ['NOT_AVAILABLE', imported(asff('NOT_AVAILABLE'))],
  ['WARNING', imported(asff('WARNING'))],
  ['Warning of OCSF', eventOf('ocsf', ocsf({ status: 'Warning', status_id: 2 }))],
  ['status_id 2 alone', eventOf('ocsf', ocsf({ status_id: 2 }))],
])('a check of others that never failed and could not be made is not told (%s), and the log says why', async (_status, event) => {
  const world = new World();
  world.send(event);
  await world.run();
  expect([world.slack.posts, world.dead]).toEqual([[], []]);
  expect(only(world.decisions)).toMatchObject({ outcome: 'filtered', admission: { rule: 'unchecked' } });
});

test.each([
  ['NOT_AVAILABLE', imported(asff('FAILED')), imported(asff('NOT_AVAILABLE', HOUR), at(HOUR))],
  ['WARNING', imported(asff('FAILED')), imported(asff('WARNING', HOUR), at(HOUR))],
  ['Warning of OCSF', eventOf('ocsf', ocsf({ status: 'Fail' })), eventOf('ocsf', ocsf({ status: 'Warning' }, HOUR), at(HOUR))],
])('one that failed and could not be made since is closed as that, neither open nor green (%s)', async (_status, failing, since) => {
  const world = new World();
  world.send(failing);
  world.send(since, HOUR);
  await world.run();
  const text = readable(only(world.slack.posts));
  expect(text).toMatch(/^⚪ NO LONGER EVALUATED · HIGH/);
  expect(text).toContain('Could not be checked: no reason is given');
  expect(text).not.toContain('Do now');
});

test.each([
  ['none at all', imported(asff(undefined))],
  ['FAILED', imported(asff('FAILED'))],
  ['Unknown of OCSF', eventOf('ocsf', ocsf({ status: 'Unknown', status_id: 0 }))],
  ['Other of OCSF', eventOf('ocsf', ocsf({ status_id: 99 }))],
  ['a word of its own', eventOf('ocsf', ocsf({ status: 'Needs attention', status_id: 99 }))],
])('what says nothing of that is open (%s)', async (_status, event) => {
  const world = new World();
  world.send(event);
  await world.run();
  expect(readable(only(world.slack.posts))).toContain('1 open');
});

test('a person who sends one that could not be made from the console is shown it, and not as failing', async () => {
  const world = new World({ config: config() });
  world.send(asked(asff('NOT_AVAILABLE')));
  await world.run();
  const text = readable(only(world.slack.posts));
  expect(text).toMatch(/^⚪ NO LONGER EVALUATED/);
  expect(text).not.toMatch(/1 open/);
});
