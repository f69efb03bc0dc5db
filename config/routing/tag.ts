/** Tags of the account: each by its name, and all of them must be equal. */
import { exactly, type Facet } from './facet';

export const tag = {
  what: 'tag',
  schema: ({ z }) =>
    z
      .record(z.string(), z.string().meta({ examples: ['prod'] }))
      .optional()
      .meta({ description: 'Tags of the account in Organizations. All of them must be equal.', examples: [{ env: 'prod' }] }),
  named: true,
  ...exactly(({ tags }, name) => (Object.hasOwn(tags, name) ? tags[name] : undefined)),
  label: (wanted, name) => `tag ${name}=${wanted.join(', ')}`,
  held: (_subject, wanted) => wanted,
  missed: ([given], wanted, name) =>
    given === undefined ? `the account has no tag ${name}` : `tag ${name} is ${given}, not ${wanted.join(', ')}`,
  rules: [],
} satisfies Facet;
