/** An organization of ten thousand accounts: within AWS's rates, and every list complete. */
import type { OrganizationInput } from '../../../local/organizations/organization-tree';
import { ACME } from '../../local/acme';
import { type Clinic, openClinic } from './doctor';
import { HOME, healthyWorld, NOW } from './world';

const COUNT = 10_000;
const UNITS = 40;

let clinic: Clinic;
beforeAll(async () => {
  clinic = await openClinic();
});
afterAll(() => clinic.close());

function many(): OrganizationInput {
  const perUnit = (COUNT - 9) / UNITS;
  const children = Array.from({ length: UNITS }, (_, unit) => ({
    id: `ou-ab12-team${String(unit).padStart(4, '0')}`,
    name: `Team${unit}`,
    accounts: Array.from({ length: Math.ceil(perUnit * (unit + 1)) - Math.ceil(perUnit * unit) }, (_, index) => {
      const number = Math.ceil(perUnit * unit) + index;
      return { id: String(100_000_000_000 + number), name: `team${unit}-${index}` };
    }),
  }));
  const others = (ACME.children ?? []).map((child) =>
    child.name === 'Workloads' ? { ...child, children: [...(child.children ?? []), ...children] } : child,
  );
  return { ...ACME, children: others };
}

test('ten thousand accounts are looked at page by page, in about as many calls as there are pages', async () => {
  const world = healthyWorld(many());
  clinic.reset(world);
  expect(world.tree.accounts.size).toBe(COUNT);
  const silent = [...world.tree.accounts.keys()].slice(5000, 5040);
  // Forty have no Config.1 of late, and half of them say something else: they are asked about in groups.
  world.findings = world.findings.filter(({ account, region }) => region !== HOME || !silent.includes(account));
  for (const account of silent.slice(0, 20))
    for (let copy = 0; copy < 30; copy++)
      world.findings.push({ account, region: HOME, control: 'S3.2', compliance: 'FAILED', updatedAt: NOW - 3_600_000 });
  const missing = [...world.tree.accounts.keys()].slice(7000, 8000);
  for (const account of missing) world.hubs.get('us-east-1')?.members.delete(account);

  const { checks, calls } = await clinic.examine();
  const count = (action: string) => clinic.running.calls.get(action) ?? 0;
  expect(count('organizations:ListAccounts')).toBe(COUNT / 20);
  expect(count('securityhub:ListMembers')).toBeLessThanOrEqual(3 * (COUNT / 50));
  expect(count('securityhub:GetFindings')).toBeLessThanOrEqual(3 * (COUNT / 100) + 2 * 20 + 2);
  expect(count('organizations:ListAccountsForParent')).toBe(0);
  expect(calls).toBeLessThan(1700);

  const silence = checks.find(({ id }) => id === 'silent');
  expect(silence?.items.map(({ account }) => account)).toEqual(silent.slice(20));
  const members = checks.find(({ id }) => id === 'members');
  expect(members?.found).toMatch(/^1,000 accounts of 10,000 not covered/);
  expect(members?.items.map(({ account }) => account)).toEqual(missing);
  expect(members?.remedies[0]?.command).toMatch(
    /jq -r .* \| xargs -n 50 aws securityhub create-members --region us-east-1 --account-details$/,
  );

  // The pace that AWS's limits allow: 3 GetFindings a second and 8 ListAccounts, side by side.
  expect(clinic.slept() / 1000).toBeGreaterThan(60);
}, 120_000);
