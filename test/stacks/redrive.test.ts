/** What `npm run redrive` needs of the deployed stack: queues named, each way possible, rights enough. */
import type { Template } from 'aws-cdk-lib/assertions';
import { placesOf, QUEUES, type QueueName } from '../../cli/redrive/places';
import { redrivePolicy } from '../../cli/redrive/policy';
import { HUB_STACK } from '../../config/stack-name';
import { exampleConfig, withSettings } from './example-config';
import { hubTemplate, listOf, type Statement } from './synthesize';

let template: Template;
beforeAll(() => {
  template = hubTemplate();
});

const outputs = (from = template) =>
  Object.entries(from.findOutputs('*')).map(([OutputKey, { Value }]) => ({ OutputKey, OutputValue: Value.Ref as string }));
const places = (from = template) => placesOf(outputs(from));
const place = (name: QueueName) => {
  const found = places().find(({ queue }) => queue === name);
  if (!found) throw new Error(`no place ${name}`);
  return found;
};
const queues = () => template.findResources('AWS::SQS::Queue');
const redriveOf = (id: string) => queues()[id]?.Properties.RedrivePolicy?.deadLetterTargetArn['Fn::GetAtt'][0];

test('the outputs name every dead-letter queue and what takes its messages back', () => {
  expect(places().map(({ queue }) => queue)).toEqual([...QUEUES]);
  expect(places().map(({ url }) => url)).toEqual(Object.keys(queues()).filter((id) => id.includes('DeadLetters')));
});

test('without enroll there is no place for it', () => {
  const central = hubTemplate(withSettings({ enablement: { ...exampleConfig.settings.enablement, mode: 'none' } }));
  expect(places(central).map(({ queue }) => queue)).toEqual(['findings', 'deliveries', 'rules', 'tick']);
});

test('SQS is asked to move only what it moves: from the dead letters of a queue, to that queue, FIFO to FIFO', () => {
  const moved = places().filter(({ way }) => way === 'move');
  expect(moved.map(({ queue }) => queue)).toEqual(['findings', 'deliveries', 'tick']);
  for (const { url, to } of moved) {
    expect(redriveOf(to)).toBe(url);
    expect(queues()[to]?.Properties.FifoQueue).toBe(queues()[url]?.Properties.FifoQueue);
  }
});

test('what SQS refuses to move has another way: the rules’ to where the rules send, enroll’s to its function', () => {
  const sources = Object.keys(queues()).map(redriveOf);
  for (const name of ['rules', 'enroll'] as const) expect(sources).not.toContain(place(name).url);
  const targets = Object.values(template.findResources('AWS::Events::Rule')).flatMap(({ Properties }) => Properties.Targets);
  const ofRules = targets.filter(({ DeadLetterConfig }) => DeadLetterConfig?.Arn['Fn::GetAtt'][0] === place('rules').url);
  expect(new Set(ofRules.map(({ Arn }) => Arn['Fn::GetAtt'][0]))).toEqual(new Set([place('rules').to]));
  const ofEnroll = targets.filter(({ DeadLetterConfig }) => DeadLetterConfig?.Arn['Fn::GetAtt'][0] === place('enroll').url);
  expect(new Set(ofEnroll.map(({ Arn }) => Arn.Ref))).toEqual(new Set([place('enroll').to]));
});

/** Whether the policy of --policy allows the action on what CloudFormation makes of a logical id. */
function allows(action: string, service: string, id: string): boolean {
  const arn = `arn:aws:${service}:ap-northeast-1:222222222222:${service === 'lambda' ? 'function:' : ''}${HUB_STACK}-${id}-AB12CD34EF56`;
  const matches = (pattern: string) =>
    new RegExp(
      `^${pattern
        .split('*')
        .map((part) => part.replace(/[.+]/g, '\\$&'))
        .join('.*')}$`,
    ).test(arn);
  return redrivePolicy(exampleConfig).Statement.some(({ Action, Resource }) => Action.includes(action) && listOf(Resource).some(matches));
}

test('the printed policy covers these queues and nothing beyond them', () => {
  for (const { way, url, to } of places()) {
    const taking = way === 'move' ? ['StartMessageMoveTask', 'ListMessageMoveTasks', 'CancelMessageMoveTask'] : [];
    for (const action of [...taking, 'ReceiveMessage', 'DeleteMessage', 'ChangeMessageVisibility', 'GetQueueAttributes'])
      expect([action, allows(`sqs:${action}`, 'sqs', url)]).toEqual([action, true]);
    if (way === 'run') expect(allows('lambda:InvokeFunction', 'lambda', to)).toBe(true);
    else for (const action of ['SendMessage', 'GetQueueAttributes']) expect(allows(`sqs:${action}`, 'sqs', to)).toBe(true);
  }
  for (const { way, to } of places()) if (way !== 'run') expect(allows('sqs:DeleteMessage', 'sqs', to)).toBe(false);
  for (const name of ['Intake', 'Deliver', 'TickRun']) expect(allows('lambda:InvokeFunction', 'lambda', `${name}12345678`)).toBe(false);
});

test('no queue’s own policy, key or redrive permission stands in the operator’s way', () => {
  for (const [, { Properties }] of Object.entries(template.findResources('AWS::SQS::QueuePolicy'))) {
    const denied = (Properties.PolicyDocument.Statement as Statement[]).filter(({ Effect }) => Effect === 'Deny');
    for (const { Condition } of denied) expect(Condition).toEqual({ Bool: { 'aws:SecureTransport': 'false' } });
  }
  for (const { Properties } of Object.values(queues())) {
    expect(Properties).not.toHaveProperty('KmsMasterKeyId');
    expect(Properties).not.toHaveProperty('RedriveAllowPolicy');
  }
});
