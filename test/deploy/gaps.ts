/**
 * What moto 5.2.1 lacks and this test stands in for, each by name, and never in the product. `open` asks moto itself whether
 * the gap is still there; where it is not, the run fails and asks for the shim's removal, so no shim outlives its reason.
 */
import { deliverByPattern } from './bus';
import type { DoorReply, DoorRequest, Shim } from './door';
import type { Probe } from './probe';
import { terminationProtection } from './protection';
import { mendedTemplates } from './templates';

export interface Gap {
  name: string;
  /** What moto does instead of what AWS does. */
  lacks: string;
  /** What the test does about it. */
  standIn: string;
  /** Whether moto still has the gap. Absent: moto cannot be asked without harm. */
  open?(probe: Probe): Promise<boolean>;
  shim?: Shim;
}

export interface GapContext {
  management: string;
  /** Names of the stacks that CloudFormation protects from deletion. */
  protectedStacks: Set<string>;
  /** Base URL of the stand-in for Security Hub. */
  securityHub: string;
  /** Base URL of the door, for what a shim itself must ask. */
  door(): string;
}

const ALIAS_TEMPLATE = {
  Resources: { Alias: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: 'none', FunctionVersion: '1', Name: 'live' } } },
};
const FIFO_TEMPLATE = { Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } } } };

export function gapsOf(context: GapContext): Gap[] {
  return [
    {
      name: 'termination protection',
      lacks: 'CloudFormation has no UpdateTerminationProtection, with which the cdk command ends a deployment of a protected stack',
      standIn: 'the door keeps which stacks are protected, says so, and refuses to delete them',
      open: async (probe) =>
        (
          await probe.query('cloudformation', {
            Action: 'UpdateTerminationProtection',
            StackName: 'none',
            EnableTerminationProtection: 'true',
          })
        ).status >= 500,
      shim: terminationProtection(context.protectedStacks),
    },
    {
      name: 'names of FIFO queues',
      lacks: 'CloudFormation makes names without .fifo for FIFO queues, and then fails over them',
      standIn: 'the door writes a name into the template, and GetTemplate answers it as it was',
      open: async (probe) =>
        (await probe.query('cloudformation', { Action: 'CreateStack', StackName: 'probe', TemplateBody: JSON.stringify(FIFO_TEMPLATE) }))
          .status >= 400,
      shim: mendedTemplates(),
    },
    {
      name: 'aliases of functions',
      lacks:
        'CloudFormation makes no AWS::Lambda::Alias, and a Ref to one has no value; a gradual deployment by CodeDeploy is then none either',
      standIn:
        "the door writes the value into the template, the test makes and moves the aliases as their template says (aliases.ts), and runs the version that is live; test/stacks reads CodeDeploy's part",
      open: async (probe) =>
        !(
          await probe.query('cloudformation', {
            Action: 'CreateStack',
            StackName: 'alias-probe',
            TemplateBody: JSON.stringify(ALIAS_TEMPLATE),
          })
        ).body.includes('<StackId>') ||
        !(await probe.query('cloudformation', { Action: 'DescribeStackResources', StackName: 'alias-probe' })).body.includes(
          '<PhysicalResourceId>',
        ),
    },
    {
      name: 'delegated administrator reads Organizations',
      lacks: 'Organizations answers the management account only, though it lets a delegated administrator read',
      standIn: 'the door asks in the name of the management account',
      open: async (probe) =>
        (await probe.json('organizations', 'AWSOrganizationsV20161128.DescribeAccount', { AccountId: probe.account })).status >= 400,
      shim: (request, forward) => (request.service === 'organizations' ? forward(request, context.management) : undefined),
    },
    {
      name: 'patterns over arrays of objects',
      lacks: 'EventBridge never matches a pattern that looks into an array of objects, such as detail.findings',
      standIn:
        "the test reads the deployed rules, matches their patterns by local/eventbridge/pattern (checked against AWS's own engine), and sends to the deployed target",
      open: async (probe) => {
        const plain = await probe.matched({ detail: { kind: ['x'] } }, { kind: 'x' });
        if (plain.length !== 1) throw new Error(`moto brought ${plain.length} messages, not 1, for a pattern that it knows.`);
        return (await probe.matched({ detail: { findings: { Id: ['x'] } } }, { findings: [{ Id: 'x' }] })).length === 0;
      },
      shim: async (request, forward) => {
        if (request.service !== 'events' || request.operation !== 'PutEvents') return undefined;
        const reply = await forward(request);
        if (reply.status === 200) await deliverByPattern(request, { endpoint: context.door() });
        return reply;
      },
    },
    {
      name: 'Security Hub is written to',
      lacks:
        'Security Hub has no BatchUpdateFindings, no UpdateSecurityHubConfiguration, no second generation, and its members need an invitation of its own kind',
      standIn: 'the stand-in of the demo (local/securityhub) answers all of Security Hub',
      open: async (probe) => (await probe.rest('securityhub', 'PATCH', '/findings/batchupdate', {})).status >= 400,
      shim: (request) => (request.service === 'securityhub' ? handTo(context.securityHub, request) : undefined),
    },
    {
      name: 'sources of AWS',
      lacks: 'PutEvents takes sources that begin with aws., which AWS keeps to its own services, and Security Hub emits no events itself',
      standIn: 'the test puts the events of Security Hub',
      open: async (probe) =>
        (
          await probe.json('events', 'AWSEvents.PutEvents', { Entries: [{ Source: 'aws.securityhub', DetailType: 'probe', Detail: '{}' }] })
        ).body.includes('"EventId"'),
    },
    {
      name: 'schedules wait for their time',
      lacks: 'EventBridge fires a rule with a schedule for every event of PutEvents, and at no other time',
      standIn: 'their targets are taken away once they were looked at (quiet.ts), and the test fires them itself',
      open: async (probe) => (await probe.matched('schedule', { kind: 'x' })).length === 1,
    },
    {
      name: 'events name their account',
      lacks: 'EventBridge delivers events without `account` to a queue',
      standIn: 'nothing: the product asks the finding for its account',
      open: async (probe) => !(await probe.matched({}, { kind: 'x' }))[0]?.Body?.includes('"account"'),
    },
    {
      name: 'accounts have paths',
      lacks: 'DescribeAccount answers no Paths',
      standIn: 'nothing: the product climbs by ListParents, as in Regions that have no Paths yet',
      open: async (probe) => !(await probe.managementJson('AWSOrganizationsV20161128.ListAccounts')).body.includes('"Paths"'),
    },
    {
      name: 'delegated administrators',
      lacks: 'RegisterDelegatedAdministrator refuses the principals of Security Hub and StackSets',
      standIn: 'nothing is registered: in moto nobody asks who the delegated administrator is',
      open: async (probe) =>
        (
          await probe.managementJson('AWSOrganizationsV20161128.RegisterDelegatedAdministrator', {
            AccountId: probe.account,
            ServicePrincipal: 'securityhub.amazonaws.com',
          })
        ).status >= 400,
    },
    {
      name: 'Bedrock answers',
      lacks: 'Bedrock has no Converse, and moto no HTTP/2, which its client speaks',
      standIn: 'the stand-in of the demo (local/bedrock) answers at AWS_ENDPOINT_URL_BEDROCK_RUNTIME',
    },
    {
      name: 'Lambda runs functions',
      lacks: 'Lambda needs Docker to run a function, and without it takes each message once in vain when it arrives',
      standIn:
        "the mappings are disabled once they were looked at (quiet.ts); the test takes each function's code and settings as deployed, runs it, and polls as its mapping says",
    },
    {
      name: "a function's code has an address",
      lacks: 'GetFunction answers an address of a host that is not moto, and of an earlier version that of the newest',
      standIn: "the test takes the archive from the bootstrap's bucket that has the hash of the version's code",
    },
  ];
}

async function handTo(base: string, { method, path, headers, body }: DoorRequest): Promise<DoorReply> {
  const response = await fetch(`${base}${path}`, {
    method,
    // The Region stands in the signature.
    headers: { 'content-type': 'application/json', authorization: headers.authorization ?? '' },
    ...(method === 'GET' ? {} : { body: body.toString() }),
  });
  const type = response.headers.get('x-amzn-errortype');
  return {
    status: response.status,
    headers: { 'content-type': 'application/json', ...(type ? { 'x-amzn-errortype': type } : {}) },
    body: await response.text(),
  };
}
