/** The rules by name, how much each weighs, and what they share. */
import type { ConfigPath, Fault, Level } from '../problem';

/** Every rule about settings.yaml beyond its shape. An error refuses the configuration, a warning lets it pass. */
export const SETTINGS_RULES = {
  'account-twice': 'error',
  'enablement-below-root': 'warning',
  'enablement-needless-targets': 'warning',
  'enablement-no-targets': 'error',
  'enablement-second-root': 'error',
  'enablement-twice': 'error',
  'model-geography': 'error',
  'model-in-region': 'warning',
  'model-needs-profile': 'error',
  'model-partition': 'error',
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
  'trust-unknown': 'warning',
} as const satisfies Record<string, Level>;

/** Every rule about routes.yaml beyond its shape. */
export const ROUTES_RULES = {
  'continue-last': 'warning',
  'control-spaces': 'error',
  'entry-unreachable': 'warning',
  'match-empty': 'error',
  'match-region-unknown': 'error',
  'match-region-unused': 'warning',
  'match-severity-unused': 'warning',
  'mentions-below-minimum': 'warning',
  'mute-ended': 'warning',
  'mute-everything': 'warning',
  'mute-receiver': 'error',
  'mute-routes': 'error',
  'ou-ancestor-first': 'error',
  'ou-case': 'warning',
  'ou-order-unknown': 'warning',
  'ou-root': 'warning',
  'ou-root-id': 'error',
  'ou-unreachable': 'error',
  'ou-wildcard': 'error',
  'pattern-covered': 'warning',
  'pattern-regex': 'error',
  'pattern-space': 'error',
  'pattern-stars': 'error',
  'product-characters': 'error',
  'product-slashes': 'error',
  'product-unknown': 'warning',
  'receiver-address-missing': 'error',
  'receiver-address-twice': 'error',
  'receiver-twin': 'warning',
  'receiver-undefined': 'error',
  'receiver-unused': 'warning',
  'resource-type-spelling': 'error',
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

/** The texts of a list in whatever state; what is no text keeps its place, so that positions stay those of the file. */
export function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map((entry) => (typeof entry === 'string' ? entry : '')) : [];
}
