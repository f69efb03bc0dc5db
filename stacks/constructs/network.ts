/** The VPC that the functions run in, where settings.yaml asks for one: made here, or one that is there. */
import { CfnOutput, Stack } from 'aws-cdk-lib';
import { type CfnSecurityGroup, Peer, Port, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct, type IDependable } from 'constructs';
import { type Calling, callsWithoutEndpoint, functionsOf } from '../../config/switches/calls';
import type { FunctionName } from '../../config/switches/functions';
import type { NetworkSettings } from '../../config/switches/network';
import type { InterpreterFunction } from './function';
import { OwnVpc } from './own-vpc';
import { grant, type Right } from './right';
import { mended } from './standing';

const HTTPS = Port.tcp(443);

/**
 * With these Lambda makes the function's network interfaces. Its documentation wants all of them on every resource, and denies
 * them to the code: only a call from within a function has lambda:SourceFunctionArn.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
 */
const INTERFACES = ['CreateNetworkInterface', 'DescribeNetworkInterfaces', 'DescribeSubnets', 'DeleteNetworkInterface'];
const ADDRESSES = ['AssignPrivateIpAddresses', 'UnassignPrivateIpAddresses'];
const ACTIONS = [...INTERFACES, ...ADDRESSES].map((action) => `ec2:${action}`);
const ATTACH: Right[] = [
  {
    sid: 'AttachToNetwork',
    reason: 'Lambda makes the network interfaces by which the function stands in the VPC',
    actions: ACTIONS,
    resources: ['*'],
    wildcard: 'Lambda makes the network interfaces with this role and documents that it needs these actions on all resources.',
  },
  {
    sid: 'NotByCode',
    reason: 'The code of the function itself may not use what Lambda needs to make the interfaces',
    effect: 'Deny',
    actions: [...ACTIONS, 'ec2:DetachNetworkInterface'],
    resources: ['*'],
    conditions: { Null: { 'lambda:SourceFunctionArn': 'false' } },
  },
];

export interface NetworkProps {
  settings: NetworkSettings;
  calling: Calling;
  logDays: number;
}

export class Network extends Construct {
  private readonly subnetIds: string[];
  private readonly groups: Map<FunctionName, string[]>;
  private readonly established: IDependable[];

  constructor(scope: Construct, id: string, { settings, calling, logDays }: NetworkProps) {
    super(scope, id);
    const own = settings.vpc === 'own' ? new OwnVpc(this, 'Own', settings, logDays) : undefined;
    this.established = own?.established ?? [];
    this.subnetIds = own?.subnetIds ?? settings.subnetIds ?? [];
    this.groups = settings.securityGroupIds
      ? new Map(functionsOf(calling).map((name) => [name, settings.securityGroupIds ?? []]))
      : this.ownGroups(settings, calling, own);
    // The doctor looks at the routes and endpoints of these.
    const outputs = { NetworkVpc: own?.vpc.vpcId ?? settings.vpcId ?? '', NetworkSubnets: this.subnetIds.join(',') };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value }).overrideLogicalId(name);
  }

  /**
   * Nothing may call in. Slack has no list of addresses, so who needs the way out may go to any, on 443. Who finds all that it
   * calls behind endpoints may reach those alone, and DynamoDB by its prefix list, of which CloudFormation does not tell the id.
   */
  private ownGroups(
    { endpoints, dynamodbPrefixList, vpcId }: NetworkSettings,
    calling: Calling,
    own?: OwnVpc,
  ): Map<FunctionName, string[]> {
    // Of it nothing but its id goes into the template: its zones are those of its subnets.
    const availabilityZones = Stack.of(this).availabilityZones.slice(0, 1);
    const vpc = own?.vpc ?? Vpc.fromVpcAttributes(this, 'Existing', { vpcId: vpcId ?? '', availabilityZones });
    const closed = { vpc, allowAllOutbound: false };
    const outside = new SecurityGroup(this, 'Outside', {
      ...closed,
      description: 'Functions that call Slack or what has no endpoint: 443 out',
    });
    outside.addEgressRule(Peer.anyIpv4(), HTTPS, 'Slack, and what has no endpoint in this network');
    const names = functionsOf(calling);
    const within = own && dynamodbPrefixList ? names.filter((name) => callsWithoutEndpoint(name, endpoints, calling).length === 0) : [];
    const inside =
      own && dynamodbPrefixList && within.length > 0
        ? new SecurityGroup(this, 'Inside', { ...closed, description: 'Functions that call nothing but endpoints: 443 to these' })
        : undefined;
    // Within the group: EC2 lets everything out of one that is made without a rule, and CDK would make this one beside it.
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html
    (inside?.node.defaultChild as CfnSecurityGroup | undefined)?.addPropertyOverride('SecurityGroupEgress', [
      {
        DestinationPrefixListId: dynamodbPrefixList,
        IpProtocol: 'tcp',
        FromPort: 443,
        ToPort: 443,
        Description: 'DynamoDB, by its gateway endpoint',
      },
    ]);
    if (own && endpoints.length > 0) {
      const ofEndpoints = new SecurityGroup(this, 'Endpoints', {
        ...closed,
        description: 'Interface endpoints: 443 in, from the functions',
      });
      for (const group of [outside, inside]) if (group) ofEndpoints.addIngressRule(group, HTTPS, 'The functions');
      inside?.addEgressRule(ofEndpoints, HTTPS, 'The interface endpoints');
      own.addEndpoints(endpoints, ofEndpoints);
    }
    const groupOf = (name: FunctionName) => (inside && within.includes(name) ? inside : outside);
    return new Map(names.map((name) => [name, [groupOf(name).securityGroupId]]));
  }

  /** Puts functions into the network. What a way out needs is there before them, or their first calls would fail. */
  add(functions: Partial<Record<FunctionName, InterpreterFunction>>): void {
    for (const [name, { lambda, role }] of Object.entries(functions)) {
      const resource = lambda.node.defaultChild as CfnFunction;
      resource.vpcConfig = { subnetIds: this.subnetIds, securityGroupIds: this.groups.get(name as FunctionName) ?? [] };
      mended(resource, 'LambdaInsideVPC');
      grant(role, ATTACH);
      lambda.node.addDependency(...this.established);
    }
  }
}
