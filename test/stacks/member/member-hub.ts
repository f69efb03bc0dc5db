/** A stand-in for Security Hub as a member account sees it: on or off, its standards, its administrator, and who governs it. */
import { restFailure, restReply } from '../../../local/protocol/aws-rest';
import { GOVERNED_WORDINGS } from '../../../local/securityhub/hub-administration';
import { type JsonObject, jsonObject, objects, type Reply, ServiceError, text } from '../../../local/protocol/wire';
import type { LoopbackRequest } from './loopback';

/** Methods and paths of the API. https://docs.aws.amazon.com/securityhub/1.0/APIReference/ */
const ROUTES: Record<string, string> = {
  'GET /accounts': 'DescribeHub',
  'POST /accounts': 'EnableSecurityHub',
  'PATCH /accounts': 'UpdateSecurityHubConfiguration',
  'GET /administrator': 'GetAdministratorAccount',
  'GET /standards': 'DescribeStandards',
  'POST /standards/get': 'GetEnabledStandards',
  'POST /standards/register': 'BatchEnableStandards',
};
export const OPERATIONS = Object.values(ROUTES);
export const WRITES = ['EnableSecurityHub', 'UpdateSecurityHubConfiguration', 'BatchEnableStandards'];

export const PREFIX = 'arn:aws-us-gov:securityhub:us-gov-west-1::standards/';
export const FOUNDATIONAL = 'aws-foundational-security-best-practices/v/1.0.0';
export const NIST = 'nist-800-53/v/5.0.0';
export const OLD_CIS = 'cis-aws-foundations-benchmark/v/1.2.0';
/** In GovCloud and with the form that this one standard has, so that nobody builds ARNs by himself. */
const OFFERED = [
  `${PREFIX}${FOUNDATIONAL}`,
  'arn:aws-us-gov:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0',
  `${PREFIX}${NIST}`,
];

export const governed = GOVERNED_WORDINGS.map((wording) => new ServiceError('AccessDeniedException', wording, 403));
export const notSubscribed = new ServiceError('InvalidAccessException', 'Account 555555555555 is not subscribed to AWS Security Hub', 401);

type Trouble = ServiceError | Reply;

export class MemberHub {
  on = false;
  generator = 'STANDARD_CONTROL';
  /** What BatchEnableStandards answers for a standard, and why. */
  newStatus: { StandardsStatus: string; StandardsStatusReason?: JsonObject } = { StandardsStatus: 'PENDING' };
  readonly standards = new Map<string, string>();
  administrator?: string;
  /** Every call that came, in order, with its body. */
  readonly calls: [operation: string, body: JsonObject][] = [];
  private readonly troubles: { operation: string; trouble: Trouble; left: number }[] = [];

  /** From now on, or for so many calls, the operation answers this. */
  trouble(operation: string, trouble: Trouble, times = Number.POSITIVE_INFINITY): this {
    this.troubles.push({ operation, trouble, left: times });
    return this;
  }

  turnOn(generator: string, ...standards: string[]): this {
    this.on = true;
    this.generator = generator;
    for (const standard of standards) this.standards.set(OFFERED.find((arn) => arn.endsWith(standard)) ?? standard, 'READY');
    return this;
  }

  get operations(): string[] {
    return this.calls.map(([operation]) => operation);
  }

  answer({ method, url, body }: LoopbackRequest): Reply {
    const operation = ROUTES[`${method} ${url.pathname}`] ?? `${method} ${url.pathname}`;
    const input = { ...Object.fromEntries(url.searchParams), ...jsonObject(body) };
    this.calls.push([operation, input]);
    const troubled = this.troubles.find((candidate) => candidate.operation === operation && candidate.left > 0);
    if (troubled) {
      troubled.left -= 1;
      return troubled.trouble instanceof ServiceError ? restFailure(troubled.trouble) : troubled.trouble;
    }
    try {
      return restReply(this.perform(operation, input));
    } catch (error) {
      if (error instanceof ServiceError) return restFailure(error);
      throw error;
    }
  }

  private perform(operation: string, input: JsonObject): JsonObject {
    if (operation === 'EnableSecurityHub') {
      if (this.on) throw new ServiceError('ResourceConflictException', 'Account is already subscribed to Security Hub', 409);
      this.turnOn(text(input.ControlFindingGenerator));
      return {};
    }
    if (!this.on) throw notSubscribed;
    switch (operation) {
      case 'DescribeHub':
        return { HubArn: 'arn:aws-us-gov:securityhub:us-gov-west-1:555555555555:hub/default', ControlFindingGenerator: this.generator };
      case 'GetAdministratorAccount':
        return this.administrator ? { Administrator: { AccountId: this.administrator, MemberStatus: 'ENABLED' } } : {};
      case 'UpdateSecurityHubConfiguration':
        this.generator = text(input.ControlFindingGenerator);
        return {};
      case 'DescribeStandards':
        return page(
          'Standards',
          OFFERED.map((StandardsArn) => ({ StandardsArn })),
          input,
        );
      case 'GetEnabledStandards':
        return page(
          'StandardsSubscriptions',
          [...this.standards].map(([StandardsArn, StandardsStatus]) => ({ StandardsArn, StandardsStatus })),
          input,
        );
      case 'BatchEnableStandards':
        return { StandardsSubscriptions: objects(input.StandardsSubscriptionRequests).map((request) => this.subscribe(request)) };
      default:
        throw new ServiceError('UnknownOperationException', `Security Hub has no ${operation}.`, 404);
    }
  }

  private subscribe({ StandardsArn }: JsonObject): JsonObject {
    if (!OFFERED.includes(text(StandardsArn)) || this.standards.get(text(StandardsArn)) === 'READY')
      throw new ServiceError('InvalidInputException', `Invalid StandardsSubscriptionRequest(s): [{"StandardsArn":"${StandardsArn}"}]`);
    this.standards.set(text(StandardsArn), this.newStatus.StandardsStatus);
    return { StandardsArn, StandardsSubscriptionArn: `${StandardsArn}/subscription`, StandardsInput: {}, ...this.newStatus };
  }
}

/** One a page: whoever does not go on to the next page sees too little. */
function page(name: string, entries: JsonObject[], { NextToken = '0' }: JsonObject): JsonObject {
  const index = Number(NextToken);
  return { [name]: entries.slice(index, index + 1), ...(index + 1 < entries.length ? { NextToken: String(index + 1) } : {}) };
}
