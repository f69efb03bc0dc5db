/** Owners: each of them once, and mentioned where that can happen. */
import type { Fault } from '../../mistake';
import { texts, valueAt } from '../../path';
import { routesFault } from '../../rules/fault';
import { sameOwner } from '../owner-tags';
import { admittedBy } from '../severity';
import type { RoutesTree } from '../tree';

export function checkOwners({ owners }: RoutesTree): Fault[] {
  return owners.flatMap(({ name, mention }, index) => {
    const path = ['owners', name];
    const first = owners.slice(0, index).find((other) => sameOwner(other.name, name));
    const twice = `"${name}" is "${first?.name}" once more: capitals make no other owner`;
    return [
      ...(first ? [{ ...routesFault('owner-twice', path, twice, 'Remove it, or the other.'), atKey: true }] : []),
      ...mention.flatMap((id, at) =>
        id !== '' && mention.indexOf(id) < at
          ? [
              routesFault(
                'owner-mention-twice',
                [...path, 'mention', at],
                `"${id}" is listed twice`,
                'Remove it, or write the one that was meant.',
              ),
            ]
          : [],
      ),
    ];
  });
}

/** @param settings what settings.yaml holds, in whatever state. */
export function checkOwnersUsed(settings: unknown, { owners }: RoutesTree): Fault[] {
  if (owners.length === 0) return [];
  if (valueAt(settings, ['ownerTags']) === undefined || texts(valueAt(settings, ['ownerTags'])).length === 0) {
    const message = 'settings.yaml names no ownerTags, so nothing has an owner and none of these is ever mentioned';
    const remedy = 'Remove it, or name in settings.yaml the tags that say whose something is, for example ownerTags: ["resource:team"].';
    return [{ ...routesFault('owners-unused', ['owners'], message, remedy), atKey: true }];
  }
  const admitted = admittedBy(settings);
  const byHand = texts(valueAt(settings, ['customActions'])).length > 0;
  return owners.flatMap(({ name, severities }) =>
    severities.flatMap((severity, index) => {
      if (byHand || admitted.includes(severity)) return [];
      const message = `${severity} is not told: settings.yaml admits ${admitted.join(' and ')}`;
      const remedy = `Write ${admitted.join(' or ')}, or add ${severity} to severities in settings.yaml.`;
      return [routesFault('owner-severity-unused', ['owners', name, 'severities', index], message, remedy)];
    }),
  );
}
