/** All that an auditor asks after, computed: from the templates, the configuration and the code's own tables. */
import { destinationsOf } from '../../config/geographies';
import { profilesOf } from '../../config/models';
import { questionsOf } from './asked';
import { alarmsOf, hearersOf } from './alarms';
import { checksFor } from '../doctor/checks';
import { deploymentOf } from '../evidence/evidence';
import type { Kept as KeptEvidence } from '../evidence/kept';
import type { Audit, Deployed } from './audited';
import type { Assembly } from './assembly';
import { exceptionsOf, failuresOf, nistRules } from './checks';
import { keptIn } from './kept';
import { openingsOf, slackAddress, waysOut } from './network';
import type { KnownTree } from './organization';
import { letInBy, rolesOf } from './rights';
import { identifyingValues, modelFields } from './sent';
import { stoppingOf } from './stopping';
import { slackFields } from './told';
import { mutesOf, receiversOf, unitsOf } from './units';

export interface AuditOptions {
  /** Epoch milliseconds. */
  now: number;
  tree?: KnownTree;
  /** Whether the fields of findings that leave are found out, which takes some seconds. */
  fields: boolean;
  /** What was measured; nothing, where it is not given. */
  evidence?: KeptEvidence;
}

export async function auditOf(assembly: Assembly, options: AuditOptions): Promise<Audit> {
  const { trustText } = assembly.config.settings;
  const { model, ...deployed } = deployedIn(assembly, options);
  const made = new Date(options.now).toISOString();
  const { evidence = { unreadable: [] } } = options;
  if (!options.fields) return { made, evidence, model, ...deployed };
  const slack = await slackFields(assembly.config);
  return {
    made,
    evidence,
    ...deployed,
    model: model.enabled ? { ...model, fields: modelFields(trustText), samples: identifyingValues(trustText) } : model,
    slack: { ...deployed.slack, fields: slack },
  };
}

/** Without the fields of findings: what two deployments are compared by. */
export function deployedIn({ stacks, config, ...assembly }: Assembly, { now, tree }: Pick<AuditOptions, 'now' | 'tree'>): Deployed {
  const { organization, regions, enablement, model, trustText, severities, includeSamples } = config.settings;
  const profiles = model.enabled ? profilesOf(config.settings) : [];
  const address = slackAddress(stacks);
  const all = { stacks, config, ...assembly };
  return {
    organization: {
      ...organization,
      home: regions.home,
      linked: [...regions.linked],
      mode: enablement.mode,
      targets: [...(enablement.targets ?? [])],
    },
    deployment: deploymentOf(config),
    stacks: stacks.map(({ name, place, regions: where, resources, protectedFromDeletion = false }) => ({
      name,
      place,
      regions: where,
      resources: resources.length,
      protectedFromDeletion,
    })),
    roles: rolesOf(stacks),
    letIn: letInBy(stacks),
    exceptions: exceptionsOf(all),
    failures: failuresOf(all),
    nist: nistRules(all),
    kept: keptIn(stacks, config),
    ways: waysOut(stacks, config),
    openings: openingsOf(stacks),
    model: {
      enabled: model.enabled,
      profiles,
      regions: [...new Set(profiles.flatMap((profile) => reachedBy(profile, regions.home)))],
      trustText: [...trustText],
      judge: model.judge,
      questions: model.enabled ? questionsOf(config.settings) : [],
      fields: [],
      samples: { findings: 0, files: {}, values: 0, seen: [] },
    },
    slack: { address: address?.url ?? '', anchor: address?.anchor ?? '', receivers: receiversOf(config), fields: [] },
    severities: [...severities],
    includeSamples,
    unitsOf: tree?.from ?? { kind: 'routes' },
    units: unitsOf(config, now, tree),
    mutes: mutesOf(config, now),
    alarms: alarmsOf(stacks),
    stopping: stoppingOf(stacks),
    hearers: hearersOf(stacks),
    checks: checksFor(config, { before: false, slack: false }).map(({ id, group, title }) => ({ id, group, title })),
    resources: stacks.flatMap(({ resources }) =>
      resources.map(({ anchor, stack, name, type, body }) => ({ anchor, stack, name, type, body })),
    ),
    beside: Object.fromEntries(stacks.map(({ name, beside }) => [name, beside])),
    configuration: config,
  };
}

/** In which Regions a request may be answered. */
function reachedBy(profile: string, home: string): readonly string[] {
  return destinationsOf(profile, home) ?? (profile.startsWith('global.') ? ['any'] : [home]);
}
