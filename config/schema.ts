/**
 * The one definition of the configuration: its types, its checks and, through
 * `npm run schemas`, the JSON Schemas that editors complete from.
 */
import * as z from 'zod';

export const SEVERITIES = ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;
export const LANGUAGES = ['ja', 'en'] as const;

/** Twelve digits, always written as text: YAML would drop a leading zero. */
export const accountId = z
  .string({ error: 'write the account id as text in quotes: "012345678901"' })
  .regex(/^\d{12}$/, 'an AWS account id has exactly 12 digits');
export const region = z.string().regex(/^[a-z]{2,4}(-[a-z]+)+-\d$/, 'a Region looks like ap-northeast-1');
const severity = z.enum(SEVERITIES);
const language = z.enum(LANGUAGES);

export const settingsSchema = z.strictObject({
  organization: z.strictObject({
    id: z.string().regex(/^o-[a-z0-9]{10,32}$/, 'an organization id looks like o-a1b2c3d4e5'),
    managementAccount: accountId,
    securityAccount: accountId,
  }),
  regions: z.strictObject({ home: region, linked: z.array(region).default([]) }),
  severities: z.array(severity).min(1).default(['CRITICAL', 'HIGH']),
  /** Ids of the custom actions that send findings here; empty: every custom action. */
  customActions: z.array(z.string().regex(/^[A-Za-z0-9]{1,20}$/, 'a custom action id has 1 to 20 letters and digits')).default([]),
  includeSamples: z.boolean().default(false),
  language: language.default('en'),
  timeZone: z.string().default('UTC'),
  model: z.strictObject({
    enabled: z.boolean().default(true),
    profile: z.string().regex(/^[a-z]+\.[a-z0-9.:-]+$/, 'an inference profile id looks like jp.anthropic.claude-haiku-4-5-20251001-v1:0'),
    maxTokens: z.int().min(300).max(8000).default(1500),
    timeoutSeconds: z.int().min(1).max(15).default(15),
  }),
  slack: z.strictObject({
    tokenSecret: z.string().regex(/^[\w/+=.@-]{1,512}$/, 'the NAME of a secret in Secrets Manager, never the token'),
  }),
  trustText: z.array(z.string().regex(/^[\w.-]+\/[\w.-]+$/, 'company/product, as in the ProductArn')).default([]),
  writeBack: z.boolean().default(true),
  accessPortal: z.url({ protocol: /^https$/ }).optional(),
  reopenHours: z.number().min(0).max(720).default(24),
  retention: z.strictObject({ logDays: z.int().default(90), ledgerDays: z.int().min(1).max(3650).default(400) }).prefault({}),
  directoryHours: z.number().min(0.1).max(168).default(12),
  alarms: z.strictObject({ emails: z.array(z.email()).default([]), topicArn: z.string().optional() }).prefault({}),
});

const ouMatcher = z.union([
  z.string().regex(/^ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}$/),
  z
    .string()
    .regex(
      /^(?!ou-[a-z0-9]{4,32}-)[^/]+(\/[^/]+)*$/,
      'an OU is a path of names below the root such as Workloads/Prod, or an id such as ou-ab12-11111111',
    ),
]);

export const matchSchema = z.strictObject({
  ou: z.union([ouMatcher, z.array(ouMatcher).min(1)]).optional(),
  account: z.union([accountId, z.array(accountId).min(1)]).optional(),
  tag: z.record(z.string(), z.string()).optional(),
  severity: z.union([severity, z.array(severity).min(1)]).optional(),
  product: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
  control: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
  type: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
  resourceType: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
  region: z.union([region, z.array(region).min(1)]).optional(),
});

export interface RouteInput {
  name?: string;
  match?: z.infer<typeof matchSchema>;
  receiver?: string;
  continue?: boolean;
  mute?: { reason: string; until?: string };
  routes?: RouteInput[];
}

export const routeSchema: z.ZodType<RouteInput> = z.lazy(() =>
  z.strictObject({
    name: z.string().min(1).max(80).optional(),
    match: matchSchema.optional(),
    receiver: z.string().optional(),
    continue: z.boolean().optional(),
    mute: z.strictObject({ reason: z.string().min(3), until: z.iso.date().optional() }).optional(),
    routes: z.array(routeSchema).optional(),
  }),
);

const mention = z.string().regex(/^[USW][A-Z0-9]{6,20}$/, 'a mention is a Slack user id (U…) or user group id (S…)');

export const receiverSchema = z.strictObject({
  channel: z.string().regex(/^[CG][A-Z0-9]{6,20}$/, 'a Slack channel id (C…), not its name: open the channel details in Slack to copy it'),
  language: language.optional(),
  securityAccountAccess: z.boolean().default(false),
  mentions: z.partialRecord(severity, z.array(mention).min(1)).optional(),
  minimumSeverity: severity.optional(),
});

export const routesSchema = z.strictObject({
  receivers: z.record(
    z.string().regex(/^[a-z0-9][a-z0-9-]{0,49}$/, 'a receiver name: lower case letters, digits, hyphens, at most 50'),
    receiverSchema,
  ),
  route: routeSchema,
});

export type Severity = z.infer<typeof severity>;
export type Language = z.infer<typeof language>;
export type Settings = z.infer<typeof settingsSchema>;
export type Match = z.infer<typeof matchSchema>;
export type Receiver = z.infer<typeof receiverSchema>;
export type Routes = z.infer<typeof routesSchema>;

/** What the functions read: both files, checked, with defaults filled in. */
export interface Config {
  settings: Settings;
  routes: Routes;
}
