import { loadConfig } from '../../../config/load';
import { route } from '../../../config/routing/walk';
import { EXAMPLE } from '../example';
import { NOW } from '../folder';
import { subjectIn } from './routing-subjects';

const { config } = loadConfig(EXAMPLE, NOW);
const guardDuty = { product: 'aws/guardduty', controlId: undefined, severity: 'CRITICAL' } as const;

test.each([
  ['the management account, which is in no OU', subjectIn('', { accountId: '111111111111' }), ['sec-ops']],
  ['the security account', subjectIn('Security', { accountId: '222222222222' }), ['sec-ops']],
  ['an account of the network', subjectIn('Infrastructure', { accountId: '444444444444' }), ['platform']],
  ['an account in production', subjectIn('Workloads/Prod'), ['prod-oncall']],
  ['an account in production with cards', subjectIn('Workloads/Prod/Regulated', { accountId: '777777777777' }), ['cards-oncall']],
  ['an account in staging', subjectIn('Workloads/Staging', { accountId: '888888888888' }), ['workloads']],
  ['an account in the sandbox', subjectIn('Sandbox', { accountId: '999999999999' }), ['sandbox']],
  ['what is muted in the sandbox', subjectIn('Sandbox', { accountId: '999999999999', controlId: 'EC2.8' }), []],
  ['a critical finding of GuardDuty in production', subjectIn('Workloads/Prod', guardDuty), ['sec-ops', 'prod-oncall']],
  ['a critical finding of GuardDuty under the root', subjectIn('', guardDuty), ['sec-ops']],
  ['an account that Organizations does not know', subjectIn('', { ouKnown: false }), ['sec-ops']],
])('the example’s routes tell of %s', (_what, subject, receivers) => {
  if (!config) throw new Error(`the example has errors: npm run routes -- --config ${EXAMPLE}`);
  expect(route(config.routes, subject, NOW).receivers.map(({ name }) => name)).toEqual(receivers);
});
