/** Runs the doctor as its command does, against the stand-ins, on the example configuration with a route for every OU. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bedrockService } from '../../../local/bedrock/bedrock';
import { listen, type Listener } from '../../../local/protocol/listener';
import { doctorWith } from '../../../cli/doctor';
import { readExample } from '../../config/example';
import '../../local/clients';
import { typed } from '../terminal';
import { type Running, startStandIns } from './stand-in';
import { healthyWorld, NOW, type World } from './world';

export interface Reported {
  code: number;
  out: string;
  err: string;
}
export interface JsonCheck {
  id: string;
  group: string;
  title: string;
  verdict: string;
  found: string;
  remedies: { say: string; command?: string }[];
  items: Record<string, unknown>[];
}

export interface Clinic {
  world: World;
  running: Running;
  bedrock: Listener;
  /** A folder of its own for each test: configure() writes it. */
  config: string;
  run(argv: string[], options?: { width?: number; signal?: AbortSignal; timeLimit?: number; colour?: boolean }): Promise<Reported>;
  examine(argv?: string[]): Promise<{ code: number; checks: JsonCheck[]; calls: number; milliseconds: number }>;
  /** Writes the configuration: the example, changed. */
  configure(change?: (files: { settings: string; routes: string }) => { settings?: string; routes?: string }): void;
  /** Milliseconds that were slept, all in all: the clock of the tests jumps. */
  slept(): number;
  reset(world?: World): void;
  close(): Promise<void>;
}

const SERVICES = {
  STS: 'sts',
  IAM: 'iam',
  CLOUDFORMATION: 'cloudformation',
  SQS: 'sqs',
  CLOUDWATCH: 'cloudwatch',
  SNS: 'sns',
  ORGANIZATIONS: 'organizations',
  SECURITYHUB: 'securityhub',
  SECRETS_MANAGER: 'secretsmanager',
  CONFIG_SERVICE: 'config',
  BEDROCK: 'bedrock',
  EC2: 'ec2',
};

/** Puts the endpoints into the environment, as an operator would, until it is closed. */
export async function openClinic(): Promise<Clinic> {
  const before = { ...process.env };
  const config = mkdtempSync(join(tmpdir(), 'doctor-'));
  let slept = 0;
  const clinic = { world: healthyWorld(), config } as Clinic;
  clinic.running = await startStandIns(() => clinic.world);
  clinic.bedrock = await listen(bedrockService(), {
    faults: ({ body }) => {
      const refusal = clinic.world.refusal(String(body.modelId));
      return refusal && { awsError: refusal.code, message: refusal.message, status: refusal.status };
    },
  });
  for (const [name, service] of Object.entries(SERVICES)) process.env[`AWS_ENDPOINT_URL_${name}`] = clinic.running.url(service);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: clinic.bedrock.url,
    AWS_ACCESS_KEY_ID: 'AKIDTEST',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'eu-central-1',
    SLACK_API_URL: `${clinic.running.url('slack')}/api/`,
  });

  clinic.configure = (change = () => ({})) => {
    const routes = readExample('routes.yaml').replace(
      '    - match: { ou: Infrastructure }',
      '    - match: { ou: Security }\n      receiver: sec-ops\n\n    - match: { ou: Infrastructure }',
    );
    const files = {
      settings: readExample('settings.yaml'),
      routes: routes.replace('    channel: C0SANDBOX01', '    webhookSecret: security-hub-interpreter/sandbox-webhook'),
    };
    const changed = { ...files, ...change(files) };
    writeFileSync(join(config, 'settings.yaml'), changed.settings);
    writeFileSync(join(config, 'routes.yaml'), changed.routes);
  };
  clinic.run = async (argv, { width = 100, signal = new AbortController().signal, timeLimit = 5000, colour = false } = {}) => {
    return typed(['doctor', '--config', config, '--evidence', join(config, 'evidence'), ...argv], {
      known: [doctorWith(timeLimit, join(config, 'eval.json'))],
      colour,
      width,
      signal,
      now: () => NOW + slept,
      sleep: async (ms) => {
        slept += ms;
      },
    });
  };
  clinic.examine = async (argv = []) => {
    const { code, out, err } = await clinic.run(['--json', ...argv]);
    if (out === '') throw new Error(err);
    return { code, ...(JSON.parse(out) as { checks: JsonCheck[]; calls: number; milliseconds: number }) };
  };
  clinic.slept = () => slept;
  clinic.reset = (world = healthyWorld()) => {
    clinic.world = world;
    clinic.running.calls.clear();
    slept = 0;
    clinic.configure();
  };
  clinic.close = async () => {
    rmSync(config, { recursive: true });
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
    await Promise.all([clinic.running.close(), clinic.bedrock.close()]);
  };
  clinic.configure();
  return clinic;
}
