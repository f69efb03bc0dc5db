/** The hub stack of a configuration made up here, never of the operator's: for what the docs are written from. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import cdkJson from '../cdk.json';
import { type Config, routesSchema, type Settings, settingsSchema } from '../config/schema';
import { HUB_STACK } from '../config/stack-name';
import { HubStack } from '../stacks/hub-stack';

export type Mode = Settings['enablement']['mode'];

/** @param use must not keep the stack: its folder is gone afterwards. */
export function withHub<T>(mode: Mode, use: (hub: HubStack) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'example-hub-'));
  try {
    const app = new App({ outdir: folder, autoSynth: false, context: { ...cdkJson.context, 'aws:cdk:bundling-stacks': [] } });
    const config = configIn(mode);
    return use(new HubStack(app, HUB_STACK, { config, env: { account: '222222222222', region: config.settings.regions.home } }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Everything that brings an alarm is on. */
function configIn(mode: Mode): Config {
  return {
    settings: settingsSchema.parse({
      organization: { id: 'o-exampleorg0', managementAccount: '111111111111', securityAccount: '222222222222' },
      regions: { home: 'us-east-1', linked: ['us-west-2'] },
      enablement: { mode, targets: mode === 'none' ? [] : ['r-ab12'] },
      model: { profiles: ['us.anthropic.claude-haiku-4-5-20251001-v1:0'], budget: { usdPerMonth: 50 } },
      slack: { tokenSecret: 'security-hub-interpreter/slack' },
      alarms: { silenceHours: 48, emails: ['sec-ops@example.com'] },
    }),
    routes: routesSchema.parse({ receivers: { all: { channel: 'C0123456789' } }, route: { receiver: 'all' } }),
  };
}
