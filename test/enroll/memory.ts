/** The organization and Security Hub in memory: what enroll reads, and a record of what it writes. */
import type { EnrollDeps } from '../../handlers/enroll/enroll';
import type { RegionOutcome } from '../../handlers/enroll/region';
import type { Administration, Journal, OrganizationAccount, OrganizationSettings } from '../../handlers/ports';

export const ADMINISTRATOR = '222222222222';
export const MANAGEMENT = '111111111111';
const OTHERS = ['333333333333', '444444444444', '555555555555', '666666666666', '777777777777', '888888888888', '999999999999'];
export const ACME: OrganizationAccount[] = [MANAGEMENT, ADMINISTRATOR, ...OTHERS].map((id) => ({ id, state: 'ACTIVE' }));
export const REGIONS = ['ap-northeast-1', 'us-east-1', 'eu-west-1'];

export class MemoryHub implements Administration {
  settings: OrganizationSettings = { configuration: 'LOCAL', autoEnable: true, autoEnableStandards: 'NONE' };
  consolidated = true;
  readonly associated = new Set<string>();
  /** Why an account is not taken. */
  readonly refusals = new Map<string, string>();
  /** What createMembers throws, by the number of the call; or for every call. */
  failing: (call: number, accounts: string[]) => Error | undefined = () => undefined;
  /** Before createMembers answers. */
  delay: () => Promise<void> = async () => {};
  readonly writes: string[] = [];
  readonly batches: string[][] = [];
  inFlight = 0;
  mostInFlight = 0;

  async organizationSettings() {
    return this.settings;
  }
  async enableNewAccounts() {
    this.writes.push('enableNewAccounts');
    this.settings = { ...this.settings, autoEnable: true, autoEnableStandards: 'NONE' };
  }
  async findingsConsolidated() {
    return this.consolidated;
  }
  async consolidateFindings() {
    this.writes.push('consolidateFindings');
    this.consolidated = true;
  }
  async members() {
    return [...this.associated];
  }
  async createMembers(accounts: string[]) {
    this.writes.push('createMembers');
    const call = this.batches.push(accounts);
    this.mostInFlight = Math.max(this.mostInFlight, ++this.inFlight);
    await this.delay();
    this.inFlight -= 1;
    const failure = this.failing(call, accounts);
    if (failure) throw failure;
    for (const id of accounts) if (!this.refusals.has(id)) this.associated.add(id);
    return accounts
      .flatMap((accountId) => ({ accountId, reason: this.refusals.get(accountId) ?? '' }))
      .filter(({ reason }) => reason !== '');
  }
}

export interface Line {
  level: 'info' | 'warn' | 'error';
  message: string;
  details: Record<string, unknown>;
}

/** Three Regions with nothing to do but memberships, unless a test changes them. */
export function world(accounts: OrganizationAccount[] | (() => Promise<OrganizationAccount[]>) = ACME) {
  const lines: Line[] = [];
  const log = (level: Line['level']) => (message: string, details: Record<string, unknown>) => void lines.push({ level, message, details });
  const journal: Journal = { info: log('info'), warn: log('warn'), error: log('error') };
  const hubs = new Map(REGIONS.map((region) => [region, new MemoryHub()]));
  const hub = (region: string): MemoryHub => {
    const found = hubs.get(region);
    if (!found) throw new Error(`${region} is no Region of this world`);
    return found;
  };
  const deps: EnrollDeps = {
    organization: { accounts: typeof accounts === 'function' ? accounts : async () => accounts },
    administrations: hubs,
    administrator: ADMINISTRATOR,
    managementAccount: MANAGEMENT,
    clock: { now: () => Date.now() },
    journal,
  };
  return { deps, hub, hubs: [...hubs.values()], lines };
}

/** So many accounts beside the management account and the administrator. */
export function accountsOf(count: number): OrganizationAccount[] {
  const others = Array.from({ length: count }, (_, index) => ({ id: String(300_000_000_000 + index), state: 'ACTIVE' }));
  return [...ACME.slice(0, 2), ...others];
}

export const LATER = Number.MAX_SAFE_INTEGER;

export const sum = (outcomes: RegionOutcome[], key: 'added' | 'left' | 'members' | 'refused' | 'centralAccounts') =>
  outcomes.reduce((total, outcome) => total + outcome[key], 0);
