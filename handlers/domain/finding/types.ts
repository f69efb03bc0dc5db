/** The types of a finding, in either format. */
import { text } from '../text/reading';

/**
 * In the taxonomy of ASFF a type is one entry of three parts (`TTPs/Malware/Ransomware`); CrowdStrike's gateway writes each part as an
 * entry with its name in front. Read as one, it says what was found.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/asff-type-taxonomy.html
 * https://github.com/CrowdStrike/falcon-integration-gateway
 */
const PARTS = [/^Namespace: (.+)$/, /^Category: (.+)$/, /^Classifier: (.+)$/] as const;

export function typesIn(entries: readonly unknown[]): string[] {
  const types = entries.flatMap((entry) => text(entry) ?? []);
  const parts = PARTS.map((part) => types.map((type) => part.exec(type)?.[1]).find((its) => its !== undefined));
  const said = parts.filter((part) => part !== undefined);
  if (parts[0] === undefined || said.length < 2) return types;
  return [said.join('/'), ...types.filter((type) => !PARTS.some((part) => part.test(type)))];
}
