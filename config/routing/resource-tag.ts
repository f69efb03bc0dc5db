/**
 * Tags of the finding's resources, for accounts that several teams share: each by its name, and all of them must be there. Whoever may tag
 * a resource chooses by them, so a route that asks for one belongs below the account or OU within which that may be.
 */
import type { Facet, RoutingSubject } from './facet';

export const resourceTag = {
  what: 'resource tag',
  schema: ({ z }) =>
    z
      .record(z.string(), z.string().meta({ examples: ['payments'] }))
      .optional()
      .meta({
        description:
          'Tags of the finding’s resources, of AWS’s own findings: for accounts that several teams share. Each must be a tag of any of its resources. Whoever may tag a resource chooses by them.',
        examples: [{ team: 'payments' }],
      }),
  named: true,
  has: tagged,
  holds: (subject, wanted, name) => tagged(subject, name).includes(wanted),
  covers: (wider, narrower) => wider === narrower,
  // A finding of two resources may have both.
  excludes: () => false,
  label: (wanted, name) => `resource tag ${name}=${wanted.join(', ')}`,
  missed: (given, wanted, name) =>
    given.length === 0
      ? `no resource has a tag ${name} that AWS reports`
      : `resource tag ${name} is ${given.slice(0, 3).join(', ')}, not ${wanted.join(', ')}`,
  rules: [],
} satisfies Facet;

function tagged({ resourceTags }: RoutingSubject, name: string): string[] {
  return Object.hasOwn(resourceTags, name) ? [...(resourceTags[name] ?? [])] : [];
}
