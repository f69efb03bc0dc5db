/** Which function calls what of AWS, on which of its resources: written down while the bundles of a deployment run on the stand-ins. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../config/schema';
import type { FaultCall } from '../../local/protocol/faults';
import { isObject, type JsonObject, text } from '../../local/protocol/wire';

/** One kind of call, whatever finding, message or account it was of. */
export interface RecordedCall {
  /** The function, by the beginning of its logical id. */
  by: string;
  /** Service and operation, as the SDK names them. */
  call: string;
  /** Where: the logical id of a queue or table without its hash; where the template does not make it, what kind it is. */
  on: string;
  /** BatchUpdateFindings alone: each field that the request sets, with its value; of a note how it begins. */
  sets?: Record<string, string>;
}

/** What recorded.slow.test.ts keeps. */
export const recordedBefore = (): RecordedCall[] => JSON.parse(readFileSync(join(__dirname, 'calls.json'), 'utf8'));

/** A logical id without the eight characters that CDK puts behind it. */
export const plain = (logicalId: string): string => logicalId.replace(/[0-9A-F]{8}(\.fifo)?$/, '');

type Place = Pick<Config['settings'], 'regions' | 'slack'>;

const ON: Record<FaultCall['service'], (call: FaultCall, place: Place) => string[]> = {
  dynamodb: ({ body }) =>
    [text(body.TableName), ...Object.keys(isObject(body.RequestItems) ? body.RequestItems : {})].filter(Boolean).map(plain),
  sqs: ({ body }) => [plain(text(body.QueueUrl).split('/').pop() ?? '')],
  organizations: ({ body }) => [organizationResource(body)],
  secretsmanager: ({ body }, { slack }) => [text(body.SecretId) === slack.tokenSecret ? 'token' : 'webhook'],
  securityhub: ({ operation, region }, { regions }) => [
    `${operation.endsWith('V2') ? 'hubv2' : 'hub'}, ${region === regions.home ? 'home' : regions.linked.includes(region) ? 'linked' : region}`,
  ],
  bedrock: ({ region }, { regions }) => [region === regions.home ? 'model' : `model, ${region}`],
  slack: () => [],
};

function organizationResource({ AccountId, ResourceId, ChildId, OrganizationalUnitId }: JsonObject): string {
  const id = text(AccountId ?? ResourceId ?? ChildId ?? OrganizationalUnitId);
  return id === '' ? '*' : id.startsWith('ou-') ? 'unit' : 'account';
}

/** Of a change of findings what is not the finding's identity; lists and maps by their keys, as AWS's condition keys name them. */
export function fieldsOf(body: JsonObject): Record<string, string> {
  const { FindingIdentifiers: _ids, MetadataUids: _uids, ...changes } = body;
  const leaves = Object.entries(changes).flatMap(([field, value]): [string, string][] => {
    if (field === 'UserDefinedFields' && isObject(value))
      return Object.entries(value).flatMap(([key, each]) => [
        [`${field}.key`, key],
        [`${field}.value`, String(each)],
      ]);
    return isObject(value) ? Object.entries(value).map(([leaf, each]) => [`${field}.${leaf}`, String(each)]) : [[field, String(value)]];
  });
  // Of a note what it is begun with is a fact about rights; which channel follows is none.
  return Object.fromEntries(
    leaves.map(([leaf, value]) => [leaf, /^(Note\.Text|Comment)/.test(leaf) ? value.replace(/: .*/s, ': …') : value]),
  );
}

/** Collects what a cloud's functions call; `plan` goes into its faults. */
export class Recorder {
  private readonly calls = new Map<string, RecordedCall>();

  /** @param place of what deployment the calls are: where is home, which secret is the token's. */
  constructor(private readonly place: Place) {}

  readonly plan = (call: FaultCall): undefined => {
    const { service, operation, functionName } = call;
    if (functionName === undefined) return;
    const changes = operation.startsWith('BatchUpdateFindings') ? { sets: fieldsOf(call.body) } : {};
    for (const on of ON[service](call, this.place)) this.add({ by: plain(functionName), call: `${service}:${operation}`, on, ...changes });
  };

  also(calls: readonly RecordedCall[]): void {
    for (const call of calls) this.add(call);
  }

  add(call: RecordedCall): void {
    this.calls.set(JSON.stringify(call), call);
  }

  /** In an order that does not depend on the run. */
  get all(): RecordedCall[] {
    return [...this.calls].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, call]) => call);
  }
}
