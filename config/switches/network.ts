/** The network that the functions run in. Without it they run in Lambda's own, which reaches all that they call. */
import * as z from 'zod';
import { written } from '../terms';
import { ENDPOINTS } from './calls';

export const EGRESS = ['nat', 'nat-per-zone', 'transit-gateway', 'existing', 'none'] as const;
export type Egress = (typeof EGRESS)[number];

const id = (prefix: string, what: string) =>
  // The old ids have 8 digits, all since 2018 have 17: what has another number was cut off.
  written(new RegExp(`^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`), `this is not the id of ${what}`, `${prefix}-0a1b2c3d4e5f60718`);

export const networkSchema = z
  .strictObject({
    vpc: z.enum(['own', 'existing']).describe('own: this stack makes one. existing: one that is there.'),
    egress: z
      .enum(EGRESS)
      .optional()
      .describe(
        'The way out, which Slack always needs. Of an own VPC: nat (one NAT gateway), nat-per-zone, or transit-gateway. Of an existing one: existing.',
      ),
    endpoints: z
      .array(z.enum(ENDPOINTS))
      .default([])
      .describe(
        'Services reached by an interface endpoint instead. Of an own VPC they are made; of an existing one these are there. DynamoDB has a gateway endpoint always.',
      ),
    zones: z
      .int()
      .min(2)
      .max(3)
      .optional()
      .meta({ description: 'Of an own VPC: how many availability zones. Without it: 2.', examples: [2] }),
    availabilityZones: z
      .array(written(/^[a-z]{2,5}(-[a-z]+)+-\d[a-z]$/, 'this is not the name of an availability zone', 'ap-northeast-1a'))
      .min(2, 'name at least two zones')
      .max(3)
      .meta({ examples: [['ap-northeast-1a', 'ap-northeast-1c']] })
      .optional()
      .describe('Of an own VPC, instead of zones: which, where an endpoint is not offered in the first ones.'),
    cidr: written(
      /^(10\.\d{1,3}|172\.(1[6-9]|2\d|3[01])|192\.168)\.\d{1,3}\.0\/(1[6-9]|2[0-4])$/,
      'this is not a private range of /16 to /24',
      '10.255.0.0/24',
    )
      .optional()
      .describe(
        'Of an own VPC: its addresses. A /24, as without it, is enough; behind a transit gateway it has to be written, one that nobody else has.',
      ),
    transitGatewayId: id('tgw', 'a transit gateway')
      .optional()
      .describe('With egress transit-gateway: which. Its route tables have to know the way back.'),
    dynamodbPrefixList: id('pl', 'a prefix list')
      .optional()
      .describe('Of an own VPC: the prefix list of DynamoDB in the home Region. With it a function that needs no way out gets none.'),
    vpcId: id('vpc', 'a VPC').optional().describe('Of an existing VPC.'),
    subnetIds: z
      .array(id('subnet', 'a subnet'))
      .min(2, 'name subnets of at least two availability zones')
      .max(16)
      .meta({ examples: [['subnet-0a1b2c3d4e5f60718', 'subnet-0a1b2c3d4e5f60719']] })
      .optional()
      .describe('Of an existing VPC: private subnets with a way out, in two availability zones or more.'),
    securityGroupIds: z
      .array(id('sg', 'a security group'))
      .min(1, 'name at least one security group')
      .max(5)
      .optional()
      .describe('Of an existing VPC: security groups that let 443 out. Without it, this stack makes them.'),
  })
  .optional()
  .describe('The VPC that the functions run in. Without it: none.');

export type NetworkSettings = NonNullable<z.infer<typeof networkSchema>>;

/** The way out, where none is written. */
export function egressOf({ vpc, egress }: NetworkSettings): Egress {
  return egress ?? (vpc === 'own' ? 'nat' : 'existing');
}
