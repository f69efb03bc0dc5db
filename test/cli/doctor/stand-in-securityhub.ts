/** Security Hub as the delegated administrator reads it, Region by Region. */
import type { JsonObject } from '../../../local/protocol/wire';
import { objects, text } from '../../../local/protocol/wire';
import { type Answer, type Asked, json, pageOf, Refusal, type StandIn } from './protocol';
import { HOME, type LocalFinding, type LocalHub, NOW, SECURITY, type World } from './world';

const ROUTES: [RegExp, string][] = [
  [/^GET \/accounts$/, 'DescribeHub'],
  [/^GET \/organization\/configuration$/, 'DescribeOrganizationConfiguration'],
  [/^GET \/findingAggregator\/list$/, 'ListFindingAggregators'],
  [/^GET \/findingAggregator\/get\//, 'GetFindingAggregator'],
  [/^GET \/members$/, 'ListMembers'],
  [/^GET \/administrator$/, 'GetAdministratorAccount'],
  [/^GET \/products$/, 'DescribeProducts'],
  [/^GET \/productSubscriptions$/, 'ListEnabledProductsForImport'],
  [/^POST \/configurationPolicyAssociation\/list$/, 'ListConfigurationPolicyAssociations'],
  [/^POST \/findings$/, 'GetFindings'],
];
const ARN = `arn:aws:securityhub:${HOME}:${SECURITY}:finding-aggregator/123e4567-e89b-12d3-a456-426652340000`;

export const securityhub: StandIn = {
  prefix: 'securityhub',
  read({ method, url, body }) {
    const operation = ROUTES.find(([route]) => route.test(`${method} ${url.pathname}`))?.[1];
    if (!operation) throw new Error(`The stand-in has no ${method} ${url.pathname}`);
    return { operation, input: { ...Object.fromEntries(url.searchParams), ...(JSON.parse(body || '{}') as JsonObject) } };
  },
  refuse: ({ code, message, status }) => ({
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
    body: JSON.stringify({ Message: message, Code: code }),
  }),
  answer(world, asked): Answer {
    const hub = world.hubs.get(asked.region);
    if (!hub?.enabled) throw new Refusal('UnrecognizedClientException', 'The security token included in the request is invalid.', 403);
    if (!hub.on) throw new Refusal('InvalidAccessException', `Account ${SECURITY} is not subscribed to AWS Security Hub`, 401);
    return json(operation(world, hub, asked));
  },
};

function operation(world: World, hub: LocalHub, { operation: name, region, input }: Asked): JsonObject {
  switch (name) {
    case 'DescribeHub':
      return { HubArn: `arn:aws:securityhub:${region}:${SECURITY}:hub/default`, ControlFindingGenerator: hub.generator };
    case 'DescribeOrganizationConfiguration':
      if (!hub.delegated)
        throw new Refusal('InvalidAccessException', `Account ${SECURITY} is not an administrator for this organization`, 401);
      return {
        AutoEnable: hub.autoEnable,
        AutoEnableStandards: hub.standards,
        OrganizationConfiguration: { ConfigurationType: hub.type, Status: hub.status, StatusMessage: hub.statusMessage },
      };
    case 'ListFindingAggregators':
      return { FindingAggregators: world.aggregator ? [{ FindingAggregatorArn: ARN }] : [] };
    case 'GetFindingAggregator':
      return {
        FindingAggregatorArn: ARN,
        FindingAggregationRegion: world.aggregator?.home,
        RegionLinkingMode: world.aggregator?.mode,
        Regions: world.aggregator?.regions,
      };
    case 'GetAdministratorAccount':
      return hub.administrator ? { Administrator: { AccountId: hub.administrator, MemberStatus: 'Enabled' } } : {};
    case 'DescribeProducts':
      return products(world, region, input);
    case 'ListEnabledProductsForImport':
      return { ProductSubscriptions: world.subscriptions.map((end) => `arn:aws:securityhub:${region}:${SECURITY}:${end}`) };
    case 'ListMembers':
      return members(hub, input);
    case 'ListConfigurationPolicyAssociations':
      return associations(world, input);
    default:
      return findings(world, input);
  }
}

/** Few on a page, so that a second page is always asked for. AWS's own carry no account. */
function products(world: World, region: string, input: JsonObject): JsonObject {
  const { entries, next } = pageOf(world.products, input.NextToken, 3);
  const account = (end: string) => (end.startsWith('product/aws/') ? '' : '123456789012');
  return {
    Products: entries.map((end) => ({ ProductArn: `arn:aws:securityhub:${region}:${account(end)}:${end}` })),
    ...(next ? { NextToken: next } : {}),
  };
}

function members(hub: LocalHub, input: JsonObject): JsonObject {
  const { entries, next } = pageOf([...hub.members], input.NextToken, 50);
  return {
    Members: entries.map(([AccountId, { status, updatedAt }]) => ({
      AccountId,
      MemberStatus: status,
      UpdatedAt: new Date(updatedAt).toISOString(),
    })),
    ...(next ? { NextToken: next } : {}),
  };
}

function associations(world: World, input: JsonObject): JsonObject {
  const { entries, next } = pageOf(world.associations, input.NextToken, 100);
  return {
    ConfigurationPolicyAssociationSummaries: entries.map(({ target, type, policy, status, message, own }) => ({
      AssociationType: own ? 'APPLIED' : 'INHERITED',
      TargetId: target,
      TargetType: type,
      ConfigurationPolicyId: policy,
      AssociationStatus: status,
      AssociationStatusMessage: message,
    })),
    ...(next ? { NextToken: next } : {}),
  };
}

/** The filters in use; those of one attribute are alternatives. */
function findings(world: World, input: JsonObject): JsonObject {
  const filters = input.Filters as Record<string, unknown>;
  const values = (name: string) => objects(filters[name]).map(({ Value }) => text(Value));
  const accounts = new Set(values('AwsAccountId'));
  if (accounts.size > 20) throw new Refusal('InvalidInputException', 'Filters.AwsAccountId has more than 20 values');
  const [region] = values('Region');
  const [control] = values('ComplianceSecurityControlId');
  const severities = values('SeverityLabel');
  const [workflow] = values('WorkflowStatus');
  const { DateRange, Start, End } = (objects(filters.UpdatedAt)[0] ?? {}) as {
    DateRange?: { Value: number };
    Start?: string;
    End?: string;
  };
  const since = DateRange ? NOW - DateRange.Value * 24 * 60 * 60_000 : Date.parse(Start ?? new Date(0).toISOString());
  const until = End ? Date.parse(End) : Number.POSITIVE_INFINITY;
  const holds = (finding: LocalFinding) =>
    (region === undefined || finding.region === region) &&
    (severities.length === 0 || severities.includes(finding.severity ?? '')) &&
    (workflow === undefined || workflow === ((finding.whole?.Workflow as { Status?: string } | undefined)?.Status ?? 'NEW')) &&
    (control === undefined || finding.control === control) &&
    (accounts.size === 0 || accounts.has(finding.account)) &&
    finding.updatedAt >= since &&
    finding.updatedAt <= until;
  const { entries, next } = pageOf(world.findings.filter(holds), input.NextToken, Number(input.MaxResults ?? 100));
  return {
    Findings: entries.map(({ account, compliance, updatedAt, region: from, whole }) => ({
      ...whole,
      AwsAccountId: account,
      Region: from,
      UpdatedAt: new Date(updatedAt).toISOString(),
      Compliance: { Status: compliance },
    })),
    ...(next ? { NextToken: next } : {}),
  };
}
