/** What holds of every tree that validation accepts, and of some of those it refuses. */
import * as fc from 'fast-check';
import { isInOu, isOuId, ouNames } from '../../../config/routing/ou';
import { type Match, type RouteInput, type Routes, SEVERITIES } from '../../../config/schema';
import { checkOrder } from '../../../config/routing/rules/order';
import { readTree } from '../../../config/routing/tree';
import { validate } from '../../../config/validate';
import { matches } from '../../../config/routing/match';
import { type RoutingSubject, route } from '../../../config/routing/walk';
import { parseSource } from '../../../config/source';
import { SETTINGS } from '../folder';
import { OUS, subjectIn } from './routing-subjects';

const NOW = Date.parse('2026-11-24T09:00:00Z');
const RECEIVERS = ['sec-ops', 'prod-oncall', 'workloads'];
const settings = parseSource(SETTINGS).value;

const ou = fc.constantFrom(...OUS.slice(1));
const severity = fc.constantFrom(...SEVERITIES);
const oneOrMore = <T>(item: fc.Arbitrary<T>) => fc.oneof(item, fc.uniqueArray(item, { minLength: 1, maxLength: 2 }));
const match: fc.Arbitrary<Match> = fc.record(
  {
    ou: oneOrMore(ou),
    severity: oneOrMore(severity),
    product: fc.constantFrom('guardduty', 'aws/*', 'aws/securityhub'),
    control: fc.constantFrom('S3.*', 'S3.2', 'EC2.8'),
    tag: fc.constantFrom({ env: 'prod' }, { env: 'stg' }),
    account: fc.constantFrom('555555555555', '666666666666'),
  },
  { requiredKeys: [] },
);
/** Mostly OU routes, as in life: they are what the order is about. */
const ouMatch: fc.Arbitrary<Match> = fc.record({ ou: oneOrMore(ou), severity: oneOrMore(severity) }, { requiredKeys: ['ou'] });
const { tree } = fc.letrec<{ tree: RouteInput }>((tie) => ({
  tree: fc.record(
    {
      match: fc.oneof({ arbitrary: ouMatch, weight: 3 }, match),
      receiver: fc.constantFrom(...RECEIVERS),
      continue: fc.boolean(),
      mute: fc.record(
        { reason: fc.constant('Accepted'), until: fc.constantFrom('2026-11-23', '2026-11-24') },
        { requiredKeys: ['reason'] },
      ),
      routes: fc.array(tie('tree'), { maxLength: 3, depthIdentifier: 'tree' }),
    },
    { requiredKeys: [] },
  ),
}));
const routesOf = (children: RouteInput[], minimum: (string | undefined)[]): Routes => ({
  receivers: Object.fromEntries(
    RECEIVERS.map((name, index) => [
      name,
      { channel: 'C0SECOPS001', securityAccountAccess: false, minimumSeverity: minimum[index] as never },
    ]),
  ),
  route: { receiver: 'sec-ops', routes: children },
});
const anyRoutes = fc
  .tuple(fc.array(tree, { maxLength: 4 }), fc.array(fc.option(severity, { nil: undefined }), { minLength: 3, maxLength: 3 }))
  .map(([children, minimum]) => routesOf(children, minimum));
/** Routes that name a receiver and nothing that validation refuses for other reasons than their order. */
const orderly = fc.array(
  fc.record({ match: ouMatch, receiver: fc.constantFrom(...RECEIVERS), continue: fc.boolean() }, { requiredKeys: ['match', 'receiver'] }),
  { minLength: 2, maxLength: 4 },
);
const subjects: fc.Arbitrary<RoutingSubject> = fc
  .record({
    ou: fc.constantFrom(...OUS),
    ouKnown: fc.boolean(),
    severity,
    product: fc.constantFrom('aws/securityhub', 'aws/guardduty', 'prowler/prowler'),
    controlId: fc.constantFrom('S3.2', 'EC2.8', undefined),
    tags: fc.constantFrom({ env: 'prod' }, { env: 'stg' }, {}),
    accountId: fc.constantFrom('555555555555', '666666666666'),
  })
  .map(({ ou: place, ...changes }) => subjectIn(place, changes as Partial<RoutingSubject>));

test('nothing that is not muted is unrouted, and no receiver is told twice', () => {
  fc.assert(
    fc.property(anyRoutes, subjects, (routes, subject) => {
      const decision = route(routes, subject, NOW);
      expect(decision.receivers.length + decision.mutes.length).toBeGreaterThan(0);
      expect(new Set(decision.receivers.map(({ name }) => name)).size).toBe(decision.receivers.length);
      if (!subject.ouKnown) expect(decision.receivers).toEqual([{ name: 'sec-ops', path: ['root'] }]);
    }),
    { numRuns: 1000 },
  );
});

test('a receiver is told below its minimum severity only where it is the root’s', () => {
  fc.assert(
    fc.property(anyRoutes, subjects, (routes, subject) => {
      for (const { name } of route(routes, subject, NOW).receivers) {
        const minimum = routes.receivers[name]?.minimumSeverity ?? 'INFORMATIONAL';
        const takes = SEVERITIES.indexOf(subject.severity) >= SEVERITIES.indexOf(minimum);
        expect(takes || name === routes.route.receiver).toBe(true);
      }
    }),
    { numRuns: 1000 },
  );
});

test('the nearest OU wins in every tree that validation accepts', () => {
  const everywhere = OUS.flatMap((place) => SEVERITIES.map((word) => subjectIn(place, { severity: word })));
  let decided = 0;
  fc.assert(
    fc.property(orderly, (children) => {
      const { config } = validate({ settings, routes: routesOf(children, []) }, NOW);
      if (!config) return;
      for (const subject of everywhere) {
        const taking = children.filter((child) => matches(child.match, subject).matched);
        const winner = taking.find((child) => !child.continue);
        if (!winner) continue;
        decided++;
        const notBeaten = taking.slice(taking.indexOf(winner)).map((child) => depthOf(child, subject));
        expect(depthOf(winner, subject)).toBe(Math.max(...notBeaten));
        expect(route(config.routes, subject, NOW).receivers.map(({ name }) => name)).toContain(winner.receiver);
      }
    }),
    { numRuns: 500 },
  );
  expect(decided).toBeGreaterThan(500);
});

/** How near the OU lies by which a route took the subject. */
function depthOf(child: RouteInput, subject: RoutingSubject): number {
  const taking = [child.match?.ou ?? []].flat().filter((name) => !isOuId(name) && isInOu(subject.ouPath, name));
  return Math.max(...taking.map((name) => ouNames(name).length));
}

test('no finding ever gets to a route that validation calls unreachable', () => {
  const single: fc.Arbitrary<Match> = fc.oneof(
    oneOrMore(ou).map((value) => ({ ou: value })),
    oneOrMore(severity).map((value) => ({ severity: value })),
    fc.constantFrom<Match>(
      { product: 'guardduty' },
      { product: 'aws/*' },
      { control: 'S3.*' },
      { control: 'S3.2' },
      { tag: { env: 'prod' } },
      {},
    ),
  );
  const few = fc.tuple(single, single).map(([first, second]) => ({ ...first, ...second }));
  const leaves = fc.array(fc.record({ match: few, receiver: fc.constantFrom(...RECEIVERS) }), { minLength: 2, maxLength: 5 });
  let unreachable = 0;
  fc.assert(
    fc.property(leaves, fc.array(subjects, { minLength: 20, maxLength: 20 }), (children, many) => {
      const dead = checkOrder(readTree(routesOf(children, [])).root)
        .filter(({ message }) => message.startsWith('this route is never reached'))
        .map(({ path }) => Number(path[2]));
      unreachable += dead.length;
      const named = children.map((child, index) => ({ ...child, name: `route ${index}` }));
      for (const subject of many) {
        const { steps } = route(routesOf(named, []), { ...subject, ouKnown: true }, NOW);
        for (const index of dead)
          expect(steps).not.toContainEqual(expect.objectContaining({ path: `root > route ${index}`, matched: true }));
      }
    }),
    { numRuns: 600 },
  );
  expect(unreachable).toBeGreaterThan(30);
});
