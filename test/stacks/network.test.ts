/** The network: what of it each setting makes, who may go where, and what the roles may do for it. */
import { readFileSync } from 'node:fs';
import type { Template } from 'aws-cdk-lib/assertions';
import { CALLS, type Called, callsWithoutEndpoint, ENDPOINTS, WAYS } from '../../config/switches/calls';
import { FUNCTIONS } from '../../config/switches/functions';
import { networkSchema, type NetworkSettings } from '../../config/switches/network';
import { exampleConfig, withSettings } from './example-config';
import { hubTemplate, statementsOf } from './synthesize';

const ROLES = ['Intake', 'Deliver', 'Tick', 'Enroll'] as const;
const EXISTING = { vpc: 'existing', vpcId: 'vpc-0a1b2c3d', subnetIds: ['subnet-0a1b2c3d', 'subnet-0a1b2c3e'] };
const templateWith = (network: object, regions = exampleConfig.settings.regions) =>
  hubTemplate(withSettings({ regions, network: networkSchema.parse(network) as NetworkSettings }));
const all = (template: Template, type: string) =>
  Object.entries(template.findResources(type)).map(([id, { Properties }]) => ({ id, ...Properties }));
const functionOf = (template: Template, name: string) => {
  const found = all(template, 'AWS::Lambda::Function').find(({ id }) => id.startsWith(name));
  if (!found) throw new Error(`there is no function ${name}`);
  return found;
};
const groupOf = (template: Template, name: string) => {
  const found = all(template, 'AWS::EC2::SecurityGroup').find(({ id }) => id.startsWith(`Network${name}`));
  if (!found) throw new Error(`there is no security group ${name}`);
  return found;
};
const ref = (id: string) => ({ 'Fn::GetAtt': [id, 'GroupId'] });
const counts = (template: Template) =>
  Object.fromEntries(
    ['VPC', 'Subnet', 'NatGateway', 'EIP', 'VPCEndpoint', 'InternetGateway'].map((type) => [
      type,
      all(template, `AWS::EC2::${type}`).length,
    ]),
  );

test('without a word no function is in a VPC, nothing of EC2 is made, and no role may touch network interfaces', () => {
  const template = hubTemplate();
  expect(Object.values(template.toJSON().Resources as { Type: string }[]).filter(({ Type }) => Type.startsWith('AWS::EC2'))).toEqual([]);
  for (const name of ROLES) {
    expect(functionOf(template, name).VpcConfig).toBeUndefined();
    expect(JSON.stringify(statementsOf(template, name))).not.toContain('ec2:');
  }
});

describe('an own VPC', () => {
  test.each([
    [{}, { Subnet: 4, NatGateway: 1, EIP: 1 }],
    [{ zones: 3 }, { Subnet: 6, NatGateway: 1, EIP: 1 }],
    [
      { zones: 3, egress: 'nat-per-zone' },
      { Subnet: 6, NatGateway: 3, EIP: 3 },
    ],
    [
      { availabilityZones: ['ap-northeast-1a', 'ap-northeast-1d'], egress: 'nat-per-zone' },
      { Subnet: 4, NatGateway: 2, EIP: 2 },
    ],
    [
      { egress: 'transit-gateway', transitGatewayId: 'tgw-0a1b2c3d' },
      { Subnet: 2, NatGateway: 0, EIP: 0, InternetGateway: 0 },
    ],
  ])('%j has these parts, and always the gateway endpoint of DynamoDB', (network, parts) => {
    const template = templateWith({ vpc: 'own', ...network });
    expect(counts(template)).toMatchObject({ VPC: 1, VPCEndpoint: 1, ...parts });
    expect(all(template, 'AWS::EC2::VPCEndpoint')).toMatchObject([{ VpcEndpointType: 'Gateway' }]);
  });

  test('puts every function into its private subnets, which lead out by the gateway, and each waits for its way out', () => {
    const template = templateWith({ vpc: 'own' });
    const routes = all(template, 'AWS::EC2::Route').filter(({ NatGatewayId }) => NatGatewayId);
    expect(routes.map(({ DestinationCidrBlock }) => DestinationCidrBlock)).toEqual(['0.0.0.0/0', '0.0.0.0/0']);
    const tables = routes.map(({ RouteTableId }) => RouteTableId.Ref);
    const associations = all(template, 'AWS::EC2::SubnetRouteTableAssociation');
    const subnets = associations.filter(({ RouteTableId }) => tables.includes(RouteTableId.Ref)).map(({ SubnetId }) => SubnetId);
    const lambdas = template.findResources('AWS::Lambda::Function');
    for (const name of ROLES) {
      const { id, VpcConfig } = functionOf(template, name);
      expect(VpcConfig.SubnetIds).toEqual(subnets);
      expect(lambdas[id]?.DependsOn).toEqual(expect.arrayContaining(routes.map((route) => route.id)));
    }
  });

  test('behind a transit gateway sends all that leaves to it, once it is attached', () => {
    const template = templateWith({ vpc: 'own', egress: 'transit-gateway', transitGatewayId: 'tgw-0a1b2c3d' });
    const [attachment] = all(template, 'AWS::EC2::TransitGatewayAttachment');
    expect(attachment.TransitGatewayId).toBe('tgw-0a1b2c3d');
    const routes = Object.values(template.findResources('AWS::EC2::Route'));
    expect(routes.map(({ Properties, DependsOn }) => [Properties.TransitGatewayId, Properties.DestinationCidrBlock, DependsOn])).toEqual(
      [1, 2].map(() => ['tgw-0a1b2c3d', '0.0.0.0/0', [attachment.id]]),
    );
  });

  test('gives no subnet public addresses, nothing of its default security group, and keeps what was refused', () => {
    const template = templateWith({ vpc: 'own' });
    for (const { MapPublicIpOnLaunch } of all(template, 'AWS::EC2::Subnet')) expect(MapPublicIpOnLaunch).toBe(false);
    template.resourceCountIs('Custom::VpcRestrictDefaultSG', 1);
    template.hasResourceProperties('AWS::EC2::FlowLog', { TrafficType: 'REJECT', ResourceType: 'VPC' });
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 90 });
  });

  test('is named in the outputs, by which the doctor finds it', () => {
    const template = templateWith({ vpc: 'own' });
    const [vpc] = Object.keys(template.findResources('AWS::EC2::VPC'));
    expect(template.toJSON().Outputs).toMatchObject({
      NetworkVpc: { Value: { Ref: vpc } },
      NetworkSubnets: { Value: { 'Fn::Join': ['', [{ Ref: expect.any(String) }, ',', { Ref: expect.any(String) }]] } },
    });
  });

  test('asks nobody for its zones at synth', () => {
    const zones = all(templateWith({ vpc: 'own' }), 'AWS::EC2::Subnet').map(({ AvailabilityZone }) => AvailabilityZone);
    expect(new Set(zones.map((zone) => JSON.stringify(zone)))).toEqual(
      new Set([0, 1].map((index) => JSON.stringify({ 'Fn::Select': [index, { 'Fn::GetAZs': '' }] }))),
    );
  });
});

test('an endpoint serves this account alone', () => {
  const endpoints = ['sqs', 'secretsmanager', 'securityhub', 'bedrock-runtime'];
  const made = all(templateWith({ vpc: 'own', endpoints }), 'AWS::EC2::VPCEndpoint');
  expect(made).toHaveLength(1 + endpoints.length);
  const condition = { StringEquals: { 'aws:PrincipalAccount': exampleConfig.settings.organization.securityAccount } };
  for (const { PolicyDocument } of made)
    expect(PolicyDocument.Statement).toEqual([
      expect.objectContaining({ Effect: 'Allow', Principal: expect.anything(), Condition: condition }),
    ]);
});

describe('security groups', () => {
  const endpoints = ['sqs', 'secretsmanager', 'securityhub', 'bedrock-runtime'];
  const template = templateWith({ vpc: 'own', endpoints, dynamodbPrefixList: 'pl-0a1b2c3d' });

  test('let nothing in but what the functions ask of the endpoints, on 443', () => {
    const ingress = all(template, 'AWS::EC2::SecurityGroupIngress');
    const groups = ['Outside', 'Inside'].map((name) => ref(groupOf(template, name).id));
    expect(ingress.map(({ GroupId }) => GroupId)).toEqual(ingress.map(() => ref(groupOf(template, 'Endpoints').id)));
    expect(ingress.map(({ SourceSecurityGroupId }) => SourceSecurityGroupId)).toEqual(expect.arrayContaining(groups));
    for (const { FromPort, ToPort, IpProtocol } of ingress) expect([FromPort, ToPort, IpProtocol]).toEqual([443, 443, 'tcp']);
    for (const { SecurityGroupIngress } of all(template, 'AWS::EC2::SecurityGroup')) expect(SecurityGroupIngress).toBeUndefined();
  });

  test('let out 443 and nothing else', () => {
    const inline = all(template, 'AWS::EC2::SecurityGroup').flatMap(({ SecurityGroupEgress }) => SecurityGroupEgress ?? []);
    const egress = [...inline, ...all(template, 'AWS::EC2::SecurityGroupEgress')].filter(({ CidrIp }) => CidrIp !== '255.255.255.255/32');
    expect(egress.length).toBeGreaterThanOrEqual(3);
    for (const { FromPort, ToPort, IpProtocol } of egress) expect([FromPort, ToPort, IpProtocol]).toEqual([443, 443, 'tcp']);
  });

  test('are made with a rule of what leaves, as EC2 would let everything out of one without', () => {
    const groups = [template, templateWith({ vpc: 'own' }), templateWith(EXISTING)].flatMap((each) => all(each, 'AWS::EC2::SecurityGroup'));
    expect(groups.length).toBeGreaterThanOrEqual(5);
    for (const { SecurityGroupEgress } of groups) expect(SecurityGroupEgress).toHaveLength(1);
    expect(groupOf(template, 'Inside').SecurityGroupEgress).toEqual([expect.objectContaining({ DestinationPrefixListId: 'pl-0a1b2c3d' })]);
  });

  test('let whom endpoints answer reach these and DynamoDB alone; who calls Slack or Organizations goes out', () => {
    const groups = Object.fromEntries(ROLES.map((name) => [name, functionOf(template, name).VpcConfig.SecurityGroupIds]));
    const [outside, inside] = ['Outside', 'Inside'].map((name) => [ref(groupOf(template, name).id)]);
    expect(groups).toEqual({ Intake: outside, Deliver: outside, Tick: inside, Enroll: outside });
    const { id } = groupOf(template, 'Inside');
    const leaves = all(template, 'AWS::EC2::SecurityGroupEgress').filter(
      ({ GroupId }) => JSON.stringify(GroupId) === JSON.stringify(ref(id)),
    );
    expect(
      leaves.map(({ DestinationPrefixListId, DestinationSecurityGroupId }) => DestinationPrefixListId ?? DestinationSecurityGroupId),
    ).toEqual(expect.arrayContaining([ref(groupOf(template, 'Endpoints').id)]));
    expect(JSON.stringify([leaves, groupOf(template, 'Inside')])).toContain('pl-0a1b2c3d');
    expect(JSON.stringify([leaves, groupOf(template, 'Inside')])).not.toContain('0.0.0.0/0');
  });

  test('let nobody but Slack’s and the linked Regions’ callers out in us-east-1, which has an endpoint of Organizations', () => {
    const virginia = { ...exampleConfig.settings.regions, home: 'us-east-1', linked: [] };
    const other = templateWith({ vpc: 'own', endpoints: [...ENDPOINTS], dynamodbPrefixList: 'pl-0a1b2c3d' }, virginia);
    const outside = ROLES.filter((name) => JSON.stringify(functionOf(other, name).VpcConfig).includes(groupOf(other, 'Outside').id));
    expect(outside).toEqual(['Deliver']);
  });
});

describe('an existing VPC', () => {
  test('is used by its ids, and nothing is made in it but a security group that lets 443 out', () => {
    const template = templateWith(EXISTING);
    expect(Object.values(counts(template)).every((count) => count === 0)).toBe(true);
    const [group, ...others] = all(template, 'AWS::EC2::SecurityGroup');
    expect(others).toEqual([]);
    expect(group).toMatchObject({ VpcId: 'vpc-0a1b2c3d', SecurityGroupEgress: [{ CidrIp: '0.0.0.0/0', FromPort: 443, ToPort: 443 }] });
    for (const name of ROLES)
      expect(functionOf(template, name).VpcConfig).toEqual({ SubnetIds: EXISTING.subnetIds, SecurityGroupIds: [ref(group.id)] });
  });

  test('with security groups of its own has nothing made at all', () => {
    const template = templateWith({ ...EXISTING, securityGroupIds: ['sg-0a1b2c3d'] });
    template.resourceCountIs('AWS::EC2::SecurityGroup', 0);
    expect(functionOf(template, 'Deliver').VpcConfig.SecurityGroupIds).toEqual(['sg-0a1b2c3d']);
  });
});

test('a role lets Lambda make network interfaces, and its code none', () => {
  const template = templateWith(EXISTING);
  for (const name of ROLES) {
    const [allow, deny, ...others] = statementsOf(template, name).filter(({ Action }) => JSON.stringify(Action).includes('ec2:'));
    expect(others).toEqual([]);
    expect(allow).toMatchObject({ Effect: 'Allow', Resource: '*' });
    expect(deny).toMatchObject({ Effect: 'Deny', Resource: '*', Condition: { Null: { 'lambda:SourceFunctionArn': 'false' } } });
    expect(deny?.Action).toEqual(expect.arrayContaining([allow?.Action].flat()));
  }
});

describe('the table of calls', () => {
  const NAMES: Record<Called, string> = {
    dynamodb: 'DynamoDB',
    sqs: 'SQS',
    secretsmanager: 'Secrets Manager',
    securityhub: 'Security Hub',
    'bedrock-runtime': 'Bedrock',
    organizations: 'Organizations',
    slack: 'Slack',
  };

  test.each(FUNCTIONS)('is told in docs/deploy.md as it is, of %s', (name) => {
    const row = readFileSync('docs/deploy.md', 'utf8')
      .split('\n')
      .find((line) => line.startsWith(`| \`${name}\` |`));
    const [, , calls = '', inside = '', outside = ''] = row?.split('|') ?? [];
    const named = (text: string) =>
      Object.entries(NAMES)
        .flatMap(([called, words]) => (text.includes(words) ? called : []))
        .sort();
    expect(named(calls)).toEqual([...CALLS[name]].sort());
    const byEndpoint = CALLS[name].filter((called) => WAYS[called] !== 'outside');
    expect(byEndpoint.filter((called) => !inside.includes(called === 'dynamodb' ? 'DynamoDB always' : `\`${called}\``))).toEqual([]);
    expect(outside.includes('Slack')).toBe((CALLS[name] as string[]).includes('slack'));
  });

  const calling = { home: 'ap-northeast-1', linked: ['us-east-1'], model: true, enrolls: true };

  test('names a way for every call, and Slack has none but out', () => {
    for (const name of FUNCTIONS) for (const called of CALLS[name]) expect(WAYS[called]).toBeDefined();
    expect(callsWithoutEndpoint('deliver', [...ENDPOINTS], calling)).toEqual(['slack']);
  });

  test('knows that an endpoint answers for its own Region, and that a model switched off is not called', () => {
    expect(callsWithoutEndpoint('enroll', [...ENDPOINTS], calling)).toEqual(['securityhub of us-east-1']);
    expect(callsWithoutEndpoint('deliver', [], { ...calling, model: false })).toEqual(['sqs', 'secretsmanager', 'securityhub', 'slack']);
  });
});
