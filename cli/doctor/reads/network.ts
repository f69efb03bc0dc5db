/** The network of the functions: where its subnets lead, its name resolution, and its endpoints. */
import {
  DescribeRouteTablesCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcEndpointsCommand,
  EC2Client,
  type Route,
  type RouteTable,
  type VpcEndpoint,
} from '@aws-sdk/client-ec2';
import type { Calls, Command } from '../calls';
import { doctorClient } from './defaults';
import { allPages } from './once';

export class NetworkReads {
  private readonly ec2: EC2Client;

  constructor(
    private readonly calls: Calls,
    private readonly home: string,
  ) {
    this.ec2 = new EC2Client(doctorClient(home));
  }

  /** Each subnet's route to everywhere; undefined where it has none. A subnet without a table of its own has the VPC's main one. */
  async waysOut(vpcId: string, subnetIds: readonly string[]): Promise<Map<string, Route | undefined>> {
    const Filters = [{ Name: 'vpc-id', Values: [vpcId] }];
    const tables = await allPages('RouteTables', (NextToken) => this.ask(new DescribeRouteTablesCommand({ Filters, NextToken })));
    const main = tables.find(({ Associations = [] }) => Associations.some(({ Main }) => Main));
    const own = (subnet: string) => tables.find(({ Associations = [] }) => Associations.some(({ SubnetId }) => SubnetId === subnet));
    return new Map(subnetIds.map((subnet) => [subnet, everywhere(own(subnet) ?? main)]));
  }

  /** Whether names resolve in the VPC, and whether the endpoints' own names can. */
  async resolution(VpcId: string): Promise<{ support: boolean; hostnames: boolean }> {
    const [support, hostnames] = await Promise.all([
      this.ask(new DescribeVpcAttributeCommand({ VpcId, Attribute: 'enableDnsSupport' })),
      this.ask(new DescribeVpcAttributeCommand({ VpcId, Attribute: 'enableDnsHostnames' })),
    ]);
    return { support: support.EnableDnsSupport?.Value ?? false, hostnames: hostnames.EnableDnsHostnames?.Value ?? false };
  }

  async endpoints(vpcId: string): Promise<VpcEndpoint[]> {
    const Filters = [{ Name: 'vpc-id', Values: [vpcId] }];
    return allPages('VpcEndpoints', (NextToken) => this.ask(new DescribeVpcEndpointsCommand({ Filters, NextToken })));
  }

  private ask<Answer>(command: Command<Answer>): Promise<Answer> {
    return this.calls.send('ec2', this.home, this.ec2, command);
  }
}

function everywhere(table: RouteTable | undefined): Route | undefined {
  return table?.Routes?.find(({ DestinationCidrBlock }) => DestinationCidrBlock === '0.0.0.0/0');
}
