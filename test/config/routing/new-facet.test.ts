/** A matcher is one value of the table and a field of the subject: everything else follows from them. */
import type { Facet, RoutingSubject } from '../../../config/routing/facet';
import { SETTINGS } from '../folder';
import { subjectIn } from './routing-subjects';

type Staged = RoutingSubject & { stage?: string };

jest.mock('../../../config/routing/facets', () => {
  const { FACETS } = jest.requireActual<typeof import('../../../config/routing/facets')>('../../../config/routing/facets');
  const { exactly, misspelt } = jest.requireActual<typeof import('../../../config/routing/facet')>('../../../config/routing/facet');
  const stage: Facet = {
    what: 'stage',
    schema: ({ oneOrMore, z }) => oneOrMore(z.enum(['dev', 'stg', 'prod', 'Prod'])).optional(),
    ...exactly((subject: Staged) => subject.stage),
    values: ['dev', 'stg', 'prod'],
    rules: [misspelt('stage-case', /[A-Z]/, 'a stage is written in small letters', (entry) => `Write ${entry.toLowerCase()}.`)],
  };
  return { FACETS: { ...FACETS, stage } };
});

import { parseSource } from '../../../config/source';
import { validate } from '../../../config/validate';
import { route } from '../../../config/routing/walk';
import { renderTree } from '../../../cli/show/tree';
import type { Config } from '../../../config/schema';

const NOW = Date.parse('2026-11-24T09:00:00Z');

function checked(...matches: Record<string, unknown>[]) {
  const receivers = { 'sec-ops': { channel: 'C0SECOPS001' }, 'prod-oncall': { channel: 'C0PROD00001' } };
  const routes = matches.map((match) => ({ match, receiver: 'prod-oncall' }));
  const { config, faults } = validate(
    { settings: parseSource(SETTINGS).value, routes: { receivers, route: { receiver: 'sec-ops', routes } } },
    NOW,
  );
  return { config: config as Config, told: faults.map(({ rule, message, remedy }) => [rule, message, remedy]) };
}

test('its schema takes what fits, refuses what does not, and its key is known', () => {
  expect(checked({ stage: 'prod' }).told).toEqual([]);
  expect(checked({ stage: 'pord' }).told).toEqual([['shape', '"pord": this value is not known', 'Did you mean "prod"?']]);
  expect(checked({ stag: 'prod' }).told).toEqual([['shape', 'the key "stag" is not known here', expect.any(String)]]);
  expect(checked({ zzzz: 'prod' }).told[0]?.[2]).toContain('region, stage.');
});

test('its mistakes are told', () => {
  expect(checked({ stage: 'Prod' }).told).toEqual([['stage-case', '"Prod": a stage is written in small letters', 'Write prod.']]);
  expect(checked({ stage: ['prod', 'prod'] }).told).toEqual([
    ['pattern-covered', '"prod" is taken by "prod" of the same list already', 'Remove it.'],
  ]);
});

test('proofs know it: what an earlier route takes, what all of them take together, what nothing fits', () => {
  const unreachable = (...matches: Record<string, unknown>[]) => checked(...matches).told.map(([rule]) => rule);
  expect(unreachable({ stage: 'prod' }, { stage: 'prod', severity: 'HIGH' })).toEqual(['route-unreachable']);
  expect(unreachable({ stage: 'stg' }, { stage: 'prod', severity: 'HIGH' })).toEqual([]);
  expect(unreachable({ stage: 'dev' }, { stage: 'stg' }, { stage: 'prod' }, { account: '555555555555' })).toEqual(['route-unreachable']);
  expect(unreachable({ stage: ['dev', 'prod'] }, { stage: ['prod', 'stg'] })).toEqual(['entry-unreachable']);
});

test('routing goes by it, and explains it', () => {
  const { config } = checked({ ou: 'Workloads', stage: ['stg', 'prod'] });
  const steps = (stage?: string) => {
    const subject: Staged = { ...subjectIn('Workloads'), stage };
    return route(config.routes, subject, NOW).steps.find(({ path }) => path !== 'root');
  };
  const path = 'root > Workloads · stage stg, prod';
  expect(steps('prod')).toEqual({ path, matched: true, why: 'OU Root/Workloads is Workloads; stage prod is prod' });
  expect(steps('dev')).toEqual({ path, matched: false, why: 'stage dev is none of stg, prod' });
  expect(steps()).toEqual({ path, matched: false, why: 'it has no stage' });
});

test('`npm run routes` draws it', () => {
  const { config } = checked({ stage: 'prod' });
  expect(renderTree(config, NOW, { width: 120, paint: (_style, text) => text })).toContain('└─ stage prod');
});
