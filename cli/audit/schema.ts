/** The JSON Schema of out/audit.json. What it says and `Audit` does not, or the other way round, does not compile. */
import * as z from 'zod';
import { evidenceSchema } from '../evidence/kept';
import type { Audit } from './audited';

const text = z.string();
const texts = z.array(text);
const place = z.enum(['security', 'members', 'management']);
const named = z.strictObject({ text, anchor: text.optional() });
const conditions = z.array(z.strictObject({ operator: text, key: text, values: texts }));
const effect = z.enum(['Allow', 'Deny']);
const severity = z.enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL']);
const words = z.strictObject({
  kind: z
    .enum(['text', 'name', 'closed', 'phrasebook', 'untried'])
    .describe('Whether a sentence put into the finding arrives, an invented name of the same form, or neither.'),
  of: texts.describe('The products in whose findings it arrived.'),
});
const exceptions = z.array(z.strictObject({ rule: text, about: text, finding: text, reason: text, anchor: text }));
const anchors = texts.describe('Of resources, as in `resources`.');

const standing = z.array(
  z.strictObject({
    anchor: text,
    reason: text.describe('Why that stands, as it is written beside the resource.'),
    switch: text.optional().describe('The key of settings.yaml that mends it.'),
  }),
);

const role = z.strictObject({
  anchor: text,
  policies: anchors,
  name: text,
  stack: text,
  place,
  description: text,
  trusts: texts,
  managed: texts,
  rights: z.array(z.strictObject({ sid: text, effect, actions: texts, resources: z.array(named), conditions, reason: text })),
});

const kept = z.strictObject({
  anchor: text,
  name: text,
  place,
  kind: z.enum(['table', 'queue', 'logs', 'topic', 'environment']),
  key: named.extend({ by: z.enum(['customer', 'aws', 'none']) }),
  seconds: z.number().optional().describe('So long it is kept. Absent where `until` says it.'),
  until: text.optional(),
  recoveryDays: z
    .number()
    .optional()
    .describe('So many days longer what has left by its term can be brought back (point-in-time recovery). Absent where it is off.'),
  removal: z.enum(['Delete', 'Retain', 'Snapshot', 'RetainExceptOnCreate']),
});

const way = z.strictObject({
  anchor: text,
  name: text,
  place,
  network: z.enum(['vpc', 'lambda']),
  calls: z.array(z.strictObject({ service: text, by: z.enum(['endpoint', 'way out']) })),
  egress: texts,
});

const receiver = z.strictObject({
  name: text,
  address: text,
  language: text,
  minimumSeverity: severity.optional(),
  mentions: z.record(text, texts),
  securityAccountAccess: z.boolean(),
});

const unit = z.strictObject({
  path: texts.describe('Names from the top; empty for the root.'),
  accounts: z.array(z.strictObject({ id: text, name: text })),
  told: z.array(z.strictObject({ severity, receivers: texts, by: text, muted: z.boolean() })),
  rootOnly: z.boolean().describe('No route but the root takes it.'),
  also: z.array(z.strictObject({ route: text, asks: text, receiver: text, mute: z.boolean(), goesOn: z.boolean() })),
});

const mute = z.strictObject({
  route: text,
  asks: text,
  reason: text,
  until: text.optional(),
  ended: z.boolean(),
  path: z.array(z.union([text, z.number()])),
  written: z.strictObject({ line: z.number(), text }).optional().describe('As it stands in routes.yaml, and in which line.'),
  by: z.strictObject({ who: text, at: text, commit: text }).optional(),
  uncommitted: z.literal(true).optional(),
});

const alarm = z.strictObject({
  anchor: text,
  name: text,
  means: text,
  impact: text,
  first: text,
  rings: text,
  missing: text,
  tells: texts,
});

const change = z.strictObject({
  kind: z.enum(['code', 'rights', 'access', 'egress', 'encryption', 'retention', 'alarms', 'routes', 'other']),
  of: text,
  before: text,
  after: text,
  anchor: text.optional(),
});

export const auditSchema = z.strictObject({
  made: text,
  organization: z.strictObject({
    id: text,
    managementAccount: text,
    securityAccount: text,
    home: text,
    linked: texts,
    mode: text,
    targets: texts,
  }),
  deployment: text,
  stacks: z.array(z.strictObject({ name: text, place, regions: texts, resources: z.number(), protectedFromDeletion: z.boolean() })),
  roles: z.array(role),
  letIn: z.array(z.strictObject({ anchor: text, of: text, effect, who: text, actions: texts, conditions })),
  exceptions,
  failures: exceptions,
  nist: z.array(
    z.strictObject({ rule: text, about: text, controls: texts, passes: anchors, fails: standing, unknown: anchors, acknowledged: anchors }),
  ),
  kept: z.array(kept),
  ways: z.array(way),
  openings: z.array(z.strictObject({ anchor: text, type: text, name: text })),
  model: z.strictObject({
    enabled: z.boolean(),
    profiles: texts,
    regions: texts,
    trustText: texts,
    judge: z.enum(['on', 'shadow', 'off']),
    questions: z.array(z.strictObject({ use: z.enum(['words', 'again', 'judge']), holds: texts })),
    fields: z.array(
      z.strictObject({
        field: text,
        meaning: text,
        from: texts.describe('Fields of the sample findings of which characters stand in it.'),
        by: texts.describe('Those that only decide what it says, or whether it is told.'),
        products: texts.describe('The products in whose sample findings it was told.'),
        example: text,
        words,
      }),
    ),
    samples: z.strictObject({ findings: z.number(), files: z.record(text, texts), values: z.number(), seen: texts }),
  }),
  slack: z.strictObject({
    address: text,
    anchor: text,
    receivers: z.array(receiver),
    fields: z.array(z.strictObject({ field: text, kinds: texts, example: text })),
  }),
  severities: texts,
  includeSamples: z.boolean(),
  unitsOf: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('routes') }),
    z.strictObject({ kind: z.literal('sample') }),
    z.strictObject({ kind: z.literal('file'), file: text, written: text.describe('When the file was written last.') }),
  ]),
  units: z.array(unit),
  mutes: z.array(mute),
  alarms: z.array(alarm),
  stopping: z
    .array(z.strictObject({ anchor: text, name: text, silent: texts, missed: texts, refused: texts, waiting: texts, givenUp: texts }))
    .describe('What rings where a function stops running: alarms by name.'),
  hearers: z.array(z.strictObject({ anchor: text, topic: text, protocol: text, endpoint: text })),
  changes: z.strictObject({ against: text, found: z.array(change) }).optional(),
  committed: z.iso.datetime().optional().describe('When the commit of this code was made. Absent where version control does not know it.'),
  checks: z.array(z.strictObject({ id: text, group: text, title: text })),
  evidence: evidenceSchema.describe('What commands and test runs measured and kept in out/evidence; all else is computed.'),
  resources: z
    .array(z.strictObject({ anchor: text, stack: text, name: text, type: text, body: z.record(text, z.unknown()) }))
    .describe('All of the templates: what every anchor leads to.'),
  beside: z.record(text, z.record(text, z.unknown())).describe('What templates say beside their resources, by the name of the stack.'),
  configuration: z
    .strictObject({ settings: z.record(text, z.unknown()), routes: z.record(text, z.unknown()) })
    .describe('As it was checked: settings.yaml and routes.yaml.'),
}) satisfies z.ZodType<Audit>;

type Schema = z.infer<typeof auditSchema>;
/** The other way round. */
export const parsesAll = (audit: Audit): Schema => audit;

export const auditJsonSchema = () => z.toJSONSchema(auditSchema, { target: 'draft-7' });
