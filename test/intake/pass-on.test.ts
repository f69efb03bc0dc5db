/** A finding whose owner comes to be known while it is recorded: at each call of the ledger the question may come in between. */
import { MemoryLedger } from '../../cli/simulate/world/ledger';
import type { Owner } from '../../config/routing/owner';
import { parseFinding } from '../../handlers/domain/finding/event';
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
      clock,
      journal: { info: silent, warn: silent, error: silent },
      reject: async () => undefined,
    };
    // Nothing but the row's debt is what an announcement leaves behind.
    for (const { row } of (await intake(JSON.stringify(body), deps)).owed) {
      const { owed: _owed, ...rest } = row.value;
      await through.write(row.key, rest, row.version);
    }
  };
  const question = async (): Promise<OwnerQuestion> => {
    const row = await ledger.read<UnknownAccountRow>(rowKeys.unknownAccount(ACCOUNT));
    return { owner: ACCOUNT, nonce: row?.value.nonce ?? 'none' };
  };
  const receivers = async () => (await ledger.read<FindingRow>(rowKeys.finding(finding)))?.value.receivers;
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

test.each([
  ['for the first time', [event(START)]],
  ['as it rises', [event(START), event(START + 1000, 'CRITICAL')]],
  [
    'as it comes back after it closed',
    [
      event(START),
      control({
        account: ACCOUNT,
        compliance: 'PASSED',
        severity: 'INFORMATIONAL',
        updatedAt: START + 1,
        time: START + 1,
        firstObservedAt: START + 1,
      }),
      event(START + 2000),
    ],
  ],
])('recorded %s, it is told to its team whenever the question comes', async (_when, events) => {
  const last = events.at(-1) as object;
  for (let n = 1; ; n++) {
    const { ledger, clock, take, question, receivers } = start();
    for (const earlier of events.slice(0, -1)) await take(earlier, UNKNOWN);
    // Asked by a tick before, and by one in the midst of it.
    const asked = await question();
    clock.at += 5000;
    const { through, state } = before(ledger, n, async () => {
      await take(asked, KNOWN);
      await take(await question(), KNOWN);
    });
    await take(last, UNKNOWN, through);
    for (let minute = 0; minute < 3; minute++) await take(await question(), KNOWN);
    expect([n, await receivers()]).toEqual([n, ['sec-ops', 'workloads']]);
    expect(ledger.keys().filter(({ pk }) => pk.startsWith(UNKNOWN_OWNERS))).toEqual([]);
    if (state.calls < n) break;
  }
});
