/** The configuration under which the quarter is played unless another is given: nine receivers. */
import { type Config, type Receiver, type Routes, settingsSchema } from '../../../config/schema';

const DIVISIONS = ['retail', 'payments', 'logistics', 'media', 'data'];

function channel(name: string): string {
  const letters = name.replace(/[^a-z]/g, '').toUpperCase();
  return `C0${letters.padEnd(9, 'X').slice(0, 9)}`;
}

function receiver(name: string): Receiver {
  const mentions = name.startsWith('prod-') ? { mentions: { CRITICAL: ['S0ONCALL01'] } } : {};
  return { channel: channel(name), language: 'en', securityAccountAccess: name === 'security', ...mentions };
}

export function quarterConfig(): Config {
  const names = [...DIVISIONS.map((division) => `prod-${division}`), 'staging', 'platform', 'sandbox', 'security'];
  const production = DIVISIONS.map((division) => {
    const name = division.charAt(0).toUpperCase() + division.slice(1);
    return { match: { ou: [`Workloads/${name}/Prod`, `Workloads/${name}/Regulated`] }, receiver: `prod-${division}` };
  });
  const routes: Routes = {
    receivers: Object.fromEntries(names.map((name) => [name, receiver(name)])),
    route: {
      receiver: 'security',
      routes: [
        { name: 'GuardDuty CRITICAL', match: { product: 'guardduty', severity: 'CRITICAL' }, receiver: 'security', continue: true },
        { match: { ou: 'Workloads' }, receiver: 'staging', routes: production },
        { match: { ou: 'Infrastructure' }, receiver: 'platform' },
        {
          match: { ou: 'Sandbox' },
          receiver: 'sandbox',
          routes: [
            { name: 'Open ports in the sandbox', match: { control: 'EC2.19' }, mute: { reason: 'Sandbox networks reach nothing else' } },
          ],
        },
      ],
    },
  };
  const settings = settingsSchema.parse({
    organization: { id: 'o-ab12cd34ef', managementAccount: '111111111111', securityAccount: '222222222222' },
    regions: { home: 'ap-northeast-1', linked: ['us-east-1', 'eu-west-1'] },
    enablement: { targets: ['r-ab12'] },
    language: 'en',
    timeZone: 'Asia/Tokyo',
    model: { profiles: ['jp.anthropic.claude-haiku-4-5-20251001-v1:0'] },
    slack: { tokenSecret: 'security-hub-interpreter/slack-bot-token' },
  });
  return { settings, routes };
}
