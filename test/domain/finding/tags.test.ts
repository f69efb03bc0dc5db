/** What tags of a finding's resources say: whose they are to read, and what made the resource. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseFinding } from '../../../handlers/domain/finding/event';
import { originOf } from '../../../handlers/domain/finding/origin';
import { shared, testWithShared } from '../../where-there';
import { controlFinding, ocsfFinding } from '../../world/events';
import { forged } from '../../world/forged';

const STACK = 'aws:cloudformation:stack-name';
const asff = (...tags: unknown[]) => ({ ...controlFinding(), Resources: tags.map((Tags, n) => ({ Type: 'Other', Id: `r-${n}`, Tags })) });
const ocsf = (...tags: unknown[]) => ({
  ...ocsfFinding(),
  resources: tags.map((each, n) => ({ type: 'Other', uid: `r-${n}`, tags: each })),
});

test.each([
  ['ASFF', asff({ team: ' payments ', env: 'prod', [STACK]: 'shop' }, { team: 'billing' }, { team: 'payments' })],
  [
    'OCSF',
    ocsf(
      [
        { name: 'team', value: ' payments ' },
        { name: 'env', value: 'prod' },
        { name: STACK, value: 'shop' },
      ],
      [{ name: 'team', value: 'billing' }],
      [{ name: 'team', value: 'payments' }],
    ),
  ],
])('%s: each key has what all resources have of it, the first first; what made a resource is of that one', (_format, raw) => {
  const { resourceTags, resources } = parseFinding(raw);
  expect(resourceTags).toEqual({ team: ['payments', 'billing'], env: ['prod'], [STACK]: ['shop'] });
  expect(resources.map(({ origin }) => origin)).toEqual([[{ by: 'CloudFormation', name: 'shop' }], undefined, undefined]);
});

test.each(['custom', 'partner'] as const)('what a %s product says that a resource is tagged with is believed nowhere', (product) => {
  const said = forged(asff({ team: 'payments', [STACK]: 'shop' }), { product, account: '555555555555' });
  const finding = parseFinding(said);
  expect(finding.resourceTags).toBeUndefined();
  expect(JSON.stringify(finding)).not.toMatch(/payments|shop/);
  const inOcsf = ocsf([
    { name: 'team', value: 'payments' },
    { name: STACK, value: 'shop' },
  ]);
  const productArn = String(said.ProductArn).replace(':product/', ':productv2/');
  const copy = parseFinding({ ...inOcsf, metadata: { uid: 'x', product: { uid: productArn } } });
  expect([copy.provenance, copy.resourceTags]).toEqual([product, undefined]);
  expect(JSON.stringify(copy)).not.toMatch(/payments|shop/);
});

test.each([
  ['no mapping', asff('team', [1], null, 7)],
  ['no list', ocsf('team', { team: 'a' }, null, 7)],
  ['no texts', asff({ team: 7, a: null, b: {}, c: [], d: '', '': 'x', ['k'.repeat(129)]: 'x' })],
  ['no names and values', ocsf([null, 7, 'team', { name: 'team' }, { value: 'a' }, { name: 7, value: 7 }])],
])('of %s nothing is read', (_what, raw) => {
  expect(parseFinding(raw).resourceTags).toEqual({});
});

test('at most fifty of a resource, of 256 characters each; names that every object has are names', () => {
  const many = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`k${n}`, 'v'.repeat(1000)]));
  const { resourceTags = {} } = parseFinding(asff(many));
  expect(Object.keys(resourceTags)).toHaveLength(50);
  expect(resourceTags.k0).toEqual(['v'.repeat(256)]);
  const hostile = parseFinding(asff(JSON.parse('{"__proto__":"a","constructor":"b"}'))).resourceTags;
  expect(Object.entries(hostile ?? {})).toEqual([
    ['__proto__', ['a']],
    ['constructor', ['b']],
  ]);
});

test.each([
  ['a stack', { [STACK]: 'payments-core', Name: 'x' }, ['CloudFormation payments-core']],
  [
    'a product of Service Catalog',
    { 'aws:servicecatalog:productArn': 'arn:aws:catalog:us-west-2:123456789012:product/prod-abcd' },
    ['Service Catalog prod-abcd'],
  ],
  [
    'a node of EKS, which a group launched',
    {
      'aws:autoscaling:groupName': 'eks-blue-1',
      'eks:cluster-name': 'shop',
      'aws:eks:cluster-name': 'shop',
      'kubernetes.io/cluster/shop': 'owned',
    },
    ['EKS shop', 'Auto Scaling eks-blue-1'],
  ],
  ['what Kubernetes made', { 'kubernetes.io/cluster/shop': 'owned' }, ['EKS shop']],
  ['Terraform, as people write it', { ManagedBy: 'Terraform' }, ['ManagedBy Terraform']],
  ['Terraform by its own key', { terraform: 'true' }, ['terraform true']],
  [
    'three at the most',
    { [STACK]: 'a', 'elasticbeanstalk:environment-name': 'b', 'aws:ecs:clusterName': 'c', terraform: 'true' },
    ['CloudFormation a', 'Elastic Beanstalk b', 'ECS c'],
  ],
  ['that it is not Terraform’s', { terraform: 'false' }, undefined],
  ['nothing of all this', { Name: 'x', team: 'payments', 'aws:ec2launchtemplate:id': 'lt-1' }, undefined],
])('%s', (_what, tags, expected) => {
  expect(originOf(tags)?.map(({ by, name }) => `${by} ${name}`)).toEqual(expected);
});

testWithShared('findings')('real findings beside the repository: those of AWS that have tags keep them, of others none', () => {
  const files = readdirSync(shared('findings'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
  const read = files.flatMap((file) => {
    const json = JSON.parse(readFileSync(join(shared('findings'), file), 'utf8'));
    const all = json.detail?.findings ?? json.Findings ?? (Array.isArray(json) ? json : [json]);
    return all.flatMap((raw: unknown) => {
      try {
        return [{ raw: JSON.stringify(raw), finding: parseFinding(raw) }];
      } catch {
        return [];
      }
    });
  });
  const tagged = read.filter(({ raw }) => /"[Tt]ags":(?:\{"[^"]+":"[^"]|\[\{"name":"[^"]+","value":"[^"])/.test(raw));
  const kept = tagged.filter(({ finding }) => Object.keys(finding.resourceTags ?? {}).length > 0);
  expect(kept.length).toBeGreaterThan(50);
  expect(kept.filter(({ finding }) => finding.provenance !== 'aws')).toEqual([]);
  expect(tagged.filter((each) => !kept.includes(each) && each.finding.provenance === 'aws').map(({ raw }) => raw.slice(0, 200))).toEqual(
    [],
  );
  const origins = read.flatMap(({ finding }) => finding.resources.flatMap(({ origin = [] }) => origin.map(({ by }) => by)));
  // Of those with a stack's tags four are custom findings.
  expect(new Set(origins)).toEqual(new Set(['Auto Scaling']));
});
