/** Where Security Hub is turned on: somewhere, and nothing twice. */
import type { Fault } from '../mistake';
import { texts, valueAt } from '../path';
import { settingsFault } from './fault';

export function checkEnablement(raw: unknown): Fault[] {
  if (raw === null || typeof raw !== 'object') return [];
  const targets = texts(valueAt(raw, ['enablement', 'targets']));
  const mode = valueAt(raw, ['enablement', 'mode']) ?? 'stack-sets';
  return [
    ...(mode === 'none' ? checkUnused(targets) : checkMissing(targets, mode)),
    ...listedTwice(['enablement', 'targets'], targets),
    ...checkRoot(targets),
    ...listedTwice(['enablement', 'standards'], texts(valueAt(raw, ['enablement', 'standards']))),
  ];
}

function checkMissing(targets: string[], mode: unknown): Fault[] {
  if (targets.length > 0) return [];
  const message = `mode ${mode} turns Security Hub on in the accounts of its targets, and none is named`;
  const remedy =
    'Write for example ["r-ab12"], the root for the whole organization, or OUs (ou-…); or set mode: none where somebody else does it.';
  return [settingsFault('enablement-no-targets', ['enablement', 'targets'], message, remedy)];
}

function checkUnused(targets: string[]): Fault[] {
  if (targets.length === 0) return [];
  const message = 'mode none turns nothing on, so the targets mean nothing';
  return [settingsFault('enablement-needless-targets', ['enablement', 'targets'], message, 'Remove it, or choose another mode.')];
}

/** A root reaches every account, so an OU beside it adds none. */
function checkRoot(targets: string[]): Fault[] {
  const root = targets.find((target) => target.startsWith('r-'));
  if (root === undefined) return [];
  return targets.flatMap((target, index) => {
    const path = ['enablement', 'targets', index];
    const below = `"${target}" lies below the root "${root}", which is a target as well`;
    if (target.startsWith('ou-')) return [settingsFault('enablement-below-root', path, below, 'Remove it, or the root.')];
    if (!target.startsWith('r-') || target === root) return [];
    const second = `"${target}" is a second root beside "${root}", and an organization has one`;
    return [settingsFault('enablement-second-root', path, second, 'Remove it, or the other.')];
  });
}

/** CloudFormation refuses the second of two equal targets, and Security Hub that of two equal standards. */
function listedTwice(path: string[], list: string[]): Fault[] {
  return list.flatMap((entry, index) =>
    entry !== '' && list.indexOf(entry) < index
      ? [settingsFault('enablement-twice', [...path, index], `"${entry}" is listed twice`, 'Remove it.')]
      : [],
  );
}
