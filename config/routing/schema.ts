/** The shape of routes.yaml. What it must mean beyond its shape is checked in rules/. */
import * as z from 'zod';
import { language, secretName, severity, written } from '../terms';
import { FACETS } from './facets';
import { VOCABULARY } from './vocabulary';

type Shape = { [Key in keyof typeof FACETS]: ReturnType<(typeof FACETS)[Key]['schema']> };

export const matchSchema = z
  .strictObject(Object.fromEntries(Object.entries(FACETS).map(([key, { schema }]) => [key, schema(VOCABULARY)])) as Shape)
  .meta({ id: 'match', description: 'Which findings a route takes. Every key must hold; a list holds where one of its entries does.' });

export type Match = z.infer<typeof matchSchema>;

export interface RouteInput {
  name?: string;
  match?: Match;
  receiver?: string;
  continue?: boolean;
  mute?: { reason: string; until?: string };
  routes?: RouteInput[];
}

const muteSchema = z
  .strictObject({
    reason: z
      .string()
      .min(3, 'a reason has at least 3 characters')
      .meta({
        description: 'Why nobody needs to hear of this: who decided it, and where that is written.',
        examples: ['Accepted in RISK-123'],
      }),
    until: z.iso
      .date({ error: 'this is not a day of the calendar, written as YYYY-MM-DD' })
      .optional()
      .meta({
        description: 'The last day of the mute (it ends with that day, in UTC). Without it the mute never ends.',
        examples: ['2027-03-31'],
      }),
  })
  .describe('Nobody is told of what this route takes.');

export const routeSchema: z.ZodType<RouteInput> = z
  .lazy(() =>
    z.strictObject({
      name: z
        .string()
        .min(1)
        .max(80)
        .optional()
        .meta({ description: 'What people call this route. Without it, its match names it.', examples: ['GuardDuty CRITICAL'] }),
      match: matchSchema.optional(),
      receiver: z
        .string()
        .optional()
        .meta({ description: 'Who is told, by a name under receivers. Without it, the parent’s receiver is.', examples: ['sec-ops'] }),
      continue: z.boolean().optional().describe('true: the routes after this one are tried as well, and may tell others too.'),
      mute: muteSchema.optional(),
      routes: z
        .array(routeSchema)
        .optional()
        .describe('Tried in order; the first that matches wins. Where none does, this route itself answers.'),
    }),
  )
  .meta({ id: 'route', description: 'Who is told of which findings.' });

const mention = written(
  /^[USW][A-Z0-9]{6,20}$/,
  'a mention is the id of a Slack user (U…) or user group (S…), not a name',
  'U0ONCALL01',
  'S0ONCALL01',
);

export const receiverSchema = z
  .strictObject({
    channel: written(
      /^[CG][A-Z0-9]{6,20}$/,
      'a channel is given by its id, not its name: Slack shows it at the end of the channel’s details',
      'C0SECOPS001',
    )
      .optional()
      .describe('The id of the Slack channel (C…). Names change, ids do not.'),
    webhookSecret: secretName.optional().meta({
      description:
        'Instead of channel, for a workspace without a bot: the NAME of the secret that holds the address of an incoming webhook. One-way: no threads, no updates, no broadcasts.',
      examples: ['security-hub-interpreter/sandbox-webhook'],
    }),
    language: language.optional().describe('The language of its messages. Default: language in settings.yaml.'),
    securityAccountAccess: z
      .boolean()
      .default(false)
      .describe('true: its readers can sign in to the security account, so links lead there.'),
    mentions: z
      .partialRecord(severity, z.array(mention).min(1))
      .optional()
      .describe('Whom a message of a severity mentions: ids of users (U…) or user groups (S…).'),
    mentionOwners: z
      .boolean()
      .optional()
      .describe(
        'false: its messages name owners and mention none of them, as where they are told in a channel of their own. Default: true.',
      ),
    minimumSeverity: severity.optional().describe('What is less severe goes to the receiver of the nearest route above that takes it.'),
    vulnerabilitiesBy: z
      .enum(['owner', 'cve'])
      .optional()
      .describe(
        'What one message about vulnerabilities gathers. owner: what its owner mends as one (an image repository, a function, a machine or its group), with all that is found in it. cve: one vulnerability, over all accounts, for those who ask who has it. Default: owner.',
      ),
  })
  .meta({ id: 'receiver', description: 'A Slack channel, by its id or by an incoming webhook, and the people who read it.' });

const ownerSchema = z
  .strictObject({
    mention: VOCABULARY.oneOrMore(mention).describe('The id of the user group (S…) or user (U…) that is the owner in Slack, or several.'),
    severities: z
      .array(severity)
      .min(1, 'name at least one severity')
      .default(['CRITICAL'])
      .describe('The severities whose messages and broadcasts mention it. Default: CRITICAL.'),
  })
  .meta({ id: 'owner', description: 'Who an owner is in Slack.' });

export const routesSchema = z
  .strictObject({
    receivers: z
      .record(
        written(/^[a-z0-9][a-z0-9-]{0,49}$/, 'a receiver’s name has lower-case letters, digits and hyphens, at most 50', 'prod-oncall'),
        receiverSchema,
      )
      .describe('Who can be told, by name.'),
    owners: z
      .record(z.string().min(1).max(256), ownerSchema)
      .optional()
      .meta({
        description:
          'Whom a message mentions beside its receiver’s own: by what one of the ownerTags of settings.yaml says, whether in capitals or not.',
        examples: [{ payments: { mention: 'S0PAYMENT1' } }],
      }),
    route: routeSchema,
  })
  .meta({ title: 'routes.yaml', description: 'Who is told of which findings: receivers, and the tree of routes.' });
