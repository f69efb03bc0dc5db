/** The rules by name, how much each weighs, and what they share. */
import type { Fault, Level } from '../mistake';
import type { ConfigPath } from '../path';

/** Every rule about settings.yaml beyond its shape. An error refuses the configuration, a warning lets it pass. */
export const SETTINGS_RULES = {
  'account-twice': 'error',
  'all-to-unknown': 'error',
  'all-to-webhook': 'error',
  'budget-price': 'error',
  'enablement-below-root': 'warning',
  'enablement-needless-targets': 'warning',
  'enablement-no-targets': 'error',
  'enablement-second-root': 'error',
  'enablement-twice': 'error',
  'functions-hours-alone': 'error',
  'functions-hours-empty': 'error',
  'functions-hours-zone': 'warning',
  'functions-quota': 'warning',
  'functions-reserved': 'error',
  'functions-unused': 'warning',
  'key-region': 'error',
  'listed-twice': 'error',
  'model-geography': 'error',
  'model-in-region': 'warning',
  'model-needs-profile': 'error',
  'model-no-default': 'error',
  'model-partition': 'error',
  'network-cidr': 'error',
  'network-egress': 'error',
  'network-endpoint-region': 'error',
  'network-idle': 'warning',
  'network-key-missing': 'error',
  'network-key-other': 'error',
  'network-no-way-out': 'error',
  'network-zone-region': 'error',
  'network-zones-twice': 'error',
  'portal-address': 'error',
  'region-linked-home': 'error',
  'region-linked-twice': 'warning',
  'region-opt-in': 'warning',
  'region-partition': 'error',
  'region-unknown': 'error',
  'region-unlisted-idle': 'warning',
  'time-zone': 'error',
  'token-missing': 'error',
  'token-unused': 'warning',
  'topic-region': 'error',
  'trust-unjudged': 'error',
  'trust-unknown': 'warning',
} as const satisfies Record<string, Level>;

/** Every rule about routes.yaml beyond its shape, but for those of one facet, which stand with it. */
export const ROUTES_RULES = {
  'continue-last': 'warning',
  'entry-unreachable': 'warning',
  'match-empty': 'error',
  'mentions-below-minimum': 'warning',
  'mute-ended': 'warning',
  'mute-everything': 'warning',
  'mute-receiver': 'error',
  'mute-resource-tag': 'warning',
  'mute-routes': 'error',
  'ou-ancestor-first': 'error',
  'ou-case': 'warning',
  'ou-order-unknown': 'warning',
  'ou-unreachable': 'error',
  'owner-mention-twice': 'warning',
  'owner-severity-unused': 'warning',
  'owner-twice': 'error',
  'owners-unused': 'warning',
  'pattern-covered': 'warning',
  'receiver-address-missing': 'error',
  'receiver-address-twice': 'error',
  'receiver-twin': 'warning',
  'receiver-undefined': 'error',
  'receiver-unused': 'warning',
  'root-key': 'error',
  'root-minimum': 'error',
  'root-receiver': 'error',
  'route-idle': 'error',
  'route-inherits': 'warning',
  'route-never-fits': 'error',
  'route-unreachable': 'error',
} as const satisfies Record<string, Level>;

export type SettingsRule = keyof typeof SETTINGS_RULES;
export type RoutesRule = keyof typeof ROUTES_RULES;

export function settingsFault(rule: SettingsRule, path: ConfigPath, message: string, remedy: string): Fault {
  return { rule, level: SETTINGS_RULES[rule], file: 'settings.yaml', path, message, remedy };
}

export function routesFault(rule: RoutesRule, path: ConfigPath, message: string, remedy: string): Fault {
  return { rule, level: ROUTES_RULES[rule], file: 'routes.yaml', path, message, remedy };
}
