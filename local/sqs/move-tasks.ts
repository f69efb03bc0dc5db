/**
 * StartMessageMoveTask, ListMessageMoveTasks and CancelMessageMoveTask over the queues of the stand-in.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/troubleshooting-dlq-redrive.html
 */
import type { Queue } from './queue';
import type { Message } from './message';
import { type JsonObject, ServiceError, text } from '../protocol/wire';

interface Task {
  handle: string;
  source: Queue;
  destination?: Queue;
  /** Messages a second. */
  rate: number;
  status: 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';
  startedAt: number;
  toMove: number;
  moved: number;
  failure?: string;
}

/** The most, and what is assumed where nobody asks for less: AWS then finds a rate by itself. */
const MAX_RATE = 500;
const LISTED = 10;

const invalid = (message: string) => new ServiceError('InvalidParameterValue', message);
const missing = () => new ServiceError('com.amazonaws.sqs#ResourceNotFoundException', "One or more specified resources don't exist.");

/** A task moves what its rate allows by the clock; it is looked at when somebody asks. `queues` by name. */
export function moveTasks(queues: ReadonlyMap<string, Queue>, now: () => number) {
  const tasks: Task[] = [];
  const byArn = (arn: string) => [...queues.values()].find(({ definition }) => definition.arn === arn);
  const advanced = (source: Queue) => {
    for (const task of tasks) if (task.source === source) advance(task, byArn, now());
    return tasks.filter((task) => task.source === source).reverse();
  };

  return {
    startMessageMoveTask(input: JsonObject): JsonObject {
      const source = byArn(text(input.SourceArn));
      if (!source) throw missing();
      // "Limited to queues that are dead-letter queues of other SQS queues": the words are those that people report.
      const gives = ({ definition }: Queue) => definition.redrive?.deadLetterQueue === source.definition.name;
      if (![...queues.values()].some(gives)) throw invalid('Source queue must be configured as a Dead Letter Queue.');
      const destination = input.DestinationArn === undefined ? undefined : byArn(text(input.DestinationArn));
      if (input.DestinationArn !== undefined && !destination) throw missing();
      if (destination === source) throw invalid('Source queue arn and destination queue arn must be different.');
      if (destination && destination.definition.fifo !== source.definition.fifo)
        throw new ServiceError('com.amazonaws.sqs#UnsupportedOperation', 'Source and destination must be of the same queue type.');
      const rate = input.MaxNumberOfMessagesPerSecond ?? MAX_RATE;
      if (typeof rate !== 'number' || rate < 1 || rate > MAX_RATE) throw invalid('MaxNumberOfMessagesPerSecond must be between 1 and 500.');
      if (advanced(source).some(({ status }) => status === 'RUNNING'))
        throw invalid('There is already a task running. Only one active task is allowed for a source queue arn at a given time.');
      const handle = Buffer.from(`${source.definition.arn}#${tasks.length + 1}`).toString('base64');
      tasks.push({
        handle,
        source,
        destination,
        rate,
        status: 'RUNNING',
        startedAt: now(),
        toMove: source.counts().visible,
        moved: 0,
      });
      return { TaskHandle: handle };
    },
    listMessageMoveTasks(input: JsonObject): JsonObject {
      const source = byArn(text(input.SourceArn));
      if (!source) throw missing();
      const most = typeof input.MaxResults === 'number' ? input.MaxResults : 1;
      if (most < 1 || most > LISTED) throw invalid('MaxResults must be between 1 and 10.');
      return { Results: advanced(source).slice(0, most).map(described) };
    },
    cancelMessageMoveTask(input: JsonObject): JsonObject {
      const task = tasks.find(({ handle }) => handle === input.TaskHandle);
      if (task) advance(task, byArn, now());
      // "Only possible when the current status is RUNNING."
      if (task?.status !== 'RUNNING') throw missing();
      task.status = 'CANCELLED';
      return { ApproximateNumberOfMessagesMoved: task.moved };
    },
  };
}

function described(task: Task): JsonObject {
  return {
    ...(task.status === 'RUNNING' ? { TaskHandle: task.handle } : {}),
    Status: task.status,
    SourceArn: task.source.definition.arn,
    ...(task.destination ? { DestinationArn: task.destination.definition.arn } : {}),
    ApproximateNumberOfMessagesMoved: task.moved,
    ApproximateNumberOfMessagesToMove: task.toMove,
    ...(task.failure ? { FailureReason: task.failure } : {}),
    StartedTimestamp: task.startedAt,
  };
}

function advance(task: Task, byArn: (arn: string) => Queue | undefined, now: number): void {
  if (task.status !== 'RUNNING') return;
  const due = Math.min(task.toMove, Math.floor(((now - task.startedAt) / 1000) * task.rate));
  while (task.moved < due) {
    const message = task.source.messages().find(({ visibleAt }) => visibleAt <= now);
    if (!message) break;
    const target = task.destination ?? (message.deadLetterSource === undefined ? undefined : byArn(message.deadLetterSource));
    if (!target) {
      task.status = 'FAILED';
      task.failure = 'CouldNotDetermineMessageSource';
      return;
    }
    move(message, task.source, target);
    task.moved += 1;
  }
  if (task.source.counts().visible === 0 || task.moved >= task.toMove) task.status = 'COMPLETED';
}

/** Another message id and another time; a FIFO queue keeps the group and the deduplication id that the dead letter has. */
function move(message: Message, source: Queue, target: Queue): void {
  target.send({
    body: message.body,
    attributes: message.attributes,
    ...(target.definition.fifo ? { groupId: message.groupId, deduplicationId: message.deduplicationId } : {}),
  });
  source.remove(message);
}
