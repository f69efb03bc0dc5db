/**
 * What each function calls, and how a network lets it: by an endpoint in the network, or by a way out of it. A call that is
 * not here fails the tests that run the functions.
 */
import type { FunctionName } from './functions';

/**
 * `gateway`: a gateway endpoint, which costs nothing and is always made. `interface`: an interface endpoint, which is chosen.
 * `us-east-1`: an interface endpoint in that Region alone (https://docs.aws.amazon.com/organizations/latest/userguide/security-create-vpc-endpoint.html).
 * `outside`: there is none anywhere.
 * Lambda itself polls the queues, writes the logs and keeps failed runs: none of that passes the network.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 */
export const WAYS = {
  dynamodb: 'gateway',
  sqs: 'interface',
  secretsmanager: 'interface',
  securityhub: 'interface',
  'bedrock-runtime': 'interface',
  organizations: 'us-east-1',
  slack: 'outside',
} as const;
export type Called = keyof typeof WAYS;

/** By the names of the endpoints. */
export const ENDPOINTS = ['sqs', 'secretsmanager', 'securityhub', 'bedrock-runtime', 'organizations'] as const satisfies Called[];
export type Endpoint = (typeof ENDPOINTS)[number];

export const CALLS: Readonly<Record<FunctionName, readonly Called[]>> = {
  intake: ['dynamodb', 'sqs', 'organizations'],
  deliver: ['dynamodb', 'sqs', 'secretsmanager', 'securityhub', 'bedrock-runtime', 'slack'],
  tick: ['dynamodb', 'sqs'],
  enroll: ['securityhub', 'organizations'],
};

/** What of the settings decides who is called. */
export interface Calling {
  home: string;
  linked: readonly string[];
  model: boolean;
  /** Whether the enroll function is there. */
  enrolls: boolean;
}

/**
 * @param endpoints the interface endpoints of the network.
 * @returns what a function calls that no endpoint of the network answers. Security Hub of a linked Region is one of these: an
 * endpoint answers for its own Region.
 */
export function callsWithoutEndpoint(name: FunctionName, endpoints: readonly string[], calling: Calling): string[] {
  return CALLS[name].flatMap((called): string[] => {
    if (called === 'bedrock-runtime' && !calling.model) return [];
    const answered = WAYS[called] === 'gateway' || endpoints.includes(called);
    const abroad = called === 'securityhub' && name === 'enroll' ? calling.linked.map((region) => `securityhub of ${region}`) : [];
    return [...(answered ? [] : [called]), ...abroad];
  });
}

/** The functions of a deployment. */
export function functionsOf({ enrolls }: Calling): FunctionName[] {
  return ['intake', 'deliver', 'tick', ...(enrolls ? (['enroll'] as const) : [])];
}

/** Whether a Region has the endpoint. */
export function isOffered(endpoint: Endpoint, home: string): boolean {
  return WAYS[endpoint] !== 'us-east-1' || home === 'us-east-1';
}
