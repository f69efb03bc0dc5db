/** STS, IAM and CloudFormation in the Query protocol (XML), and the depth of queues. */
import type { JsonObject } from '../../../local/protocol/wire';
import { type Answer, json, jsonProtocol, Refusal, type StandIn } from './protocol';
import { HOME, HUB_STACK, STACK_SET, type World } from './world';

type Fields = Record<string, unknown>;

/** A value as XML: lists in <member>, absent values left out. */
function xml(value: unknown): string {
  if (Array.isArray(value)) return value.map((entry) => `<member>${xml(entry)}</member>`).join('');
  if (typeof value !== 'object' || value === null) return escaped(String(value));
  return Object.entries(value)
    .filter(([, entry]) => entry !== undefined)
    .map(([key, entry]) => `<${key}>${xml(entry)}</${key}>`)
    .join('');
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character] ?? character);
}

export function query(prefix: string, operations: Record<string, (world: World, input: JsonObject) => Fields>): StandIn {
  const headers = { 'content-type': 'text/xml' };
  return {
    prefix,
    read({ body }) {
      const { Action = '', ...input } = Object.fromEntries(new URLSearchParams(body));
      return { operation: Action, input };
    },
    answer(world, { operation, input }): Answer {
      const run = operations[operation];
      if (!run) throw new Error(`The stand-in has no ${prefix}:${operation}`);
      return { headers, body: xml({ [`${operation}Response`]: { [`${operation}Result`]: run(world, input) } }) };
    },
    refuse: ({ code, message, status }) => ({
      status,
      headers,
      body: xml({ ErrorResponse: { Error: { Type: 'Sender', Code: code.replace(/Exception$/, ''), Message: message }, RequestId: '1' } }),
    }),
  };
}

export const sts = query('sts', {
  GetCallerIdentity: ({ caller }) => ({ Arn: caller.arn, UserId: 'AROAEXAMPLE:sato', Account: caller.account }),
});

export const iam = query('iam', {
  SimulatePrincipalPolicy({ marking, deliverRole }, input) {
    if (input.PolicySourceArn !== deliverRole)
      throw new Refusal('NoSuchEntity', `The role with name ${input.PolicySourceArn} cannot be found.`, 404);
    const actions = Object.entries(input).flatMap(([key, value]) => (key.startsWith('ActionNames.member.') ? [String(value)] : []));
    const key = String(input['ContextEntries.member.1.ContextKeyName']);
    const value = String(input['ContextEntries.member.1.ContextKeyValues.member.1']);
    // The role may set this one value: whoever asks without it is told no.
    const asked = key === 'securityhub:ASFFSyntaxPath/Workflow.Status' && value === 'NOTIFIED';
    return {
      IsTruncated: false,
      EvaluationResults: actions.map((action) => {
        const decision = asked ? (marking.decisions.get(action) ?? 'allowed') : 'implicitDeny';
        return {
          EvalActionName: action,
          EvalResourceName: String(input['ResourceArns.member.1']),
          EvalDecision: decision,
          MatchedStatements: decision === 'implicitDeny' ? [] : [{ SourcePolicyId: marking.policy, SourcePolicyType: 'IAM Policy' }],
          MissingContextValues: [],
          OrganizationsDecisionDetail: { AllowedByOrganizations: marking.allowedByOrganizations },
        };
      }),
    };
  },
});

export const cloudformation = query('cloudformation', {
  DescribeStacks({ stack, queues, stackSet, deliverRole, ledgerTable, network }, input) {
    if (!stack || input.StackName !== HUB_STACK) throw new Refusal('ValidationError', `Stack with id ${input.StackName} does not exist`);
    const outputs = [...queues.keys()].map((OutputKey) => ({
      OutputKey,
      OutputValue: `https://sqs.${HOME}.amazonaws.com/222222222222/${HUB_STACK}-${OutputKey}`,
    }));
    return {
      Stacks: [
        {
          StackName: HUB_STACK,
          StackStatus: stack.status,
          ...(stack.reason ? { StackStatusReason: stack.reason } : {}),
          CreationTime: '2026-11-01T03:04:05Z',
          LastUpdatedTime: '2026-11-20T03:04:05Z',
          Outputs: [
            ...outputs,
            ...Object.entries(network.outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
            ...(ledgerTable ? [{ OutputKey: 'LedgerTable', OutputValue: ledgerTable }] : []),
            ...(deliverRole ? [{ OutputKey: 'DeliverRole', OutputValue: deliverRole }] : []),
            ...(stackSet ? [{ OutputKey: 'MemberStackSet', OutputValue: STACK_SET }] : []),
          ],
        },
      ],
    };
  },
  DescribeStackSet(world, input) {
    asDelegate(world, input);
    const { ous, regions, automatic, retain } = world.stackSet ?? { ous: [], regions: [], automatic: false, retain: false };
    return {
      StackSet: {
        StackSetName: STACK_SET,
        OrganizationalUnitIds: ous,
        Regions: regions,
        AutoDeployment: { Enabled: automatic, RetainStacksOnAccountRemoval: retain },
      },
    };
  },
  ListStackInstances(world, input) {
    asDelegate(world, input);
    if (input['Filters.member.1.Name'] !== 'DETAILED_STATUS')
      throw new Refusal('ValidationError', 'The stand-in filters by DETAILED_STATUS only');
    const found = world.instances.filter(({ status }) => status === input['Filters.member.1.Values']);
    return {
      Summaries: found.map(({ account, region, ou, status, reason }) => ({
        Account: account,
        Region: region,
        OrganizationalUnitId: ou,
        Status: 'OUTDATED',
        StatusReason: reason,
        StackInstanceStatus: { DetailedStatus: status },
      })),
    };
  },
  DescribeOrganizationsAccess(world, input) {
    asDelegate(world, input);
    return { Status: world.stackSetsAccess };
  },
});

function asDelegate({ delegatedServices }: World, input: JsonObject): void {
  if (input.CallAs !== 'DELEGATED_ADMIN') throw new Refusal('ValidationError', 'Only the management account calls as itself');
  if (!delegatedServices.includes('member.org.stacksets.cloudformation.amazonaws.com'))
    throw new Refusal('ValidationError', 'Account used is not a delegated administrator');
}

export const sqs: StandIn = {
  prefix: 'sqs',
  ...jsonProtocol('1.0'),
  answer({ queues }, { input }) {
    const name = String(input.QueueUrl).split(`${HUB_STACK}-`)[1] ?? '';
    return json({
      Attributes: {
        ApproximateNumberOfMessages: String(queues.get(name) ?? 0),
        ApproximateNumberOfMessagesNotVisible: '0',
        QueueArn: `arn:aws:sqs:${HOME}:222222222222:${HUB_STACK}-${name}`,
      },
    });
  },
};
