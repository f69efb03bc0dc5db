/** Finds what would tell the model whose finding it is. */
import type { Finding } from './finding';

/** The two "everyone" ranges identify nobody and say much. */
const EVERYONE = /0\.0\.0\.0\/0|::\/0/g;

const PATTERNS: readonly RegExp[] = [
  /\barn:/i,
  /(?<!\d)\d{12}(?!\d)/,
  /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/,
  /(?:[0-9a-f]{1,4}:){3,}[0-9a-f:]*|(?:[0-9a-f]{1,4}:){1,6}:[0-9a-f]/i,
  /[^\s@]+@[^\s@]+\.[a-z]{2,}/i,
  /\b[A-Z]{4}[A-Z0-9]{16}\b/,
  /\b(?:i|ami|sg|vpc|subnet|vol|snap|eni|rtb|acl|igw|nat|pcx|eipalloc|vpce|tgw|fs|db|key|o|ou|r)-[0-9a-z]{8,}\b/,
  /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/i,
  /\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{12,}\b/i,
  /\b[a-z0-9-]+\.(?:com|net|org|io|co|jp|dev|internal|local)\b/i,
  /https?:/i,
];

/** Whether a text holds an account, an address, a key or another identifier, of anyone. */
export function identifies(text: string): boolean {
  const rest = text.replace(EVERYONE, '');
  return PATTERNS.some((pattern) => pattern.test(rest));
}

/** Whether a text names what this very finding is about: its resources, its account. */
export function namesItsOwner(text: string, finding: Pick<Finding, 'resources' | 'accountId' | 'accountName'>): boolean {
  const folded = text.toLowerCase();
  const names = [
    finding.accountName,
    ...finding.resources.flatMap((resource) => [resource.id, resource.name, ...resource.id.split(/[/:]/)]),
  ];
  return names.some(
    (name) =>
      name !== undefined &&
      name.length >= 4 &&
      !/^[a-z]+$/.test(name) &&
      !GENERIC.has(name.toLowerCase()) &&
      folded.includes(name.toLowerCase()),
  );
}

/** Parts of identifiers that are AWS's words, not a customer's. */
const GENERIC = new Set([
  'aws::::account',
  'account',
  'instance',
  'function',
  'security-group',
  'log-group',
  'task-definition',
  'network-interface',
  'instance-profile',
  'us-east-1',
  'rds',
  'elasticloadbalancing',
]);
