/** A deployed stack as AWS answers of it: its outputs, its functions' versions and aliases, its queues' depth. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StandingFunction {
  live: string;
  description: string;
  revision: number;
  weights: Record<string, number>;
  /** Number, description, when. */
  versions: [number: string, description: string, at: string][];
}

export interface StandingStack {
  name: string;
  /** undefined: there is no stack. */
  functions: Record<string, StandingFunction> | undefined;
  waiting: { findings: number; deliveries: number };
  /** Each alias that was moved: function, version, note. */
  moved: [name: string, version: string, note: string][];
  /** Of these functions an UpdateAlias is refused. */
  refused: Set<string>;
  close(): Promise<void>;
}

/** Lambda answers at most so many versions at a time. https://docs.aws.amazon.com/lambda/latest/api/API_ListVersionsByFunction.html */
const PAGE = 2;

/** Sets the endpoints of this process; by the output's name, such as Deliver, to a function `<stack>-<name>`. */
export async function openStack(name = 'SecurityHubInterpreter'): Promise<StandingStack> {
  const stack: StandingStack = {
    name,
    functions: {},
    waiting: { findings: 0, deliveries: 0 },
    moved: [],
    refused: new Set(),
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
  const server: Server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const [status, type, text] = answer(stack, request, body);
      response.writeHead(status, { 'content-type': type, ...(status >= 400 ? { 'x-amzn-errortype': 'PreconditionFailedException' } : {}) });
      response.end(text);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_CLOUDFORMATION: url,
    AWS_ENDPOINT_URL_LAMBDA: url,
    AWS_ENDPOINT_URL_SQS: url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
  return stack;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

type Answer = [status: number, type: string, text: string];
const json = (value: unknown, status = 200): Answer => [status, 'application/json', JSON.stringify(value)];

function answer(stack: StandingStack, { method, url = '/', headers }: IncomingMessage, body: string): Answer {
  if (headers['x-amz-target'] === 'AmazonSQS.GetQueueAttributes') {
    const findings = (JSON.parse(body) as { QueueUrl: string }).QueueUrl.endsWith('Findings');
    return json({ Attributes: { ApproximateNumberOfMessages: String(stack.waiting[findings ? 'findings' : 'deliveries']) } });
  }
  const [, , , functionName = '', what, alias] = new URL(url, 'http://x').pathname.split('/');
  if (what === undefined) return stackAnswer(stack, body);
  const name = functionName.replace(`${stack.name}-`, '');
  const found = stack.functions?.[name];
  if (!found) return json({ Message: 'Function not found' }, 404);
  if (what === 'versions') {
    const start = Number(new URL(url, 'http://x').searchParams.get('Marker') ?? 0);
    const all = [['$LATEST', 'the newest code', '2026-11-26T09:00:00.000+0000'], ...found.versions];
    const Versions = all.slice(start, start + PAGE).map(([Version, Description, LastModified]) => ({ Version, Description, LastModified }));
    return json({ Versions, ...(start + PAGE < all.length ? { NextMarker: String(start + PAGE) } : {}) });
  }
  if (what !== 'aliases' || alias !== 'live') return json({ Message: 'No such path' }, 404);
  if (method === 'PUT') {
    const asked = JSON.parse(body) as { FunctionVersion: string; Description: string; RevisionId?: string };
    if (stack.refused.has(name) || (asked.RevisionId !== undefined && asked.RevisionId !== String(found.revision)))
      return json({ Message: 'The RevisionId provided does not match the latest one.' }, 412);
    Object.assign(found, { live: asked.FunctionVersion, description: asked.Description, weights: {}, revision: found.revision + 1 });
    stack.moved.push([name, asked.FunctionVersion, asked.Description]);
  }
  const weights = Object.keys(found.weights).length > 0 ? { RoutingConfig: { AdditionalVersionWeights: found.weights } } : {};
  return json({ FunctionVersion: found.live, Description: found.description, RevisionId: String(found.revision), ...weights });
}

function stackAnswer({ name, functions }: StandingStack, body: string): Answer {
  if (functions === undefined || new URLSearchParams(body).get('StackName') !== name) {
    const error = `<Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id ${name} does not exist</Message>`;
    return [400, 'text/xml', `<ErrorResponse><Error>${error}</Error></ErrorResponse>`];
  }
  const outputs = [
    ...Object.keys(functions).map((each) => [
      `${each}Function`,
      `arn:aws:lambda:ap-northeast-1:222222222222:function:${name}-${each}:live`,
    ]),
    ...['Findings', 'Deliveries'].map((queue) => [`${queue}Queue`, `https://sqs.ap-northeast-1.amazonaws.com/222222222222/${queue}`]),
  ].map(([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`);
  const described = `<member><StackName>${name}</StackName><Outputs>${outputs.join('')}</Outputs></member>`;
  return [
    200,
    'text/xml',
    `<DescribeStacksResponse><DescribeStacksResult><Stacks>${described}</Stacks></DescribeStacksResult></DescribeStacksResponse>`,
  ];
}
