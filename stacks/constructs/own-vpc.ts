/** A VPC for the functions alone: private subnets, one way out, and the endpoints that settings.yaml names. */
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  CfnRoute,
  CfnTransitGatewayAttachment,
  FlowLogDestination,
  FlowLogTrafficType,
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpointAwsService,
  IpAddresses,
  type ISecurityGroup,
  type Subnet,
  type SubnetConfiguration,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnPolicy } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct, type IDependable } from 'constructs';
import type { Endpoint } from '../../config/switches/calls';
import { LOGS_OF_AWS } from './function';
import { INLINE } from './right';
import { stands } from './standing';
import { egressOf, type NetworkSettings } from '../../config/switches/network';

/** Of the subnets that the functions are in. 27 addresses are enough: functions of one security group share theirs. */
const FUNCTIONS = 'Functions';
const CIDR = '10.255.0.0/24';

export class OwnVpc extends Construct {
  readonly vpc: Vpc;
  readonly subnetIds: string[];
  /** What has to be there before something leaves. */
  readonly established: IDependable[];

  /** @param logDays how long it is kept what was refused, in days. */
  constructor(scope: Construct, id: string, settings: NetworkSettings, logDays: number) {
    super(scope, id);
    const egress = egressOf(settings);
    const { availabilityZones, zones = 2, cidr = CIDR } = settings;
    const count = availabilityZones?.length ?? zones;
    const gateways = egress === 'nat' ? 1 : egress === 'nat-per-zone' ? count : 0;
    const ofFunctions: SubnetConfiguration = {
      name: FUNCTIONS,
      subnetType: gateways > 0 ? SubnetType.PRIVATE_WITH_EGRESS : SubnetType.PRIVATE_ISOLATED,
      cidrMask: 27,
    };
    const ofGateways: SubnetConfiguration = { name: 'Gateways', subnetType: SubnetType.PUBLIC, cidrMask: 28, mapPublicIpOnLaunch: false };
    // Of what a security group refuses: the evidence of a function that calls where it should not.
    const logs = new LogGroup(this, 'Refused', { retention: logDays, removalPolicy: RemovalPolicy.RETAIN });
    this.vpc = new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr(cidr),
      ...(availabilityZones ? { availabilityZones } : { maxAzs: zones }),
      natGateways: gateways,
      subnetConfiguration: [ofFunctions, ...(gateways > 0 ? [ofGateways] : [])],
      flowLogs: { Refused: { destination: FlowLogDestination.toCloudWatchLogs(logs), trafficType: FlowLogTrafficType.REJECT } },
    });
    this.sayWhatStands(logs);
    this.vpc.addGatewayEndpoint('DynamoDb', { service: GatewayVpcEndpointAwsService.DYNAMODB }).addToPolicy(this.ofThisAccount());
    const { subnets, internetConnectivityEstablished } = this.vpc.selectSubnets({ subnetGroupName: FUNCTIONS });
    this.subnetIds = subnets.map(({ subnetId }) => subnetId);
    const { transitGatewayId } = settings;
    this.established =
      egress === 'transit-gateway' && transitGatewayId
        ? this.through(transitGatewayId, subnets as Subnet[])
        : [internetConnectivityEstablished];
  }

  private sayWhatStands(logs: LogGroup): void {
    stands(logs, LOGS_OF_AWS);
    for (const construct of this.vpc.node.findAll()) {
      // Of the role that writes the flow log.
      if (construct instanceof CfnPolicy) stands(construct, INLINE);
      if (construct instanceof CfnRoute && construct.gatewayId !== undefined)
        stands(construct, {
          VPCNoUnrestrictedRouteToIGW: {
            reason: 'In its subnet a NAT gateway stands and nothing else; the functions are in other subnets, which have no such route.',
            switch: 'network.egress',
          },
        });
    }
  }

  /** Its owner accepts the attachment, where nothing accepts it by itself, and knows the way back. */
  private through(transitGatewayId: string, subnets: Subnet[]): IDependable[] {
    const attachment = new CfnTransitGatewayAttachment(this, 'TransitGateway', {
      transitGatewayId,
      vpcId: this.vpc.vpcId,
      subnetIds: this.subnetIds,
    });
    return subnets.map((subnet, index) => {
      const { routeTableId } = subnet.routeTable;
      const route = new CfnRoute(this, `Out${index}`, { routeTableId, destinationCidrBlock: '0.0.0.0/0', transitGatewayId });
      route.addResourceDependency(attachment);
      return route;
    });
  }

  addEndpoints(endpoints: readonly Endpoint[], securityGroup: ISecurityGroup): void {
    for (const name of endpoints) {
      const endpoint = this.vpc.addInterfaceEndpoint(name, {
        service: new InterfaceVpcEndpointAwsService(name),
        subnets: { subnetGroupName: FUNCTIONS },
        securityGroups: [securityGroup],
        open: false,
        privateDnsEnabled: true,
      });
      endpoint.addToPolicy(this.ofThisAccount());
    }
  }

  /**
   * Without a policy an endpoint serves whoever brings credentials, also those of another account: a way to carry data away. What a
   * function may do stands in its role. https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
   */
  private ofThisAccount(): PolicyStatement {
    return new PolicyStatement({
      principals: [new AnyPrincipal()],
      actions: ['*'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:PrincipalAccount': Stack.of(this).account } },
    });
  }
}
