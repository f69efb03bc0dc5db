/** A finding whose owner comes to be known while it is recorded: at each call of the ledger the question may come in between. */
import { MemoryLedger } from '../../cli/simulate/world/ledger';
import type { Owner } from '../../config/routing/owner';
import { parseFinding } from '../../handlers/domain/finding/event';
import { findingKey } from '../../handlers/domain/finding/key';
import { type FindingRow, rowKeys, UNKNOWN_OWNERS, type UnknownAccountRow } from '../../handlers/domain/problem/rows';
import { intake, type IntakeDeps } from '../../handlers/intake/intake';
import type { OwnerLookup } from '../../handlers/intake/owner-lookup';
import { Texts } from '../../handlers/intake/texts';
import type { Ledger, OwnerQuestion } from '../../handlers/ports';
import { config } from '../world/config';
import { control } from '../world/events';
import { START } from '../world/world';

const ACCOUNT = '555555555555';
const UNKNOWN: Owner = { accountId: ACCOUNT, accountName: '', ouPath: [], tags: {}, knowledge: 'unknown' };
const KNOWN: Owner = { ...UNKNOWN, accountName: 'web', ouPath: [{ id: 'ou-ab12-wkld0001', name: 'Workloads' }], knowledge: 'fresh' };
const event = (updatedAt: number, severity = 'HIGH') => control({ account: ACCOUNT, updatedAt, time: updatedAt, severity });
const finding = parseFinding((event(START) as { detail: { findings: unknown[] } }).detail.findings[0]);

function start() {
  const ledger = new MemoryLedger();
  const clock = { at: START, now: () => clock.at };
  const silent = () => undefined;
  const take = async (body: object, owner: Owner, through: Ledger = ledger) => {
    const deps: IntakeDeps = {
      config: config(),
      ledger: through,
      owners: { ownerOf: async () => owner } as unknown as OwnerLookup,
      texts: new Texts({ ledger: through, clock, config: config() }),
      wakeUps: { send: async () => undefined },
      timers: { set: async () => undefined },
      clock,
      journal: { info: silent, warn: silent, error: silent, about: silent },
      meter: { count: silent },
      reject: async () => undefined,
    };
    // Nothing but the row's debt is what an announcement leaves behind.
    for (const { row } of (await intake(JSON.stringify(body), deps)).owed) {
      const { owed: _owed, ...rest } = row.value;
      await through.write(row.key, rest, row.version);
    }
  };
  /** As a tick would ask it now. */
  const question = async (): Promise<OwnerQuestion | undefined> => {
    const row = await ledger.read<UnknownAccountRow>(rowKeys.unknownAccount(ACCOUNT));
    return row && { owner: ACCOUNT, nonce: row.value.nonce };
  };
  const receivers = async () => (await ledger.read<FindingRow>(rowKeys.finding(findingKey(finding))))?.value.receivers;
  return { ledger, clock, take, question, receivers };
}

/** The ledger, where something happens right before its nth call. */
function before(ledger: Ledger, n: number, happens: () => Promise<void>) {
  const state = { calls: 0 };
  const through = new Proxy(ledger, {
    get(target, name: keyof Ledger) {
      const call = target[name] as (...args: unknown[]) => Promise<unknown>;
      return async (...args: unknown[]) => {
        if (++state.calls === n) await happens();
        return call.apply(target, args);
      };
    },
  });
  return { through, state };
}

const CLOSED = control({
  account: ACCOUNT,
  compliance: 'PASSED',
  severity: 'INFORMATIONAL',
  updatedAt: START + 1,
  time: START + 1,
  firstObservedAt: START + 1,
});
const STORIES: [string, object[]][] = [
  ['for the first time', [event(START)]],
  ['as it rises', [event(START), event(START + 1000, 'CRITICAL')]],
  ['as it comes back after it closed', [event(START), CLOSED, event(START + 2000)]],
];

/** Goes through a story once for each call of one side, at which the other side comes in between. */
async function everywhere(events: object[], which: 'question amid recording' | 'recording amid question'): Promise<number> {
  const last = events.at(-1) as object;
  for (let n = 1; ; n++) {
    const { ledger, clock, take, question, receivers } = start();
    // Another finding of the account is waited for, and passed on: the account stands there yet.
    await take(control({ account: ACCOUNT, control: 'S3.8', bucket: 'other', severity: 'HIGH' }), UNKNOWN);
    for (const earlier of events.slice(0, -1)) await take(earlier, UNKNOWN);
    // Where nothing else is to be known, that one's row has gone.
    if (events.length === 1) for (let minute = 0; minute < 2; minute++) await take((await question()) as OwnerQuestion, KNOWN);
    const asked = (await question()) as OwnerQuestion;
    clock.at += 5000;
    // One that a tick asked before, and one that it asks just then.
    const askedTwice = async () => {
      await take(asked, KNOWN);
      await take((await question()) ?? asked, KNOWN);
    };
    const amid = which === 'question amid recording' ? askedTwice : async () => take(last, UNKNOWN);
    const { through, state } = before(ledger, n, amid);
    if (which === 'question amid recording') await take(last, UNKNOWN, through);
    else await take(asked, KNOWN, through);
    if (state.calls < n) return n;
    for (let minute = 0; minute < 4; minute++) {
      const asks = await question();
      if (asks) await take(asks, KNOWN);
    }
    expect([n, await receivers()]).toEqual([n, ['sec-ops', 'workloads']]);
    expect(ledger.keys().filter(({ pk }) => pk.startsWith(UNKNOWN_OWNERS))).toEqual([]);
  }
}

describe.each(STORIES)('what is recorded %s is told to its team', (_when, events) => {
  test.each(['question amid recording', 'recording amid question'] as const)('%s, at each call', async (which) => {
    expect(await everywhere(events, which)).toBeGreaterThan(3);
  });
});
