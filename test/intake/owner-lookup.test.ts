/** Who owns an account: asked once a TTL for all, and answered with what is known when Organizations is not. */
import { MemoryLedger } from '../../cli/simulate/world/ledger';
import { MemoryMeter } from '../../cli/simulate/world/meter';
import { Later } from '../../handlers/domain/failure';
import { FREE } from '../../handlers/domain/pacing';
import { rowKeys } from '../../handlers/domain/problem/rows';
import { OwnerLookup } from '../../handlers/intake/owner-lookup';
import type { Directory, DirectoryAccount } from '../../handlers/ports';
import { exampleConfig } from '../stacks/example-config';

const HOUR = 3_600_000;
const ACCOUNT = '777777777777';
const UNITS: Record<string, string> = { 'ou-ab12-wkld0001': 'Workloads', 'ou-ab12-prod0001': 'Prod', 'ou-ab12-regul001': 'Regulated' };
const vault: DirectoryAccount = { name: 'cards-vault-prod', parentIds: ['r-ab12', ...Object.keys(UNITS)], tags: { pci: 'true' } };

class Organization implements Directory {
  now = Date.UTC(2026, 10, 21);
  readonly asked: string[] = [];
  account_: DirectoryAccount | undefined = vault;
  fails: (id: string) => boolean = () => false;
  readonly ledger = new MemoryLedger();
  readonly warnings: Record<string, unknown>[] = [];
  readonly meter = new MemoryMeter(() => this.now);

  async account(id: string) {
    this.ask(id);
    return this.account_;
  }
  async organizationalUnitName(id: string) {
    this.ask(id);
    return UNITS[id];
  }
  private ask(id: string) {
    this.asked.push(id);
    if (this.fails(id)) throw new Error('AccessDenied');
  }

  /** One worker with a memory of its own; all share the ledger. */
  worker() {
    const silent = () => undefined;
    const journal = {
      info: silent,
      error: silent,
      warn: (_message: string, details: Record<string, unknown>) => void this.warnings.push(details),
    };
    const clock = { now: () => this.now };
    const config = { ...exampleConfig, settings: { ...exampleConfig.settings, directoryHours: 12 } };
    const lookup = new OwnerLookup({ config, ledger: this.ledger, directory: this, clock, meter: this.meter });
    return { ownerOf: (account: string, name?: string) => lookup.ownerOf(account, name, { critical: false, journal }) };
  }

  /** Waits as the queue would, for as long as it is told to. */
  async owner(worker = this.worker(), name?: string) {
    for (let tries = 0; tries < 50; tries++) {
      try {
        return await worker.ownerOf(ACCOUNT, name);
      } catch (error) {
        if (!(error instanceof Later)) throw error;
        expect(error.until).toBeGreaterThan(this.now);
        this.now = error.until;
      }
    }
    throw new Error('waits for ever');
  }
}

test('name, OU path below the root, and tags', async () => {
  expect(await new Organization().owner()).toEqual({
    accountId: ACCOUNT,
    accountName: 'cards-vault-prod',
    ouPath: Object.entries(UNITS).map(([id, name]) => ({ id, name })),
    tags: { pci: 'true' },
    knowledge: 'fresh',
  });
});

test('an account directly under the root has an empty path, and that is known', async () => {
  const organization = new Organization();
  organization.account_ = { ...vault, parentIds: ['r-ab12'] };
  expect(await organization.owner()).toMatchObject({ ouPath: [], knowledge: 'fresh' });
});

test('each account and each OU is asked once a TTL, however many workers and findings there are', async () => {
  const organization = new Organization();
  const workers = [organization.worker(), organization.worker(), organization.worker()];
  for (let n = 0; n < 30; n++) await organization.owner(workers[n % 3]);
  expect(organization.asked.sort()).toEqual([ACCOUNT, ...Object.keys(UNITS)].sort());
  organization.now += 12 * HOUR;
  await organization.owner(workers[0]);
  expect(organization.asked).toHaveLength(8);
});

test('the findings of one batch ask together', async () => {
  const organization = new Organization();
  organization.account_ = { ...vault, parentIds: ['r-ab12', 'ou-ab12-wkld0001'] };
  const worker = organization.worker();
  const owners = await Promise.all(Array.from({ length: 10 }, () => worker.ownerOf(ACCOUNT, undefined)));
  expect(new Set(owners.map(({ knowledge }) => knowledge))).toEqual(new Set(['fresh']));
  expect(organization.asked).toEqual([ACCOUNT, 'ou-ab12-wkld0001']);
});

test('where an account comes without its parents they are asked for one by one, those of an OU once for all accounts below it', async () => {
  const organization = new Organization();
  organization.account_ = { ...vault, parentIds: undefined };
  const above: Record<string, string> = {
    [ACCOUNT]: 'ou-ab12-regul001',
    'ou-ab12-regul001': 'ou-ab12-prod0001',
    'ou-ab12-prod0001': 'ou-ab12-wkld0001',
    'ou-ab12-wkld0001': 'r-ab12',
  };
  const asked: string[] = [];
  const directory = Object.assign(organization, {
    parent: async (id: string) => {
      asked.push(id);
      return above[id] ?? 'ou-ab12-regul001';
    },
  });
  expect(await directory.owner()).toMatchObject({
    knowledge: 'fresh',
    ouPath: [{ name: 'Workloads' }, { name: 'Prod' }, { name: 'Regulated' }],
  });
  expect(asked).toEqual(Object.keys(above));
  directory.now += 5000;
  await expect(directory.worker().ownerOf('888888888888', undefined)).resolves.toMatchObject({ knowledge: 'fresh' });
  expect(asked.slice(4)).toEqual(['888888888888']);
});

test('while its turn is far an older answer serves, and nobody waits', async () => {
  const organization = new Organization();
  await organization.owner();
  organization.now += 13 * HOUR;
  const slot = { ...FREE, nextAt: organization.now + HOUR, at: organization.now };
  const key = rowKeys.slot('organizations-accounts');
  const row = await organization.ledger.read(key);
  await organization.ledger.write(key, slot, row?.version ?? 0);
  const asked = organization.asked.length;
  expect(await organization.owner()).toMatchObject({ knowledge: 'stale', accountName: 'cards-vault-prod' });
  expect(organization.asked.slice(asked)).not.toContain(ACCOUNT);
});

test('OUs are asked at most two at once and then one each 600 ms: the rest waits', async () => {
  const organization = new Organization();
  const began = organization.now;
  await expect(organization.worker().ownerOf(ACCOUNT, undefined)).rejects.toBeInstanceOf(Later);
  await organization.owner();
  expect(organization.now - began).toBe(600);
});

test('while another worker is asking, a second waits', async () => {
  const organization = new Organization();
  let answer: (account: DirectoryAccount) => void = () => undefined;
  organization.account = () => new Promise((resolve) => (answer = resolve));
  const first = organization.worker().ownerOf(ACCOUNT, undefined);
  await new Promise((resolve) => setImmediate(resolve));
  await expect(organization.worker().ownerOf(ACCOUNT, undefined)).rejects.toThrow(
    /another worker is asking Organizations about account#777777777777/,
  );
  answer({ ...vault, parentIds: ['r-ab12'] });
  expect((await first).knowledge).toBe('fresh');
});

test('a worker that died while asking is not waited for longer than ten seconds', async () => {
  const organization = new Organization();
  organization.account = () => new Promise(() => undefined);
  void organization.worker().ownerOf(ACCOUNT, undefined);
  await new Promise((resolve) => setImmediate(resolve));
  const began = organization.now;
  organization.account = async () => vault;
  expect((await organization.owner()).knowledge).toBe('fresh');
  expect(organization.now - began).toBeLessThanOrEqual(11_000);
});

describe('when Organizations fails', () => {
  test('an older answer serves, and says that it is old', async () => {
    const organization = new Organization();
    await organization.owner();
    organization.now += 13 * HOUR;
    organization.fails = () => true;
    expect(await organization.owner()).toMatchObject({ accountName: 'cards-vault-prod', knowledge: 'stale', ouPath: [{}, {}, {}] });
    expect(organization.warnings[0]).toMatchObject({ about: `account#${ACCOUNT}`, stale: true, reason: 'Error: AccessDenied' });
  });

  test('with none the owner is unknown, and the finding’s own name stands in', async () => {
    const organization = new Organization();
    organization.fails = () => true;
    expect(await organization.owner(undefined, 'as the finding says')).toEqual({
      accountId: ACCOUNT,
      accountName: 'as the finding says',
      ouPath: [],
      tags: {},
      knowledge: 'unknown',
    });
    expect(await organization.owner()).toMatchObject({ accountName: '', knowledge: 'unknown' });
  });

  test('it is left alone for a minute, and asked again after it', async () => {
    const organization = new Organization();
    organization.fails = () => true;
    for (let n = 0; n < 10; n++) await organization.owner();
    expect(organization.asked).toHaveLength(1);
    organization.now += 60_000;
    organization.fails = () => false;
    expect((await organization.owner()).knowledge).toBe('fresh');
  });

  test('for one OU alone, the whole path is unknown: with a hole in it, it would match the wrong route', async () => {
    const organization = new Organization();
    organization.fails = (id) => id === 'ou-ab12-prod0001';
    expect(await organization.owner()).toEqual({
      accountId: ACCOUNT,
      accountName: 'cards-vault-prod',
      ouPath: [],
      tags: { pci: 'true' },
      knowledge: 'unknown',
    });
  });

  test('for one OU that was known, the path is stale', async () => {
    const organization = new Organization();
    await organization.owner();
    organization.now += 13 * HOUR;
    organization.fails = (id) => id === 'ou-ab12-prod0001';
    expect(await organization.owner()).toMatchObject({
      knowledge: 'stale',
      ouPath: [{ name: 'Workloads' }, { name: 'Prod' }, { name: 'Regulated' }],
    });
  });
});

test('an account that Organizations does not know is remembered as that', async () => {
  const organization = new Organization();
  organization.account_ = undefined;
  for (let n = 0; n < 5; n++) expect(await organization.owner(undefined, 'x')).toMatchObject({ accountName: 'x', knowledge: 'unknown' });
  expect(organization.asked).toEqual([ACCOUNT]);
});

test('a moved account is seen after the TTL', async () => {
  const organization = new Organization();
  await organization.owner();
  organization.account_ = { ...vault, parentIds: ['r-ab12', 'ou-ab12-wkld0001'] };
  expect((await organization.owner()).ouPath).toHaveLength(3);
  organization.now += 12 * HOUR;
  expect((await organization.owner()).ouPath).toHaveLength(1);
});
