/** The client of services that are asked one question each: what it sends, signed for whom and where to, and what it makes of answers. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { QueryClient } from '../../../cli/doctor/reads/query';
import { xmlOf } from '../../../cli/doctor/reads/xml';

const SNS = { name: 'SNS', host: 'sns', version: '2010-03-31' } as const;
const CLOUDWATCH = { name: 'CLOUDWATCH', host: 'monitoring', version: '2010-08-01' } as const;
const ANSWER = '<XResponse xmlns="https://example.com/"><XResult><Topics/><NextToken>a&amp;b</NextToken></XResult></XResponse>';
const refusal = (code: string) =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>why</Message></Error></ErrorResponse>`;

let answers: [status: number, body: string][];
let requests: { url?: string; authorization?: string; token?: string; body: string }[];
const server = http.createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    const { authorization, 'x-amz-security-token': token } = request.headers;
    requests.push({ url: request.url, authorization, token: token as string | undefined, body });
    const [status, text] = answers.shift() ?? [200, ANSWER];
    response.writeHead(status, { 'content-type': 'text/xml' }).end(text);
  });
});
const before = { ...process.env };
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(async () => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  answers = [];
  requests = [];
  const there = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  Object.assign(process.env, {
    ...{ AWS_ACCESS_KEY_ID: 'AKIDTEST', AWS_SECRET_ACCESS_KEY: 'test', AWS_SESSION_TOKEN: 'session' },
    ...{ AWS_ENDPOINT_URL_SNS: there, AWS_ENDPOINT_URL_CLOUDWATCH: `${there}/below` },
  });
});
const send = (service: typeof SNS | typeof CLOUDWATCH = SNS, signal = new AbortController().signal) =>
  new QueryClient(service, 'eu-west-1').send('X', { TopicArn: 'arn:1 2', NextToken: undefined }, signal);

test('a request names operation, version and fields, and is signed for the service and its Region with the operator’s credentials', async () => {
  expect(await send()).toEqual({ Topics: '', NextToken: 'a&b' });
  await send(CLOUDWATCH);
  expect(requests).toMatchObject([
    { url: '/', body: 'Action=X&Version=2010-03-31&TopicArn=arn%3A1+2', token: 'session' },
    { url: '/below/', body: 'Action=X&Version=2010-08-01&TopicArn=arn%3A1+2' },
  ]);
  expect(requests.map(({ authorization }) => /Credential=(\S+?),/.exec(authorization ?? '')?.[1])).toEqual([
    expect.stringMatching(/^AKIDTEST\/\d{8}\/eu-west-1\/sns\/aws4_request$/),
    expect.stringMatching(/^AKIDTEST\/\d{8}\/eu-west-1\/monitoring\/aws4_request$/),
  ]);
});

test.each([
  ['eu-west-1', 'sns.eu-west-1.amazonaws.com', 'monitoring.eu-west-1.amazonaws.com'],
  ['us-east-1', 'sns.us-east-1.amazonaws.com', 'monitoring.us-east-1.amazonaws.com'],
  ['us-gov-west-1', 'sns.us-gov-west-1.amazonaws.com', 'monitoring.us-gov-west-1.amazonaws.com'],
  ['cn-north-1', 'sns.cn-north-1.amazonaws.com.cn', 'monitoring.cn-north-1.amazonaws.com.cn'],
])('in %s it calls %s and %s', (region, sns, cloudwatch) => {
  delete process.env.AWS_ENDPOINT_URL_SNS;
  delete process.env.AWS_ENDPOINT_URL_CLOUDWATCH;
  expect(new QueryClient(SNS, region).address().href).toBe(`https://${sns}/`);
  expect(new QueryClient(CLOUDWATCH, region).address().href).toBe(`https://${cloudwatch}/`);
});

test('what is throttled or fails on the service’s side is asked again, five times at most', async () => {
  answers = [
    [400, refusal('Throttling')],
    [503, ''],
  ];
  expect(await send()).toHaveProperty('NextToken');
  expect(requests).toHaveLength(3);
  answers = Array.from({ length: 9 }, () => [500, refusal('InternalError')]);
  await expect(send()).rejects.toMatchObject({ name: 'InternalError', message: 'why' });
  expect(requests).toHaveLength(8);
}, 20_000);

test('a refusal is an error with the service’s own code, and not asked again', async () => {
  answers = [[403, refusal('AuthorizationError')]];
  await expect(send()).rejects.toMatchObject({ name: 'AuthorizationError', message: 'why', $metadata: { httpStatusCode: 403 } });
  expect(requests).toHaveLength(1);
});

test('whoever stops waits for no further try', async () => {
  answers = Array.from({ length: 9 }, () => [500, '']);
  const stop = new AbortController();
  const asked = send(SNS, stop.signal);
  setTimeout(() => stop.abort(), 50);
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
});

test('XML: lists, empty elements, entities, declarations and comments', () => {
  const source = `<?xml version="1.0"?><!-- no --><A x="1"><L><member><N>1</N></member><member><N>2</N></member></L>
    <E/><T>&lt;a&gt; &quot;b&quot; &apos;c&apos; &#10;&#x41; &amp;lt; &nbsp;</T></A>`;
  expect(xmlOf(source)).toEqual({ A: { L: [{ N: '1' }, { N: '2' }], E: '', T: '<a> "b" \'c\' \nA &lt; &nbsp;' } });
  expect(xmlOf('not XML')).toEqual({});
});
