/** Of each finding one decision: complete as a value, ids alone as a log line. */
import { type FindingName, findingKey } from '../../handlers/domain/finding/key';
import { asked, control, controlFinding, findingId, imported } from '../world/events';
import { config } from '../world/config';
import { World } from '../world/world';

const muted = config();
muted.routes.route.routes = [{ match: { product: 'aws/securityhub' }, mute: { reason: 'known' } }];

async function decided(event: object, options = {}, times = 1) {
  const world = new World(options);
  for (let n = 0; n < times; n++) world.send(event);
  await world.run();
  return { decision: world.decisions.at(-1), line: world.logs.filter(({ message }) => message === 'finding').at(-1)?.details };
}

const finding = {
  format: 'asff',
  id: findingId({}),
  productArn: 'arn:aws:securityhub:ap-northeast-1::product/aws/securityhub',
  accountId: '555555555555',
  region: 'ap-northeast-1',
  severity: 'CRITICAL',
};
const place = { fingerprint: 'aws:control:S3.2', memberId: expect.stringMatching(/^[0-9a-f]{32}$/) };
const of = { finding: findingKey(finding as FindingName), findingId: finding.id, accountId: finding.accountId, severity: finding.severity };

test('what is recorded says what came, by which rule it is admitted, whose it is, which route took it, and which problem it is', async () => {
  const { decision, line } = await decided(control({ eventId: 'e-1' }));
  expect(decision).toEqual({
    outcome: 'recorded',
    event: { kind: 'imported', id: 'e-1' },
    finding,
    admission: { admitted: true, rule: 'open', reason: 'CRITICAL, NEW, ACTIVE, compliance FAILED' },
    place,
    routing: {
      owner: {
        accountId: '555555555555',
        accountName: 'account-555',
        ouPath: [{ id: 'ou-ab12-wkld0001', name: 'Workloads' }],
        tags: {},
        knowledge: 'fresh',
      },
      receivers: [{ name: 'workloads', path: ['root', 'Workloads'] }],
      mutes: [],
    },
    receivers: ['workloads'],
  });
  expect(line).toEqual({
    eventId: 'e-1',
    ...of,
    ouPath: 'Root/Workloads',
    admitted: true,
    reason: 'CRITICAL, NEW, ACTIVE, compliance FAILED',
    outcome: 'recorded',
    receivers: ['workloads'],
    routePaths: [['root', 'Workloads']],
    ...place,
  });
});

test('a repeat is unchanged and names whom it was told', async () => {
  const { decision, line } = await decided(control({ eventId: 'e-1' }), {}, 2);
  expect(decision).toMatchObject({ outcome: 'unchanged', receivers: ['workloads'], place });
  expect(line).toMatchObject({ outcome: 'unchanged', receivers: ['workloads'], ...place });
});

test('what is not admitted names the rule, and no receiver', async () => {
  const { decision, line } = await decided(control({ severity: 'LOW', eventId: 'e-1' }));
  const reason = 'severity LOW is not among settings.severities (CRITICAL, HIGH)';
  expect(decision).toMatchObject({ outcome: 'filtered', admission: { admitted: false, rule: 'severity', reason }, place });
  expect(line).toEqual({ eventId: 'e-1', ...of, severity: 'LOW', admitted: false, reason, outcome: 'filtered', receivers: [] });
});

test('what a person sent from the console is admitted by that', async () => {
  const { decision } = await decided(asked(controlFinding({ workflow: 'RESOLVED' })));
  expect(decision).toMatchObject({ event: { kind: 'asked' }, admission: { admitted: true, rule: 'asked' }, outcome: 'recorded' });
});

test('what is muted has the mute’s reason in its line, and why it was admitted in its value', async () => {
  const { decision, line } = await decided(control({ eventId: 'e-1' }), { config: muted });
  expect(decision).toMatchObject({ outcome: 'muted', admission: { rule: 'open' }, routing: { mutes: [{ reason: 'known' }] }, place });
  expect(line).toMatchObject({ ...of, admitted: true, outcome: 'muted', reason: 'known', receivers: [], ouPath: 'Root/Workloads' });
  expect(line).not.toHaveProperty('fingerprint');
});

test('what cannot be read says why', async () => {
  const { Id: _id, ...nameless } = controlFinding();
  const { decision, line } = await decided(imported(nameless));
  expect(decision).toEqual({ outcome: 'invalid', event: expect.objectContaining({ kind: 'imported' }), reason: expect.any(String) });
  expect(line).toMatchObject({ admitted: false, outcome: 'invalid', receivers: [], reason: (decision as { reason: string }).reason });
});
