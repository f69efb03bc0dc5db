/**
 * An organization as a file: a tree of `{id, name, accounts, children}`. The top
 * is the root; ids of the root and of OUs may be left out and are then made from
 * the path of names, so that they are the same in each run.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';

const accountSchema = z.strictObject({
  id: z
    .string({ error: 'write the account id as text in quotes: "012345678901"' })
    .regex(/^\d{12}$/, 'an AWS account id has exactly 12 digits'),
  name: z.string().min(1),
  // https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html
  state: z.enum(['PENDING_ACTIVATION', 'ACTIVE', 'SUSPENDED', 'PENDING_CLOSURE', 'CLOSED']).default('ACTIVE'),
  tags: z.record(z.string(), z.string()).default({}),
});

export interface OrganizationInput {
  id?: string;
  name: string;
  accounts?: z.input<typeof accountSchema>[];
  children?: OrganizationInput[];
}

const nodeSchema: z.ZodType<OrganizationInput> = z.lazy(() =>
  z.strictObject({
    id: z
      .string()
      .regex(/^(r-[a-z0-9]{4,32}|ou-[a-z0-9]{4,32}-[a-z0-9]{8,32})$/, 'an id looks like r-ab12 (root) or ou-ab12-11111111 (OU)')
      .optional(),
    name: z.string().min(1).max(128),
    accounts: z.array(accountSchema).optional(),
    children: z.array(nodeSchema).optional(),
  }),
);

export interface OrganizationUnit {
  id: string;
  name: string;
  parent?: OrganizationUnit;
}

export interface OrganizationAccount {
  id: string;
  name: string;
  /** ACTIVE, or how far it is closed: it is known and answered all the same. */
  state: string;
  tags: Record<string, string>;
  parent: OrganizationUnit;
}

export interface OrganizationTree {
  root: OrganizationUnit;
  units: ReadonlyMap<string, OrganizationUnit>;
  accounts: ReadonlyMap<string, OrganizationAccount>;
}

/** Reads a tree. `source` names the file in the error, which lists every problem with its place. */
export function parseOrganization(input: unknown, source: string): OrganizationTree {
  const parsed = nodeSchema.safeParse(input);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.') || '(top)'}: ${issue.message}`);
    throw new Error(`${source} is no organization tree ({id, name, accounts: [{id, name, tags}], children: […]}):\n${problems.join('\n')}`);
  }
  const units = new Map<string, OrganizationUnit>();
  const accounts = new Map<string, OrganizationAccount>();
  const add = (node: OrganizationInput, parent: OrganizationUnit | undefined, names: string[]): OrganizationUnit => {
    const unit: OrganizationUnit = { id: node.id ?? generatedId(names, parent), name: node.name, parent };
    if (unit.id.startsWith('r-') !== (parent === undefined)) {
      throw new Error(`${source}: ${names.join('/')} has the id ${unit.id}: the top has an id r-…, all below it ou-…`);
    }
    if (units.has(unit.id)) throw new Error(`${source}: ${names.join('/')} has the id ${unit.id}, which another OU has already.`);
    units.set(unit.id, unit);
    for (const account of node.accounts ?? []) {
      if (accounts.has(account.id))
        throw new Error(`${source}: account ${account.id} stands in the tree twice, the second time under ${names.join('/')}.`);
      accounts.set(account.id, {
        id: account.id,
        name: account.name,
        state: account.state ?? 'ACTIVE',
        tags: account.tags ?? {},
        parent: unit,
      });
    }
    for (const child of node.children ?? []) add(child, unit, [...names, child.name]);
    return unit;
  };
  const root = add(parsed.data, undefined, [parsed.data.name]);
  return { root, units, accounts };
}

/** From the root down to the unit itself. */
export function lineage(unit: OrganizationUnit): OrganizationUnit[] {
  return unit.parent ? [...lineage(unit.parent), unit] : [unit];
}

function generatedId(names: string[], parent: OrganizationUnit | undefined): string {
  const hash = createHash('sha256').update(names.join('/')).digest('hex');
  if (!parent) return `r-${hash.slice(0, 4)}`;
  return `ou-${lineage(parent)[0]?.id.slice(2)}-${hash.slice(0, 8)}`;
}
