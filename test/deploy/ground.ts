/** What must be there before anything is deployed: moto, the door to it, the stand-ins, and the organization. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { faultOn } from '../local/fault-plans';
import { awsOf, type Where } from './aws';
import type { Run } from './run-parts';
import { type DoorRequest, openDoor } from './door';
import { gapsOf } from './gaps';
import { MOTO_VERSION, startMoto } from './moto';
import { makeOrganization } from './organization';
import { probeOf } from './probe';
import { type StandIns, startStandIns } from './stand-ins';

/** As in the example: who calls CreateOrganization is the management account. The others' ids are moto's. */
const MANAGEMENT = '111111111111';
const SECURITY = '222222222222';
const REGION = 'ap-northeast-1';

export interface Ground {
  management: string;
  /** The security account in its home Region, through the door. */
  where: Where;
  ids: ReadonlyMap<string, string>;
  standIns: StandIns;
  protectedStacks: ReadonlySet<string>;
  /** Every request that came to the door, oldest first. */
  requests: readonly DoorRequest[];
}

export async function openGround({ ending, clues, progress: { check, note } }: Run): Promise<Ground> {
  const moto = await startMoto();
  ending.push(moto.stop);
  clues.push(() => moto.said());
  // The first message that goes to Slack is asked to wait a second.
  const standIns = await startStandIns(faultOn({ service: 'slack', operation: 'chat.postMessage', number: 1 }, { retryAfter: 1 }));
  ending.push(standIns.close);
  const protectedStacks = new Set<string>();
  let url = '';
  const gaps = gapsOf({ management: MANAGEMENT, securityHub: standIns.hub.url, protectedStacks, door: () => url });
  const requests: DoorRequest[] = [];
  const record = (request: DoorRequest) => void requests.push(request);
  const door = await openDoor(moto.port, [record, ...gaps.flatMap(({ shim }) => shim ?? [])]);
  ending.push(door.close);
  url = door.url;

  const tree: unknown = JSON.parse(readFileSync('cli/demo/organization.json', 'utf8'));
  const { ids } = await makeOrganization(awsOf({ endpoint: url, account: MANAGEMENT, region: REGION }), MANAGEMENT, tree);
  const account = ids.get(SECURITY) ?? '';
  for (const { name, lacks, standIn } of gaps) note(`${name}: ${lacks}; ${standIn}`);
  await check(`moto still has these gaps (${MOTO_VERSION})`, async () => {
    const probe = probeOf(`http://127.0.0.1:${moto.port}`, account, MANAGEMENT);
    for (const { name, open } of gaps)
      if (open) assert.ok(await open(probe), `moto has closed the gap "${name}": take it and its shim out of test/deploy/gaps.ts`);
  });
  return { management: MANAGEMENT, where: { endpoint: url, account, region: REGION }, ids, standIns, protectedStacks, requests };
}
