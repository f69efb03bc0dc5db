/** How AWS counts calls: a bucket of so many, filled again at so many a second. */

export interface RateLimit {
  /** Calls, or units, a second in the long run. */
  perSecond: number;
  /** How many may come at once. */
  burst: number;
}

export class Rate {
  private tokens: number;
  private at: number | undefined;

  /** @param now epoch milliseconds; a clock that goes back fills nothing. */
  constructor(
    private readonly limit: RateLimit,
    private readonly now: () => number,
  ) {
    this.tokens = limit.burst;
  }

  /** @returns whether there was room; where there was none, nothing is taken. */
  take(units = 1): boolean {
    const { perSecond, burst } = this.limit;
    const now = this.now();
    this.tokens = Math.min(burst, this.tokens + (Math.max(0, now - (this.at ?? now)) / 1000) * perSecond);
    this.at = Math.max(now, this.at ?? now);
    // Sums of fractions miss a whole number by a hair.
    if (this.tokens < units - 1e-9) return false;
    this.tokens -= units;
    return true;
  }

  /** Seconds from the last look until there is room for one. */
  wait(): number {
    return (1 - this.tokens) / this.limit.perSecond;
  }
}

/**
 * Rates of Security Hub, an account and Region. https://docs.aws.amazon.com/securityhub/1.0/APIReference/Welcome.html
 * GetFindingsV2 is not named there: it is taken to be as slow as GetFindings.
 */
export const SECURITY_HUB_READS: RateLimit = { perSecond: 3, burst: 6 };
export const SECURITY_HUB_OTHERS: RateLimit = { perSecond: 10, burst: 30 };

/**
 * Rates of Organizations: for the account that calls, and for the whole organization, which everybody's tools share.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 */
export const ORGANIZATIONS: Record<string, { account: RateLimit; organization: RateLimit }> = {
  DescribeAccount: { account: { perSecond: 20, burst: 30 }, organization: { perSecond: 24, burst: 36 } },
  ListAccounts: { account: { perSecond: 8, burst: 12 }, organization: { perSecond: 9, burst: 15 } },
  ListParents: { account: { perSecond: 5, burst: 8 }, organization: { perSecond: 6, burst: 10 } },
  ListAccountsForParent: { account: { perSecond: 5, burst: 8 }, organization: { perSecond: 6, burst: 10 } },
  ListOrganizationalUnitsForParent: { account: { perSecond: 5, burst: 8 }, organization: { perSecond: 6, burst: 10 } },
  DescribeOrganizationalUnit: { account: { perSecond: 2, burst: 2 }, organization: { perSecond: 2, burst: 3 } },
  ListTagsForResource: { account: { perSecond: 10, burst: 15 }, organization: { perSecond: 12, burst: 18 } },
  ListRoots: { account: { perSecond: 1, burst: 2 }, organization: { perSecond: 1, burst: 3 } },
};

/** Both of an operation's limits. A call takes of the first also where the second turns it away. */
export class OrganizationsRates {
  private readonly rates = new Map<string, Rate[]>();

  constructor(private readonly now: () => number) {}

  take(operation: string): boolean {
    return this.of(operation).every((rate) => rate.take());
  }

  /** Somebody else of the organization calls, from another account. @returns whether there was room. */
  takenByOthers(operation: string): boolean {
    return this.of(operation)[1]?.take() ?? true;
  }

  private of(operation: string): Rate[] {
    const limits = ORGANIZATIONS[operation];
    if (!limits) return [];
    const rates = this.rates.get(operation) ?? [limits.account, limits.organization].map((limit) => new Rate(limit, this.now));
    this.rates.set(operation, rates);
    return rates;
  }
}
