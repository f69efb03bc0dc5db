/**
 * The proof of the rights of a stack: what is asked for is permitted, what must not be is not, and no right is there that nothing
 * asks for. Each thing that does not hold is a line.
 */
import { text } from '../../local/protocol/wire';
import { Deployed, type Role, type Stack } from './deployed';
import { applies, type Caller, isNamed, isPermitted, type Request } from './evaluate';
import { EXCEPTIONS, type Exception } from './exceptions';
import { forbidden, nameOf, neighbours, type Probe } from './forbidden';
import { MANAGED } from './known';
import { plain, type RecordedCall } from './record';
import { requestsOf, type RoleRequest } from './requests';
import { requestsToResources, requestsOfServices, type ServiceRequest } from './services';
import { listOf, partsOf, type Statement } from './statement';
import { attemptsAt, ofPrincipal } from './strangers';
import { memberStacks, unreadIn } from './unread';

export interface Proof {
  problems: string[];
  /** Of the exceptions, those that were needed. */
  used: Set<Exception>;
  /** How many requests were tried, and how many attempts at what must not be. */
  permitted: number;
  refused: number;
}

/** A key and a role decide by their own policies. */
const DECIDES_ITSELF = /:(kms|iam):/;

/** What a stranger may try, whether it has a policy or not. */
const GUARDED = ['AWS::SQS::Queue', 'AWS::SNS::Topic', 'AWS::KMS::Key', 'AWS::DynamoDB::Table', 'AWS::Lambda::Function', 'AWS::IAM::Role'];

class Prover {
  readonly problems: string[] = [];
  readonly used = new Set<Exception>();
  permitted = 0;
  refused = 0;
  private readonly policies: Map<string, Statement[]>;
  private readonly roles: Role[];

  constructor(
    readonly deployed: Deployed,
    private readonly exceptions: readonly Exception[],
  ) {
    this.roles = deployed.roles.map((role) => ({ ...role, statements: [...role.statements, ...managed(deployed, role)] }));
    this.policies = new Map([...deployed.resourcePolicies, ...this.roles.map(({ arn, trust }) => [arn, trust] as const)]);
  }

  prove(calls: readonly RecordedCall[]): Proof {
    const { deployed } = this;
    const asked = [...requestsOf(deployed, calls), ...requestsOfServices(deployed)].map((request) => ({
      ...request,
      role: this.roles.find(({ arn }) => arn === request.role.arn) ?? request.role,
    }));
    const brought = requestsToResources(deployed);
    this.looksAtAll();
    this.isAllowed(asked, brought);
    this.isDenied(asked);
    this.keepsOut(brought);
    for (const role of this.roles) this.isUsed(nameOf(role.arn), role.statements, asked.filter((each) => each.role === role).map(inName));
    for (const [arn, statements] of this.policies)
      this.isUsed(nameOf(arn), statements, [...brought.filter(({ resource }) => resource === arn)]);
    const { problems, used, permitted, refused } = this;
    return { problems: [...new Set(problems)], used, permitted, refused };
  }

  private looksAtAll(): void {
    this.problems.push(
      ...unreadIn(this.deployed, [...this.roles.flatMap(({ statements }) => statements), ...[...this.policies.values()].flat()]),
    );
    for (const { id, properties } of this.deployed.of('AWS::EC2::VPCEndpoint')) {
      const allows = listOf((properties.PolicyDocument as { Statement?: Statement[] } | undefined)?.Statement);
      const context = { 'aws:PrincipalAccount': '999999999999' };
      const request = { caller: { account: '999999999999', arn: 'arn' }, action: 's3:PutObject', resource: 'arn', context };
      if (allows.length === 0 || allows.some((statement) => statement.Effect === 'Allow' && applies(statement, request)))
        this.problems.push(`${plain(id)} serves the credentials of other accounts`);
    }
  }

  private isAllowed(asked: readonly RoleRequest[], brought: readonly ServiceRequest[]): void {
    for (const { role, why, ...request } of asked) {
      this.permitted++;
      if (!this.may(role, request))
        this.problems.push(`${nameOf(role.arn)} may not ${request.action} on ${request.resource}, and has to: ${why}`);
    }
    for (const { why, ...request } of brought) {
      this.permitted++;
      if (!this.mayAsService(request))
        this.problems.push(`${request.caller.service} may not ${request.action} on ${request.resource}, and has to: ${why}`);
    }
  }

  private isDenied(asked: readonly RoleRequest[]): void {
    const probes = Object.entries(forbidden(this.deployed));
    for (const role of this.roles) {
      const own = asked.filter((each) => each.role === role);
      const meant = new Set(own.map(({ action, resource, context }) => JSON.stringify([action, resource, context])));
      const refuse = (what: string, { action, resource, context = {} }: Probe) => {
        if (meant.has(JSON.stringify([action, resource, context]))) return;
        this.refused++;
        if (this.may(role, { action, resource, context }) && !this.excepted(nameOf(role.arn), action, resource))
          this.problems.push(`${nameOf(role.arn)} may ${action} on ${resource}${withContext(context)}, and must not: ${what}`);
      };
      for (const [what, all] of probes) for (const probe of all) refuse(what, probe);
      for (const request of own)
        for (const [where, all] of Object.entries(neighbours(request))) for (const probe of all) refuse(where, probe);
    }
  }

  private keepsOut(brought: readonly ServiceRequest[]): void {
    const guarded = this.deployed.resources.filter(({ type }) => GUARDED.includes(type)).map(({ id }) => this.deployed.arn(id));
    for (const arn of new Set([...guarded, ...this.policies.keys()])) {
      const trusted = brought
        .filter(({ action, resource }) => action === 'sts:AssumeRole' && resource === arn)
        .map(({ caller }) => caller.service ?? '');
      for (const { who, request, identity } of attemptsAt(this.deployed, arn, trusted)) {
        this.refused++;
        if (this.permits(request, identity)) this.problems.push(`${nameOf(arn)} lets in ${who}: ${request.action}`);
      }
    }
  }

  /** Each action of each Allow, on each of its resources, for each whom it names and each value of its conditions. */
  private isUsed(of: string, statements: readonly Statement[], requests: readonly (Omit<Request, 'caller'> & { caller?: Caller })[]): void {
    for (const statement of statements.filter(({ Effect }) => Effect === 'Allow')) {
      if (statement.NotAction || statement.NotResource || statement.NotPrincipal)
        this.problems.push(`${of} has a right by what it is not (${statement.Sid ?? 'no Sid'}): say what it is`);
      for (const each of partsOf(statement)) {
        const { action, resource, who, value, narrowed } = each;
        // Of a wildcard nobody can say what uses it.
        const used =
          !action.includes('*') &&
          requests.some(
            ({ caller = { account: '' }, ...request }) =>
              applies(narrowed, { caller, ...request }) && (who === undefined || isNamed(narrowed, caller)),
          );
        if (!used && !this.excepted(of, action, resource ?? '', who))
          this.problems.push(
            `${of} has ${action} on ${resource ?? 'itself'}${who === undefined ? '' : ` for ${who}`}${value === undefined ? '' : ` with ${value}`}, which nothing uses`,
          );
      }
    }
  }

  private may(role: Role, request: Probe): boolean {
    const caller = { account: this.deployed.stack.account, arn: role.arn };
    const context = { 'aws:SecureTransport': 'true', ...ofPrincipal(this.deployed, caller), ...request.context };
    return this.permits({ caller, action: request.action, resource: request.resource, context }, role.statements);
  }

  private mayAsService({ caller, action, resource, context }: Omit<ServiceRequest, 'why'>): boolean {
    return this.permits({ caller, action, resource, context }, []);
  }

  private permits(request: Request, identity: readonly Statement[]): boolean {
    const { resource } = request;
    const known = this.policies.get(resource);
    // Of a key that somebody else made, nothing is known but that its policy leaves it to this account's IAM (docs/deploy.md).
    const theirs = known ?? (resource.includes(':kms:') ? [ofAccount(this.deployed)] : undefined);
    // What is in another account is taken to let this one in; what is in this one lets in nobody that it does not name.
    const own = request.caller.account === this.deployed.stack.account;
    const owner = own && known === undefined ? request.caller.account : resource.split(':')[4] || this.deployed.stack.account;
    return isPermitted(request, {
      identity,
      resource: theirs,
      owner,
      decidesItself: theirs !== undefined && DECIDES_ITSELF.test(resource),
    });
  }

  /** @param whom a statement of a resource's policy names. */
  private excepted(of: string, action: string, resource: string, who = ''): boolean {
    const whom = who.replace(`:${this.deployed.stack.account}:`, ':ACCOUNT:');
    const found = this.exceptions.find(
      (each) => each.of.test(of) && each.action.test(action) && each.resource.test(resource) && (each.who ?? /^$/).test(whom),
    );
    if (found) this.used.add(found);
    return found !== undefined;
  }
}

const inName = ({ role: _role, why: _why, ...request }: RoleRequest) => request;

const ofAccount = ({ partition, stack }: Deployed): Statement => ({
  Effect: 'Allow',
  Principal: { AWS: `arn:${partition}:iam::${stack.account}:root` },
  Action: 'kms:*',
  Resource: '*',
});

function withContext(context: object): string {
  return Object.keys(context).length === 0 ? '' : ` with ${JSON.stringify(context)}`;
}

/** What the managed policies of a role say. */
function managed(deployed: Deployed, { id }: Role): Statement[] {
  const role = deployed.resources.find((each) => each.id === id);
  return listOf(role?.properties.ManagedPolicyArns as unknown[]).flatMap((arn) => {
    const name = text(arn).split(':policy/')[1] ?? text(arn);
    return MANAGED[name] ?? [{ Effect: 'Allow', Action: '*', Resource: '*' } satisfies Statement];
  });
}

/** Of the stack, and of what its StackSets bring to accounts of the organization. */
export function prove(stack: Stack, calls: readonly RecordedCall[], exceptions: readonly Exception[] = EXCEPTIONS): Proof {
  const proofs = [stack, ...memberStacks(stack)].map((each): Proof => {
    try {
      return new Prover(new Deployed(each), exceptions).prove(calls);
    } catch (error) {
      // What cannot be resolved or judged, such as an operator that the evaluator does not know, proves nothing.
      return { problems: [`${each.name}: ${(error as Error).message}`], used: new Set(), permitted: 0, refused: 0 };
    }
  });
  return {
    problems: proofs.flatMap(({ problems }) => problems),
    used: new Set(proofs.flatMap(({ used }) => [...used])),
    permitted: proofs.reduce((sum, { permitted }) => sum + permitted, 0),
    refused: proofs.reduce((sum, { refused }) => sum + refused, 0),
  };
}
