/** A small checked configuration for tests, as config/load.ts would give it. */
import { type Config, type Routes, settingsSchema } from '../../config/schema';

export function config(changes: { settings?: object; routes?: Routes } = {}): Config {
  const settings = settingsSchema.parse({
    organization: { id: 'o-ab12cd34ef', managementAccount: '111111111111', securityAccount: '222222222222' },
    regions: { home: 'ap-northeast-1', linked: ['us-east-1', 'eu-west-1'] },
    enablement: { targets: ['r-ab12'] },
    language: 'en',
    timeZone: 'Asia/Tokyo',
    model: { profiles: ['jp.anthropic.claude-haiku-4-5-20251001-v1:0'] },
    slack: { tokenSecret: 'security-hub-interpreter/slack-bot-token' },
    ...changes.settings,
  });
  const routes: Routes = changes.routes ?? {
    receivers: {
      'sec-ops': { channel: 'C0SECOPS001', language: 'en', securityAccountAccess: true },
      workloads: { channel: 'C0WORKLD001', language: 'en', securityAccountAccess: false },
    },
    route: { receiver: 'sec-ops', routes: [{ match: { ou: 'Workloads' }, receiver: 'workloads' }] },
  };
  return { settings, routes };
}
