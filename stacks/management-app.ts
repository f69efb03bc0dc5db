/**
 * The management account's app, apart from the hub's, so that `npx cdk deploy --all` in the security account never contains it:
 * `npx cdk deploy --app 'npx tsx stacks/management-app.ts' --all`, with the credentials of the management account.
 */
import { join } from 'node:path';
import { type App, LegacyStackSynthesizer } from 'aws-cdk-lib';
import { type BuildOptions, configOf, newApp, runSynth } from './build';
import { PROJECT } from './constructs/bundling';
import { regionsInUse } from '../config/regions';
import { HUB_STACK } from '../config/stack-name';
import { hasWork, ManagementStack } from './management-stack';

/** The same in each Region. */
export const MANAGEMENT_STACK = `${HUB_STACK}Management`;

/**
 * The app, ready for synth(): one stack for each Region in use, under central configuration for the home Region. The context `delegated` names the Regions, separated by
 * commas, or `all`, where the security account is the delegated administrator already: there it is not designated again.
 * @throws Error that lists every problem of the configuration; Error where `delegated` names a Region in which nothing is designated,
 * or leaves nothing to deploy.
 */
export function buildManagementApp(options: BuildOptions = {}): App {
  const app = newApp(options, join(PROJECT, 'cdk.out', 'management'));
  const { settings, environment } = configOf(app, options).config;
  if (environment !== undefined && settings.enablement.mode === 'none')
    throw new Error(
      `The management account's stack is the organization's, and environment ${environment} sets nothing up (enablement.mode none): leave the environment out.`,
    );
  // Central configuration names the same delegated administrator in the linked Regions by itself, and coming second fails:
  // https://docs.aws.amazon.com/securityhub/latest/userguide/start-central-configuration.html
  const regions = settings.enablement.mode === 'central-configuration' ? [settings.regions.home] : regionsInUse(settings);
  const delegated = delegatedRegions(app.node.tryGetContext('delegated'), regions);
  const withWork = regions.filter((region) => hasWork(settings, !delegated.includes(region)));
  if (withWork.length === 0)
    throw new Error(
      `Nothing is left for the management account: the security account is the delegated administrator everywhere (-c delegated), and in mode ${settings.enablement.mode} this app turns nothing on. Deploy the hub stack.`,
    );
  for (const region of withWork) {
    new ManagementStack(app, `${MANAGEMENT_STACK}-${region}`, {
      stackName: MANAGEMENT_STACK,
      settings,
      designate: !delegated.includes(region),
      env: { account: settings.organization.managementAccount, region },
      description: 'Security Hub Interpreter: delegation by the management account',
      terminationProtection: true,
      // Nothing of a bootstrap: there are no assets, so no bucket; and CloudFormation acts with the rights of who deploys, so no
      // roles. BootstraplessSynthesizer would still name those of a bootstrap: https://github.com/aws/aws-cdk/issues/20648
      synthesizer: new LegacyStackSynthesizer(),
    });
  }
  return app;
}

function delegatedRegions(value: unknown, known: string[]): string[] {
  if (value === undefined) return [];
  if (value === 'all') return known;
  const named = String(value)
    .split(',')
    .map((region) => region.trim());
  const unknown = named.filter((region) => !known.includes(region));
  if (unknown.length > 0)
    throw new Error(`-c delegated=${value}: nothing is designated in ${unknown.join(', ')}. Known are ${known.join(', ')}, or all.`);
  return named;
}

if (require.main === module) runSynth((options) => buildManagementApp(options).synth());
