/** Settings made up for what is shown of the sample problems: never the operator's. */
import { type Settings, settingsSchema } from '../../config/schema';

export const SAMPLE_SETTINGS: Settings = settingsSchema.parse({
  organization: { id: 'o-ab12cd34ef', managementAccount: '111111111111', securityAccount: '222222222222' },
  regions: { home: 'ap-northeast-1', linked: ['us-east-1'] },
  enablement: { targets: ['r-ab12'] },
  language: 'en',
  timeZone: 'Asia/Tokyo',
  accessPortal: 'https://acme.awsapps.com/start',
  model: { profiles: ['jp.anthropic.claude-haiku-4-5-20251001-v1:0'] },
  slack: { tokenSecret: 'security-hub-interpreter/slack' },
});
