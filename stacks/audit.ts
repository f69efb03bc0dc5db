/**
 * What `npm run hub -- audit` reads: the templates of both apps, and what cdk-nag's rules say of each of their resources. Nothing is
 * bundled, so it takes seconds; nobody deploys it.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, type CfnResource, Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, NagMessageLevel, NagRuleCompliance, type IApplyRule, NIST80053R5Checks } from 'cdk-nag';
import type { Construct } from 'constructs';
import { buildApp } from './app';
import type { BuildOptions } from './build';
import { PROJECT } from './constructs/bundling';
import { buildManagementApp } from './management-app';

/** Where the verdicts stand in the folder of the hub's assembly, and where the management account's assembly does. */
const VERDICTS = 'verdicts.json';
const MANAGEMENT = 'management';

export interface Verdict {
  pack: 'AwsSolutions' | 'NIST.800.53.R5';
  rule: string;
  /** As the pack words it, with the ids of the controls. */
  about: string;
  level: 'error' | 'warning';
  /** The file of the template. */
  stack: string;
  /** The logical id. */
  resource: string;
  /** `acknowledged`: it fails, and the code says why that is right. `unknown`: the rule could not judge. */
  verdict: 'passes' | 'fails' | 'acknowledged' | 'unknown';
  /** What of the resource the rule speaks of, where it names it. */
  finding?: string;
  reason?: string;
}

/**
 * Both assemblies below one folder, and the verdicts beside them.
 * @throws Error that lists every problem of the configuration.
 */
export function synthesizeForAudit(outdir: string, options: BuildOptions = {}): void {
  const unbundled = { ...options, nag: false, context: { ...options.context, 'aws:cdk:bundling-stacks': [] } };
  mkdirSync(outdir, { recursive: true });
  const hub = buildApp({ ...unbundled, outdir }).app;
  const apps = [hub, ...managementApp({ ...unbundled, outdir: join(outdir, MANAGEMENT) })];
  for (const app of apps) app.synth();
  writeFileSync(join(outdir, VERDICTS), JSON.stringify(apps.flatMap(verdictsOn)));
}

/** None where the management account has nothing to do. */
function managementApp(options: BuildOptions): App[] {
  try {
    return [buildManagementApp(options)];
  } catch (error) {
    if (/^(Nothing is left|The management account's stack)/.test((error as Error).message)) return [];
    throw error;
  }
}

function verdictsOn(app: App): Verdict[] {
  const verdicts: Verdict[] = [];
  new (recording(AwsSolutionsChecks, 'AwsSolutions', verdicts))().validateScope(app);
  // What a pack is but its constructor and applyRule, nothing here looks at.
  const nist = NIST80053R5Checks as unknown as typeof AwsSolutionsChecks;
  new (recording(nist, 'NIST.800.53.R5', verdicts))().validateScope(app);
  return verdicts;
}

/** The pack, which also remembers what passes. */
function recording(Pack: typeof AwsSolutionsChecks, pack: Verdict['pack'], verdicts: Verdict[]) {
  return class extends Pack {
    protected override applyRule(params: IApplyRule): void {
      const { node, info, level } = params;
      const rule = `${pack}-${params.ruleSuffixOverride ?? params.rule.name}`;
      const about = { pack, rule, about: info, level: level === NagMessageLevel.ERROR ? 'error' : 'warning', ...placeOf(node) } as const;
      for (const judged of judge(params, rule)) verdicts.push({ ...about, ...judged });
    }
  };
}

function judge({ rule, node }: IApplyRule, id: string): Pick<Verdict, 'verdict' | 'finding' | 'reason'>[] {
  const failing = (finding?: string) => {
    const reason = acknowledgements(node).get(finding === undefined ? id : `${id}[${finding}]`);
    return { verdict: reason === undefined ? 'fails' : 'acknowledged', finding, reason } as const;
  };
  try {
    const result = rule(node);
    if (Array.isArray(result)) return result.length === 0 ? [{ verdict: 'passes' }] : result.map(failing);
    if (result === NagRuleCompliance.NOT_APPLICABLE) return [];
    return [result === NagRuleCompliance.COMPLIANT ? { verdict: 'passes' } : failing()];
  } catch {
    // A value that only the deployment knows.
    return [{ verdict: 'unknown' }];
  }
}

function placeOf(node: CfnResource): Pick<Verdict, 'stack' | 'resource'> {
  const stack = Stack.of(node);
  return { stack: stack.templateFile, resource: String(stack.resolve(node.logicalId)) };
}

/** Of the resource and all above it. */
function acknowledgements(node: Construct): Map<string, string> {
  const found = new Map<string, string>();
  for (const { node: above } of node.node.scopes)
    for (const { type, data } of above.metadata)
      if (type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
        for (const [id, reason] of Object.entries(data as Record<string, string>)) found.set(id.replace(/^annotation::/i, ''), reason);
  return found;
}

if (require.main === module) {
  try {
    synthesizeForAudit(process.env.CDK_OUTDIR ?? join(PROJECT, 'cdk.out', 'audit'));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
