/** What fails of NIST 800-53 has its reason beside the resource in the template, and nothing else has; and a switch that is said to mend it does. */
import { readAssembly } from '../../cli/audit/assembly';
import { nistRules } from '../../cli/audit/checks';
import type { Config, Settings } from '../../config/schema';
import { synthesizeForAudit } from '../../stacks/audit';
import { exampleConfig, withSettings } from './example-config';
import { configurationOf, covering } from './switches';
import { temporaryFolder } from './temporary-folder';

// CDK's own template checks take seconds a process; `npm run synth` makes them.
process.env.CDK_VALIDATION = 'false';

function audited(config: Config | undefined) {
  const folder = temporaryFolder();
  synthesizeForAudit(folder, { config });
  const assembly = readAssembly(folder);
  const failing = nistRules(assembly).flatMap(({ rule, fails }) => fails.map((each) => ({ rule, ...each })));
  const said = assembly.stacks.flatMap(({ resources }) =>
    resources.flatMap(({ anchor, body }) => {
      const rules = (body.Metadata as Record<string, object> | undefined)?.['security-hub-interpreter:nist-800-53'] ?? {};
      return Object.keys(rules).map((rule) => `${rule} ${anchor}`);
    }),
  );
  return { failing, said };
}

test.each(covering())('$network | keys: $keys | $reserved | $deployment | $mode | $where', (choice) => {
  const { failing, said } = audited(configurationOf(choice).config);
  expect(failing.filter(({ reason }) => reason.length < 20)).toEqual([]);
  expect(said.sort()).toEqual([...new Set(failing.map(({ rule, anchor }) => `${rule} ${anchor}`))].sort());
});

test('each switch that is named mends all that it is named for', () => {
  const named = (settings: Partial<Settings>) =>
    audited(withSettings(settings)).failing.flatMap(({ rule, anchor, switch: by }) =>
      by === undefined ? [] : [`${rule} ${anchor} ${by}`],
    );
  const { functions, keys } = exampleConfig.settings;
  const [own, through] = ['own, NAT, endpoints', 'own, transit gateway'].map(
    (network) => configurationOf({ network }).config?.settings.network,
  );
  const reserved = Object.entries(functions).map(([name, limits]) => [name, { ...limits, reservedConcurrency: 5 }]);
  expect(new Set([...named({}), ...named({ network: own })].map((each) => each.split(' ')[0]))).toEqual(
    new Set(['CloudWatchLogGroupEncrypted', 'LambdaConcurrency', 'LambdaInsideVPC', 'VPCNoUnrestrictedRouteToIGW']),
  );
  const all = {
    functions: Object.fromEntries(reserved) as Settings['functions'],
    keys: { ...keys, logs: 'own' as const },
    network: through,
  };
  expect(named(all)).toEqual([]);
});
