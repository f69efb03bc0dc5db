import type { RouteInput, Routes } from '../../../config/schema';
import { matchText } from '../../../config/routing/match';
import { muteEnded, route, routeName } from '../../../config/routing/walk';
import { subjectIn } from './routing-subjects';

const NOW = Date.parse('2026-11-24T09:00:00Z');
const NAMES = ['sec-ops', 'prod-oncall', 'cards-oncall', 'workloads', 'platform', 'sandbox'];

/** A tree below a root that tells sec-ops; `minimum` gives receivers a minimum severity. */
function tree(routes: RouteInput[], minimum: Partial<Record<string, Routes['receivers'][string]['minimumSeverity']>> = {}): Routes {
  const receivers = NAMES.map((name) => [name, { channel: 'C0SECOPS001', securityAccountAccess: false, minimumSeverity: minimum[name] }]);
  return { receivers: Object.fromEntries(receivers), route: { receiver: 'sec-ops', routes } };
}
const told = (routes: Routes, subject = subjectIn('Workloads/Prod')) => route(routes, subject, NOW).receivers.map(({ name }) => name);

const prod: RouteInput = { match: { ou: 'Workloads/Prod' }, receiver: 'prod-oncall' };
const workloads: RouteInput = { match: { ou: 'Workloads' }, receiver: 'workloads' };
const muted: RouteInput = { match: { control: 'S3.2' }, mute: { reason: 'Accepted in RISK-42' } };

test('the root answers where no route takes a finding', () => {
  expect(route(tree([prod]), subjectIn('Sandbox'), NOW)).toEqual({
    receivers: [{ name: 'sec-ops', path: ['root'] }],
    mutes: [],
    steps: [
      { path: 'root', matched: true, why: 'the root takes everything' },
      { path: 'root > Workloads/Prod', matched: false, why: 'OU Root/Sandbox is not in Workloads/Prod' },
      { path: 'root', matched: true, why: 'sec-ops is told' },
    ],
  });
});

test('the first route that takes a finding wins', () => {
  expect(told(tree([prod, workloads]))).toEqual(['prod-oncall']);
  expect(told(tree([workloads, prod]))).toEqual(['workloads']);
});

test('a route that continues lets the next be tried as well', () => {
  expect(told(tree([{ ...workloads, continue: true }, prod, { receiver: 'sandbox' }]))).toEqual(['workloads', 'prod-oncall']);
});

test('the parent is not told where a child that continues was', () => {
  expect(told(tree([{ ...prod, continue: true }]))).toEqual(['prod-oncall']);
});

test('a route without a receiver inherits the one above', () => {
  const decision = route(tree([{ ...workloads, routes: [{ match: { severity: 'HIGH' } }] }]), subjectIn('Workloads'), NOW);
  expect(decision.receivers).toEqual([{ name: 'workloads', path: ['root', 'Workloads', 'severity HIGH'] }]);
  expect(decision.steps.at(-1)?.why).toBe('workloads is told, the receiver of root > Workloads');
});

test('a receiver named by two routes is told once, by the first', () => {
  const decision = route(
    tree([
      { ...workloads, continue: true },
      { ...prod, receiver: 'workloads' },
    ]),
    subjectIn('Workloads/Prod'),
    NOW,
  );
  expect(decision.receivers).toEqual([{ name: 'workloads', path: ['root', 'Workloads'] }]);
});

test('a mute tells nobody and says why', () => {
  expect(route(tree([muted, prod]), subjectIn('Workloads/Prod'), NOW)).toMatchObject({
    receivers: [],
    mutes: [{ reason: 'Accepted in RISK-42', path: ['root', 'control S3.2'] }],
  });
});

test('what is muted in one branch is told in another', () => {
  const decision = route(tree([{ ...prod, continue: true }, muted]), subjectIn('Workloads/Prod'), NOW);
  expect(decision.receivers.map(({ name }) => name)).toEqual(['prod-oncall']);
  expect(decision.mutes).toHaveLength(1);
});

test('a mute lasts to the end of its last day in UTC', () => {
  expect(muteEnded('2026-11-24', Date.parse('2026-11-24T23:59:59.999Z'))).toBe(false);
  expect(muteEnded('2026-11-24', Date.parse('2026-11-25T00:00:00.000Z'))).toBe(true);
});

test('a mute that has ended is as if it were not written', () => {
  const until = { ...muted, mute: { reason: 'Accepted', until: '2026-11-24' } };
  expect(told(tree([until, prod]))).toEqual([]);
  const after = route(tree([until, prod]), subjectIn('Workloads/Prod'), Date.parse('2026-11-25T00:00:00Z'));
  expect(after.receivers).toEqual([{ name: 'prod-oncall', path: ['root', 'Workloads/Prod'] }]);
  expect(after.mutes).toEqual([]);
  expect(after.steps).toContainEqual({
    path: 'root > control S3.2',
    matched: false,
    why: 'control S3.2 is S3.2, but its mute ended with 2026-11-24',
  });
});

test('a finding below a receiver’s minimum severity goes to the nearest receiver above that takes it', () => {
  const nested = [{ ...workloads, routes: [{ ...prod, routes: [{ match: { control: 'S3.*' }, receiver: 'cards-oncall' }] }] }];
  const decision = route(tree(nested, { 'cards-oncall': 'CRITICAL', 'prod-oncall': 'CRITICAL' }), subjectIn('Workloads/Prod'), NOW);
  expect(decision.receivers).toEqual([{ name: 'workloads', path: ['root', 'Workloads', 'Workloads/Prod', 'control S3.*'] }]);
  expect(decision.steps.map(({ why }) => why)).toContain('prod-oncall takes CRITICAL and above, so HIGH goes to the receiver above');
});

test('a finding at a receiver’s minimum severity is the receiver’s', () => {
  expect(told(tree([prod], { 'prod-oncall': 'HIGH' }))).toEqual(['prod-oncall']);
});

test('the root’s receiver takes what nobody else does, whatever its minimum severity', () => {
  const decision = route(tree([], { 'sec-ops': 'CRITICAL' }), subjectIn('Sandbox', { severity: 'LOW' }), NOW);
  expect(decision.receivers).toEqual([{ name: 'sec-ops', path: ['root'] }]);
  expect(decision.steps.map(({ why }) => why)).toContain('sec-ops takes CRITICAL and above, but nobody else is left for LOW');
});

test('an account whose OU is unknown goes to the root, past routes that would match otherwise', () => {
  const routes = tree([{ match: { severity: 'HIGH' }, receiver: 'platform' }, muted]);
  expect(route(routes, subjectIn('', { ouKnown: false }), NOW)).toEqual({
    receivers: [{ name: 'sec-ops', path: ['root'] }],
    mutes: [],
    steps: [
      { path: 'root', matched: true, why: 'the OU of account 555555555555 is unknown, so no other route is tried' },
      { path: 'root', matched: true, why: 'sec-ops is told' },
    ],
  });
});

test('a tree whose root has no receiver is refused rather than losing the finding', () => {
  expect(() => route({ receivers: {}, route: {} }, subjectIn(''), NOW)).toThrow('the root route has no receiver');
});

test('a route is called by its name, else by its match', () => {
  expect(routeName({ name: 'Cards', match: { ou: 'A' } })).toBe('Cards');
  expect(routeName({ match: { ou: ['A', 'B'], severity: 'HIGH', tag: { env: 'prod' } } })).toBe('A, B · severity HIGH · tag env=prod');
  expect(routeName({})).toBe('everything else');
  expect(matchText(undefined)).toBe('');
});
