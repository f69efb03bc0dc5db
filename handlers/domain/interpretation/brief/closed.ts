/** What may stand in a brief: a word of a shipped list, what has a narrow shape, a bucket. Anything else is left out, never cut to fit. */
import { entryOf } from '../../text/reading';

export function matching(value: string | undefined, pattern: RegExp): string | undefined {
  return value !== undefined && pattern.test(value) ? value : undefined;
}

/** Those of a list that are known: each once, sorted, so that their order makes no other brief. */
export function known(values: readonly string[] | undefined, is: (value: string) => boolean, most: number): string[] {
  return [...new Set((values ?? []).filter(is))].sort().slice(0, most);
}

/** An API call as IAM writes it. */
export const CALL = /^[a-z][a-z0-9-]{1,29}:[A-Z][A-Za-z0-9]{2,60}$/;

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html, and GuardDuty's own. */
export const PRINCIPALS: ReadonlySet<string> = new Set([
  ...['Root', 'IAMUser', 'AssumedRole', 'Role', 'FederatedUser', 'Directory', 'AWSAccount', 'AWSService', 'IdentityCenterUser'],
  ...['SAMLUser', 'WebIdentityUser', 'Unknown'],
]);

/** Ephemeral ports say nothing and would make each brief another. */
export function servicePort(port: string | undefined): string | undefined {
  return Number(port) < 32768 ? matching(port, /^\d{1,5}$/) : undefined;
}

/** Ports whose service people know; of the rest a brief says that there are others. */
const KNOWN: ReadonlySet<number> = new Set([
  ...[20, 21, 22, 23, 25, 53, 80, 110, 111, 135, 139, 143, 389, 443, 445, 636, 873, 1433, 1434, 1521, 2049, 2181, 2375, 2376, 2379],
  ...[3000, 3306, 3389, 4333, 5000, 5432, 5500, 5601, 5900, 5985, 5986, 6379, 6443, 8000, 8080, 8088, 8443, 8888, 9042, 9092, 9200],
  ...[9300, 10250, 11211, 27017],
]);

/** Of ranges: the known ports that they hold, `all`, and `other` for what else they hold. */
export function portsIn(ranges: readonly { firstPort: number; lastPort: number }[]): string[] {
  const ports = new Set<string>();
  for (const { firstPort, lastPort } of ranges) {
    if (firstPort <= 1 && lastPort >= 65535) return ['all'];
    const named = [...KNOWN].filter((port) => port >= firstPort && port <= lastPort);
    for (const port of named) ports.add(String(port));
    if (named.length === 0 || named.length <= lastPort - firstPort) ports.add('other');
  }
  return [...ports].sort((a, b) => (Number(a) || Infinity) - (Number(b) || Infinity)).slice(0, 12);
}

/** Few steps, in words, and none for once: what is counted goes on counting, and each step is another brief. */
export function often(count: number | undefined): string | undefined {
  if (count === undefined || !(count > 1)) return undefined;
  return count < 100 ? 'several times' : 'many times';
}

/** As Inspector and common scanners write them. https://docs.aws.amazon.com/inspector/v2/APIReference/API_VulnerablePackage.html */
const MANAGERS: Readonly<Record<string, true>> = Object.fromEntries(
  [
    ...['BUNDLER', 'CARGO', 'COMPOSER', 'DOTNET_CORE', 'GEMSPEC', 'GOBINARY', 'GOMOD', 'JAR', 'MAVEN', 'NODEPKG', 'NPM', 'NUGET', 'OS'],
    ...['PIP', 'PIPENV', 'PNPM', 'POETRY', 'POM', 'PYTHONPKG', 'YARN', 'APK', 'DPKG', 'RPM'],
  ].map((name) => [name, true]),
);

export function packageManager(name: string | undefined): string | undefined {
  return entryOf(MANAGERS, name?.toUpperCase()) && name?.toUpperCase();
}
