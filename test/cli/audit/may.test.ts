/** What a role may do to findings, by its statements: what does not surely deny does not deny. */
import { may } from '../../../cli/audit/may';
import type { Condition, Right } from '../../../cli/audit/rights';

const HUB = 'arn:aws:securityhub:ap-northeast-1:222222222222:hub/default';
const right = (effect: Right['effect'], more: Partial<Omit<Right, 'resources'>> & { on?: string[] }): Right => ({
  sid: '',
  effect,
  actions: ['securityhub:BatchUpdateFindings'],
  conditions: [],
  reason: '',
  ...more,
  resources: (more.on ?? ['*']).map((text) => ({ text })),
});
const when = (operator: string, key: string, ...values: string[]): Condition => ({ operator, key, values });
const TYPES = 'securityhub:ASFFSyntaxPath/Types';
const allowed = right('Allow', { on: [HUB] });
const guard = { conditions: [when('Null', TYPES, 'false')] };

test.each<[string, boolean, Right[]]>([
  ['a guard on all resources denies', false, [allowed, right('Deny', guard)]],
  ['a guard on a pattern of them denies', false, [allowed, right('Deny', { ...guard, on: ['arn:aws:securityhub:*:222222222222:hub/*'] })]],
  ['a guard on another Region does not', true, [allowed, right('Deny', { ...guard, on: [HUB.replace('ap-northeast-1', 'us-east-1')] })]],
  ['a guard on all but this does not', true, [allowed, right('Deny', { ...guard, on: [`all but ${HUB}`] })]],
  [
    'a guard that asks for a tag as well does not',
    true,
    [allowed, right('Deny', { conditions: [...guard.conditions, when('Null', 'aws:PrincipalTag/guard', 'true')] })],
  ],
  [
    'a guard whose key is written otherwise denies',
    false,
    [allowed, right('Deny', { conditions: [when('Null', TYPES.toLowerCase(), 'false')] })],
  ],
  [
    'a Deny of all but two actions spares both',
    true,
    [allowed, right('Deny', { actions: ['all but securityhub:GetFindings', 'all but securityhub:BatchUpdateFindings'] })],
  ],
  [
    'an Allow of all but two actions gives neither',
    false,
    [right('Allow', { actions: ['all but securityhub:GetFindings', 'all but securityhub:BatchUpdateFindings'] })],
  ],
])('%s', (_what, expected, rights) => {
  expect(may({ rights }, 'securityhub:BatchUpdateFindings', { key: TYPES, value: 'any' })).toBe(expected);
});
