/** What `versions` and `rollback` say. */
import { counted } from '../doctor/check';
import { align } from '../show/columns';
import type { Deployed } from './reads';
import { type LiveFunction, liveNames, liveRelease, type Move, partsOf, type Release } from './release';

/** What a roll-back writes beside each alias, and `versions` reads: an alias itself does not know since when it points where it does. */
export function noteOf(from: string, to: string, now: number): string {
  return `${to} in place of ${from} since ${new Date(now).toISOString()}`;
}

/** Since when a release is live: as the alias's note says, where it speaks of this release; else since it was published. */
export function sinceOf(release: Release, functions: readonly LiveFunction[]): { at: string; instead?: string } {
  for (const { note } of functions) {
    const [, to, instead, at] = /^(\S+) in place of (\S+) since (\S+)$/.exec(note) ?? [];
    if (to === release.name && instead !== undefined && at !== undefined) return { at, instead };
  }
  return { at: release.at };
}

/** `2026-11-26 06:10 UTC`. */
export function minute(at: string): string {
  const time = Date.parse(at);
  return Number.isNaN(time) ? at : `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** One line a release, the newest first, and which of them is live. */
export function releaseLines(functions: readonly LiveFunction[], releases: readonly Release[]): string[] {
  const live = liveRelease(functions, releases);
  const rows = releases.map((release) => {
    const { code, configuration } = partsOf(release.name);
    const since = release === live ? sinceOf(release, functions) : undefined;
    return [
      release === live ? 'live' : '',
      release.name,
      `commit ${code}`,
      `configuration ${configuration}`,
      since ? `since ${minute(since.at)}` : `deployed ${minute(release.at)}`,
    ].map((text) => ({ text }));
  });
  const mixed = live
    ? []
    : [...liveNames(functions)].map(([name, version]) => `${name} runs ${version ?? 'a version that is older than names'}`);
  const shifting = functions.filter((each) => each.shifting.length > 0).map(({ name }) => name);
  return [
    ...align(rows),
    ...(mixed.length > 0 ? ['', 'The functions do not run the same:', ...mixed] : []),
    ...(shifting.length > 0 ? ['', `A gradual deployment is under way: ${shifting.join(', ')}.`] : []),
  ];
}

/** What going to a release does, before it is done. */
export function planLines(
  from: Release | undefined,
  to: Release,
  { functions, waiting }: Pick<Deployed, 'functions' | 'waiting'>,
  moved: readonly Move[],
): string[] {
  const [was, becomes] = [from && partsOf(from.name), partsOf(to.name)];
  const stays = functions.filter(({ name }) => to.numbers[name] === undefined).map(({ name }) => name);
  return [
    `To ${to.name}, deployed ${minute(to.at)}${from ? `, in place of ${from.name}` : ''}:`,
    `  code: ${was?.code === becomes.code ? `commit ${becomes.code} stays` : `commit ${becomes.code}${was ? ` in place of ${was.code}` : ''}`}`,
    `  configuration: ${
      was?.configuration === becomes.configuration
        ? `${becomes.configuration} stays`
        : `${becomes.configuration}, the routes and settings of that day; the files in your folder stay as they are`
    }`,
    `  rows of the ledger: ${rowsText(from, to)}`,
    `  what waits: ${counted(waiting.findings, 'event')} to be taken in and ${counted(waiting.deliveries, 'wake-up')} of problems to be told; ${to.name} takes them`,
    '  queues, rules, rights and alarms stay as the last deployment made them',
    `  order: ${moved.map(({ name, from: before, to: after }) => `${name} ${before} → ${after}`).join(', ')}`,
    ...(stays.length > 0 ? [`  ${stays.join(', ')}: has no version of that name, and stays`] : []),
  ];
}

function rowsText(from: Release | undefined, to: Release): string {
  if (from?.rows === undefined || to.rows === undefined) return 'how either lays them out is not known';
  if (from.rows <= to.rows) return 'it reads all that is there';
  return `${to.name} refuses what ${from.name} wrote (rows ${from.rows}, it knows ${to.rows}): those problems wait, and an alarm says so, until a later version is live again. None is lost`;
}
