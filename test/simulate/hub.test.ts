import type { FindingReference } from '../../handlers/ports';
import { parseFinding } from '../../handlers/domain/finding/event';
import { statusOf } from '../../handlers/domain/finding/admission';
import { compilePattern } from '../../local/eventbridge/pattern';
import { patterns } from '../../stacks/constructs/patterns';
import { Chance } from '../../cli/simulate/population/chance';
import { CONTROLS } from '../../cli/simulate/population/controls';
import { type Copy, PopulationHub, type Sent, type Source } from '../../cli/simulate/population/hub';
import { matchesOriginalRule } from '../../cli/simulate/population/rules';
import { controlAsff, controlOcsf, STANDARDS } from '../../cli/simulate/population/shapes/control';
import { CHECKS, macieOcsf, MACIE_TYPES, otherAsff } from '../../cli/simulate/population/shapes/others';
import { resourceOf } from '../../cli/simulate/population/shapes/resource';
import type { Raw, State, Subject } from '../../cli/simulate/population/shapes/state';
import { CRITICAL_THREATS, HIGH_THREATS, threatAsff, threatOcsf } from '../../cli/simulate/population/shapes/threat';
import { vulnerabilityAsff, vulnerabilityOcsf } from '../../cli/simulate/population/shapes/vulnerability';
import { stateAt } from '../../cli/simulate/population/stage';

const NOW = Date.UTC(2026, 5, 10);
const chance = Chance.of(1, 'shapes');
const place = { accountId: '410000000000', accountName: 'retail-prod-001', region: 'ap-northeast-1' };
const subject = (type: string): Subject => ({ ...place, resource: resourceOf(type, place, 7, chance) });
const cve = { id: 'CVE-2026-1001', severity: 'HIGH', score: 8.1, package: 'openssl', fixed: true, exploited: false } as const;
const control = { control: CONTROLS.told[0] as (typeof CONTROLS.told)[number], uuid: 'b5f2', subject: subject('AwsS3Bucket') };
const threats = [...CRITICAL_THREATS, ...HIGH_THREATS].map((type) => ({
  type,
  subject: subject(type.resourceType),
  detector: 'd'.repeat(32),
  id: 'f'.repeat(32),
  address: '198.51.100.7',
}));
const vulnerability = { subject: subject('AwsEcrContainerImage'), cve, id: 'e'.repeat(32) };
const other = (product: 'macie' | 'access-analyzer' | 'scanner', what: string) => ({
  subject: subject('AwsS3Bucket'),
  product,
  what,
  id: '1'.repeat(32),
});

const SHAPES: [what: string, kind: string, render: (state: State) => Raw][] = [
  ['a control', 'control', (state) => controlAsff(control, state)],
  ...STANDARDS.map((standard): (typeof SHAPES)[number] => [
    `a control by ${standard}`,
    'control',
    (state) => controlAsff(control, state, standard),
  ]),
  ['a control by the new Security Hub', 'control', (state) => controlOcsf(control, state)],
  ...threats.flatMap((shape): typeof SHAPES => [
    [shape.type.own, 'guardduty', (state) => threatAsff(shape, state)],
    [`${shape.type.own} by the new Security Hub`, 'guardduty', (state) => threatOcsf(shape, state)],
  ]),
  ['a CVE', 'inspector', (state) => vulnerabilityAsff(vulnerability, state)],
  ['a CVE by the new Security Hub', 'inspector', (state) => vulnerabilityOcsf(vulnerability, state)],
  ...MACIE_TYPES.map((type): (typeof SHAPES)[number] => [type, 'macie', (state) => otherAsff(other('macie', type), state)]),
  ['Macie by the new Security Hub', 'macie', (state) => macieOcsf(other('macie', 'SensitiveData:S3Object/Personal'), state)],
  ['Access Analyzer', 'access-analyzer', (state) => otherAsff(other('access-analyzer', 'public access'), state)],
  ['a scanner', 'third-party', (state) => otherAsff(other('scanner', CHECKS[0] ?? ''), state)],
];

describe('every shape', () => {
  test.each(SHAPES)('%s is read as what it is', (_what, kind, render) => {
    const finding = parseFinding(render({ ...stateAt(NOW, 'HIGH'), count: 1 }));
    expect(finding).toMatchObject({ kind, accountId: place.accountId, severity: 'HIGH', workflow: 'NEW', updatedAt: NOW, sample: false });
    expect([finding.title === '', finding.resources[0].id === 'unknown']).toEqual([false, false]);
  });

  test.each(SHAPES)('%s is archived where its state is', (_what, _kind, render) => {
    expect(statusOf(parseFinding(render({ ...stateAt(NOW, 'HIGH'), archived: true, count: 2 })))).toBe('archived');
  });

  test('names the control where consolidated, and where a standard reports it', () => {
    const id = control.control.id;
    const of = (standard?: string) => controlAsff(control, stateAt(NOW, 'HIGH', 'FAILED'), standard);
    expect([of().Compliance, of().GeneratorId]).toMatchObject([{ SecurityControlId: id }, `security-control/${id}`]);
    expect(of(STANDARDS[1]).Compliance).not.toHaveProperty('SecurityControlId');
    expect(of(STANDARDS[1])).toMatchObject({ ProductFields: { ControlId: id }, GeneratorId: `${STANDARDS[1]}/${id}` });
  });
});

/** Every combination of what changes. */
function states(): State[] {
  const severities = ['CRITICAL', 'HIGH', 'MEDIUM', 'INFORMATIONAL'] as const;
  const workflows = ['NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED'] as const;
  const compliances = ['FAILED', 'PASSED', 'NOT_AVAILABLE', undefined] as const;
  return severities.flatMap((severity) =>
    workflows.flatMap((workflow) =>
      compliances.flatMap((compliance) =>
        [true, false].map((archived): State => ({ ...stateAt(NOW, severity, compliance), workflow, archived, count: 2 })),
      ),
    ),
  );
}

function hubThat(sent: Sent[], all = true): PopulationHub {
  return new PopulationHub({ clock: { now: () => NOW + 60_000 }, severities: ['CRITICAL', 'HIGH'], send: (each) => sent.push(each), all });
}
function copyOf(format: Copy['format'], source: Source, render: Copy['render'], state: State): Copy {
  return { format, source, accountId: place.accountId, thing: { account: place.accountName, words: [] }, render, state };
}

test('what passes the rules is what the deployed patterns match', () => {
  const deployed = Object.values(patterns({ severities: ['CRITICAL', 'HIGH'], customActions: [], includeSamples: false })).map((pattern) =>
    compilePattern(JSON.parse(JSON.stringify(pattern))),
  );
  for (const state of states()) {
    // The new Security Hub has no other way to say that a control is not assessed than by its compliance.
    const copies = [
      copyOf('asff', 'control', (each) => controlAsff(control, each), state),
      copyOf('ocsf', 'control', (each) => controlOcsf(control, each), state),
    ];
    for (const copy of copies) {
      const sent: Sent[] = [];
      hubThat(sent).update(copy, {}, NOW);
      const [first] = sent;
      const matched = deployed.some((matches) => matches(first?.event as never));
      expect({ format: copy.format, state, passed: first?.passed }).toEqual({ format: copy.format, state, passed: matched });
    }
  }
});

test('the original rule knows open CRITICAL and HIGH findings of Security Hub CSPM, marked or not', () => {
  const of = (format: Copy['format'], change: Partial<State>) =>
    matchesOriginalRule(format, { ...stateAt(NOW, 'HIGH', 'FAILED'), ...change });
  expect([of('asff', {}), of('asff', { workflow: 'NOTIFIED' }), of('asff', { compliance: undefined })]).toEqual([true, true, true]);
  expect([
    of('ocsf', {}),
    of('asff', { severity: 'MEDIUM' }),
    of('asff', { archived: true }),
    of('asff', { compliance: 'PASSED' }),
  ]).toEqual(Array(4).fill(false));
});

describe('Security Hub', () => {
  const failing = () => copyOf('asff', 'control', (state) => controlAsff(control, state), stateAt(0, 'CRITICAL', 'FAILED'));
  const reference = (sent: Sent | undefined): FindingReference => {
    const finding = (sent?.event?.detail as { findings: Raw[] } | undefined)?.findings[0] ?? {};
    return {
      id: String(finding.Id),
      productArn: String(finding.ProductArn),
      format: 'asff',
      region: place.region,
      accountId: place.accountId,
    };
  };

  test('sends an event for a mark, leaves UpdatedAt, and re-emits the finding as NOTIFIED', async () => {
    const sent: Sent[] = [];
    const hub = hubThat(sent, false);
    const copy = failing();
    hub.report(copy, {}, NOW);
    expect(await hub.markNotified([{ ...reference(sent[0]), note: 'Told' }])).toEqual([]);
    expect(sent[1]).toMatchObject({ at: NOW + 60_000, passed: true, matching: true, state: { workflow: 'NOTIFIED', updatedAt: NOW } });
    hub.report(copy, {}, NOW + 120_000);
    expect(sent[2]?.state).toMatchObject({ workflow: 'NOTIFIED', updatedAt: NOW + 120_000 });
    expect(await hub.read([reference(sent[0])])).toMatchObject([{ workflow: 'NOTIFIED', hasNote: true }]);
  });

  test('resolves what passes, and begins anew with NEW when it fails again', () => {
    const sent: Sent[] = [];
    const hub = hubThat(sent);
    const copy = failing();
    hub.report(copy, {}, NOW);
    hub.report(copy, { compliance: 'PASSED' }, NOW + 1);
    hub.report(copy, { compliance: 'FAILED' }, NOW + 2);
    expect(sent.map(({ state }) => state.workflow)).toEqual(['NEW', 'RESOLVED', 'NEW']);
  });

  test('knows a finding by its account and product as well as by its id', async () => {
    const sent: Sent[] = [];
    const hub = hubThat(sent);
    hub.report(failing(), {}, NOW);
    const known = reference(sent[0]);
    expect(await hub.read([{ ...known, accountId: '999999999999' }])).toEqual([]);
    expect(await hub.markNotified([{ ...known, productArn: 'arn:aws:securityhub:ap-northeast-1::product/acme/scanner' }])).toHaveLength(1);
  });
});
