/** A member account: its Security Hub, the function as the template has it, and CloudFormation waiting for its answer. */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { jsonObject, type Reply } from '../../../local/protocol/wire';
import { type Loopback, type LoopbackRequest, loopback } from './loopback';
import { FOUNDATIONAL, MemberHub } from './member-hub';
import { memberTemplate, sourceOf } from './member-template';

/** What CloudFormation got. */
export interface Answer {
  Status: 'SUCCESS' | 'FAILED';
  Reason?: string;
  PhysicalResourceId: string;
  StackId: string;
  RequestId: string;
  LogicalResourceId: string;
  Data?: Record<string, string>;
}

export interface Outcome {
  answers: Answer[];
  /** The pauses that the function made, in milliseconds. */
  pauses: number[];
  logs: string[];
  callable: { kind: string; parameters: number };
  /** Of a function that could not answer. */
  error?: string;
}

interface Run {
  request?: 'Create' | 'Update' | 'Delete';
  standards?: string[];
  stack?: string;
  /** What is left of the function's time. */
  milliseconds?: number;
}

export class MemberAccount {
  hub = new MemberHub();
  /** The requests in which CloudFormation was answered. */
  received: LoopbackRequest[] = [];
  /** What CloudFormation's bucket answers to each in turn; 200 when there is no more. */
  bucket: number[] = [];
  private server?: Loopback;
  private child?: ChildProcess;

  constructor(private readonly source: () => string) {}

  async start(): Promise<void> {
    this.server = await loopback((request) => (request.method === 'PUT' ? this.bucketAnswer(request) : this.hub.answer(request)));
    this.child = fork(join(__dirname, 'runner.js'), {
      env: {
        PATH: process.env.PATH,
        // The SDK warns of the machine's Node, which is not Lambda's.
        NODE_NO_WARNINGS: '1',
        AWS_REGION: 'us-gov-west-1',
        AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'example',
        AWS_ENDPOINT_URL_SECURITYHUB: this.server.url,
      },
    });
  }

  async stop(): Promise<void> {
    this.child?.kill();
    await this.server?.close();
  }

  /** A new account: Security Hub is off, and nobody was answered. */
  reset(): void {
    this.hub = new MemberHub();
    this.received = [];
    this.bucket = [];
  }

  async run({ request = 'Create', standards = [FOUNDATIONAL], stack = 'first', milliseconds = 240_000 }: Run = {}): Promise<Outcome> {
    const { child, server } = this;
    if (!child || !server) throw new Error('the member account was not started');
    const before = this.received.length;
    const outcome = new Promise<Omit<Outcome, 'answers'>>((resolve) => child.once('message', resolve as (message: unknown) => void));
    child.send({
      source: this.source(),
      milliseconds,
      event: {
        RequestType: request,
        ResponseURL: `${server.url}/bucket/answer?X-Amz-Signature=secret`,
        StackId: `arn:aws-us-gov:cloudformation:us-gov-west-1:555555555555:stack/StackSet-members-${stack}/1f0c`,
        RequestId: `request-${before}`,
        LogicalResourceId: 'EnablementHub',
        ResourceType: 'Custom::SecurityHubEnablement',
        ResourceProperties: { ServiceToken: 'arn', Standards: standards, Source: 'abc' },
        ...(request === 'Create' ? {} : { PhysicalResourceId: 'security-hub' }),
      },
    });
    return { ...(await outcome), answers: this.received.slice(before).map(({ body }) => jsonObject(body) as unknown as Answer) };
  }

  private bucketAnswer(request: LoopbackRequest): Reply {
    this.received.push(request);
    return { status: this.bucket.shift() ?? 200, body: '' };
  }
}

/** An account for the tests of a file, with the source that the member template carries; as new before each test. */
export function accountUnderTest(): MemberAccount {
  let source = '';
  const account = new MemberAccount(() => source);
  beforeAll(async () => {
    source = sourceOf(memberTemplate());
    await account.start();
  });
  afterAll(() => account.stop());
  beforeEach(() => account.reset());
  return account;
}
