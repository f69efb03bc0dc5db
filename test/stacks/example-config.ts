/** A configuration of the example organization, as the functions read it: checked, with defaults filled in. */
import { type Config, routesSchema, settingsSchema } from '../../config/schema';

export const exampleConfig: Config = {
  settings: settingsSchema.parse({
    organization: { id: 'o-ab12cd34ef', managementAccount: '111111111111', securityAccount: '222222222222' },
    regions: { home: 'ap-northeast-1', linked: ['us-east-1', 'eu-west-1'] },
    enablement: { targets: ['r-ab12'] },
    model: { profiles: ['jp.anthropic.claude-haiku-4-5-20251001-v1:0'] },
    slack: { tokenSecret: 'security-hub-interpreter/slack' },
    alarms: { emails: ['sec-ops@example.com'] },
  }),
  routes: routesSchema.parse({
    receivers: { 'sec-ops': { channel: 'C0SECOPS001', language: 'ja', securityAccountAccess: true } },
    route: { receiver: 'sec-ops' },
  }),
};

/** The same, with some settings changed. */
export function withSettings(changes: Partial<Config['settings']>): Config {
  return { ...exampleConfig, settings: { ...exampleConfig.settings, ...changes } };
}
