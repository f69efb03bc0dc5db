/** Which version of code and configuration a function is, as its description has it: stacks/version.ts. */
import { object } from '../../handlers/domain/text/reading';
import type { AuditedResource } from './audited';

export interface AuditedVersion {
  /** Seven digits of a commit, with a + where what is built differs from it; the release, where the synth had no history. */
  code: string;
  /** Of the checked configuration. */
  hash: string;
}

export function versionOf({ type, body }: Pick<AuditedResource, 'type' | 'body'>): AuditedVersion | undefined {
  if (type !== 'AWS::Lambda::Function') return undefined;
  const [, code, hash] = / · (\S+)\.([0-9a-f]{8}) · rows \d+$/.exec(String(object(body.Properties).Description)) ?? [];
  return code === undefined || hash === undefined ? undefined : { code, hash };
}

/** The code of the functions; undefined where they do not say it. */
export function codeOf({ resources }: { resources: readonly Pick<AuditedResource, 'type' | 'body'>[] }): string | undefined {
  return resources.flatMap((each) => versionOf(each) ?? [])[0]?.code;
}
