/** The shim for what moto cannot make of a template: the names of FIFO queues, and references to aliases (aliases.ts). */
import { refToFunctions } from './aliases';
import { isObject, type JsonObject, jsonObject } from '../../local/protocol/wire';
import type { DoorReply, DoorRequest, Forward, Shim } from './door';

const TAKES_TEMPLATE = new Set(['CreateChangeSet', 'CreateStack', 'UpdateStack']);

/**
 * CloudFormation makes the name of a queue from the stack's, the logical id and random characters, and ends it with .fifo
 * where FifoQueue is true; moto forgets the end. GetTemplate then answers the template as it was given, as CloudFormation does,
 * so a second deployment compares what was deployed.
 */
export function mendedTemplates(): Shim {
  const given = new Map<string, string>();
  return (request, forward) => {
    if (request.service !== 'cloudformation') return undefined;
    const form = new URLSearchParams(request.body.toString());
    const stack = form.get('StackName')?.split('/')[1] ?? form.get('StackName') ?? '';
    if (request.operation === 'GetTemplate') return given.has(stack) ? original(given.get(stack) ?? '') : undefined;
    return TAKES_TEMPLATE.has(request.operation) ? named(stack, form, request, forward) : undefined;
  };

  async function named(stack: string, form: URLSearchParams, request: DoorRequest, forward: Forward): Promise<DoorReply> {
    const body = form.get('TemplateBody') ?? (await uploaded(form.get('TemplateURL') ?? '', request, forward));
    const template = jsonObject(body);
    if (!template || ![nameQueues(template, stack), refToFunctions(template)].includes(true)) return forward(request);
    given.set(stack, body);
    form.delete('TemplateURL');
    form.set('TemplateBody', JSON.stringify(template));
    return forward({ ...request, body: Buffer.from(form.toString()) });
  }
}

/** Whether there was a queue to name. Names are up to 80 characters long. */
function nameQueues(template: JsonObject, stack: string): boolean {
  const queues = Object.entries(isObject(template.Resources) ? template.Resources : {}).flatMap(([id, resource]) =>
    isObject(resource) && resource.Type === 'AWS::SQS::Queue' && isObject(resource.Properties) && resource.Properties.FifoQueue === true
      ? [{ id, properties: resource.Properties }]
      : [],
  );
  for (const { id, properties } of queues) properties.QueueName ??= `${`${stack}-${id}`.slice(0, 75)}.fifo`;
  return queues.length > 0;
}

/** The template that the cdk command put into the bootstrap's bucket. */
async function uploaded(url: string, request: DoorRequest, forward: Forward): Promise<string> {
  const { hostname, pathname } = new URL(url);
  const bucket = /^(.+?)\.s3[.-]/.exec(hostname)?.[1];
  const { status, body } = await forward({
    ...request,
    service: 's3',
    operation: '',
    method: 'GET',
    path: bucket ? `/${bucket}${pathname}` : pathname,
    headers: { host: request.headers.host, authorization: request.headers.authorization?.replace('/cloudformation/', '/s3/') },
    body: Buffer.alloc(0),
  });
  if (status !== 200) throw new Error(`The template at ${url} cannot be read: S3 answered ${status} ${String(body).slice(0, 300)}`);
  return String(body);
}

function original(template: string): DoorReply {
  const escaped = template.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign);
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body: `<GetTemplateResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><GetTemplateResult><TemplateBody>${escaped}</TemplateBody><StagesAvailable><member>Original</member></StagesAvailable></GetTemplateResult></GetTemplateResponse>`,
  };
}
