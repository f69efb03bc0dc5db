/**
 * A made-up organization with an account of each kind, and a ledger that the functions themselves wrote: what is to be said of it
 * is known.
 */
import { MemorySlack } from '../../../cli/simulate/world/slack';
import type { Config } from '../../../config/schema';
import { dynamoLedger } from '../../../handlers/adapters/dynamo';
import { SlackFailure } from '../../../handlers/domain/failure';
import { startDynamoDb } from '../../../local/dynamodb/dynamodb';
import { listen } from '../../../local/protocol/listener';
import { controlFinding, type FindingParts, imported } from '../../world/events';
import { HOUR, START, World } from '../../world/world';
import { type Clinic, openClinic } from '../doctor/doctor';
import { HOME, type LocalFinding, NOW } from '../doctor/world';

const DAY = 24 * HOUR;

/** As Security Hub holds it. */
function held(parts: FindingParts & { account: string }): LocalFinding {
  const { account, control = 'S3.2', severity = 'CRITICAL', updatedAt = START, compliance = 'FAILED' } = parts;
  return { account, region: HOME, control, compliance, severity, updatedAt, whole: controlFinding(parts) };
}

const TOLD = { account: '555555555555', updatedAt: START };
/** Told as well, and Security Hub no longer holds it: another of the same account never comes. */
const BEFORE = { account: '666666666666', control: 'S3.3', bucket: 'billing-before', updatedAt: START };
const HELD_UP = { account: '777777777777', control: 'S3.8', updatedAt: START };

/** Told: payments-prod and billing-prod. Held up by Slack: cards-vault-prod, whose channel refuses. */
async function rows() {
  const slack = new MemorySlack();
  slack.before = ({ channel }) => {
    if (channel === 'C0SECOPS001') throw new SlackFailure('receiver', 'Slack answered is_archived');
  };
  const world = new World({
    slack,
    directory: {
      account: async (id) => ({
        name: id,
        parentIds: ['r-ab12', ...(id === TOLD.account || id === BEFORE.account ? ['ou-ab12-wkld0001'] : [])],
        tags: {},
      }),
      organizationalUnitName: async () => 'Workloads',
    },
  });
  for (const parts of [TOLD, BEFORE, HELD_UP]) world.send(imported(controlFinding(parts)));
  await world.run(START + HOUR);
  if (slack.posts.length !== 2) throw new Error(`two are told, not ${slack.posts.length}`);
  return world.ledger.all();
}

export interface Measured extends Clinic {
  /** Epoch milliseconds, at which all of it is so. */
  now: number;
  /** Whether DynamoDB answers. */
  refuse(refused: boolean): void;
}

/**
 * One account in failure for each reason: 999999999999 is no member in a Region, 888888888888 is silent for nine days, and of
 * 666666666666 a finding never came. Of 444444444444 one that never came is muted by muteInfrastructure.
 */
export async function openMeasured(): Promise<Measured> {
  const clinic = await openClinic();
  const keys = ['pk', 'sk'] as const;
  const table = await startDynamoDb([
    {
      name: 'Ledger',
      keySchema: keys.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? 'HASH' : 'RANGE' })),
      attributes: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    },
  ]);
  let refused = false;
  const listener = await listen(table.service, {
    faults: () =>
      refused ? { awsError: 'AccessDeniedException', message: 'not authorized to perform: dynamodb:Scan', status: 400 } : undefined,
  });
  process.env.AWS_ENDPOINT_URL_DYNAMODB = listener.url;
  process.env.AWS_REGION = HOME;
  const ledger = dynamoLedger('Ledger');
  for (const { key, value } of await rows()) await ledger.write(key, value, 0);
  const { world } = clinic;
  world.ledgerTable = 'Ledger';
  world.hubs.get('us-east-1')?.members.delete('999999999999');
  for (const finding of world.findings) if (finding.account === '888888888888') finding.updatedAt = NOW - 9 * DAY;
  const bucket = (n: number) => ({ account: '666666666666', bucket: `billing-${n}` });
  world.findings.push(
    held(TOLD),
    held(HELD_UP),
    held({ ...bucket(1), updatedAt: NOW - 3 * HOUR }),
    // On its way to the ledger; before this was deployed; none that is to be told; one that a person works on.
    held({ ...bucket(2), updatedAt: NOW - HOUR / 6 }),
    held({ ...bucket(3), updatedAt: NOW - 40 * DAY }),
    held({ ...bucket(4), severity: 'MEDIUM', updatedAt: NOW - 3 * HOUR }),
    held({ ...bucket(5), compliance: 'PASSED', updatedAt: NOW - 3 * HOUR }),
    held({ ...bucket(6), workflow: 'NOTIFIED', updatedAt: NOW - 3 * HOUR }),
    held({ account: '444444444444', control: 'EC2.8', severity: 'HIGH', updatedAt: NOW - 3 * HOUR }),
  );
  return {
    ...clinic,
    now: NOW,
    refuse: (given) => {
      refused = given;
    },
    close: async () => {
      await clinic.close();
      await listener.close();
      await table.close();
    },
  };
}

/** Of the infrastructure EC2.8 is told to nobody. */
export function muteInfrastructure({ routes }: Config): void {
  const branch = routes.route.routes?.find(({ match }) => match?.ou === 'Infrastructure');
  branch?.routes?.unshift({ match: { control: 'EC2.8' }, mute: { reason: 'Known, and accepted until the move (RISK-7)' } });
  if (branch && !branch.routes)
    branch.routes = [{ match: { control: 'EC2.8' }, mute: { reason: 'Known, and accepted until the move (RISK-7)' } }];
}
