/** `npm run hub -- rollback`: to a version that was deployed before, or forward again. With your credentials of the security account. */
import type { Config } from '../config/schema';
import { suggestion } from '../config/nearest';
import { type Asked, command, CONFIG, type Status, WrongUse } from './frame/command';
import { say } from './frame/run';
import type { Terminal } from './frame/terminal';
import { configuration } from './run/configuration';
import { inert } from './show/inert';
import { type Deployed, deployed } from './versions/reads';
import { versionsPolicy } from './versions/policy';
import { liveRelease, type Move, moves, type Release, releasesOf } from './versions/release';
import { noteOf, planLines } from './versions/words';

const FLAGS = {
  to: { value: 'VERSION', about: 'the version, or how its name begins; without it the one that was deployed before what runs' },
  yes: { about: 'asks nobody' },
  policy: { about: 'prints the IAM policy that it needs, and asks nothing' },
  ...CONFIG,
} as const;

const ABOUT = `Moves all functions together to another version, and says before what that does to rows and configuration. What waits is told by
that version. It takes seconds, and where one function cannot be moved the others are put back.

It stays until a deployment changes something, which makes its own version live. \`versions\` lists what there is.`;

export const rollbackCommand = command({
  name: 'rollback',
  group: 'act',
  summary: 'Goes back to an earlier version, or forward again.',
  about: ABOUT,
  flags: FLAGS,
  run: answer,
});

async function answer({ flags }: Asked<typeof FLAGS>, terminal: Terminal): Promise<Status> {
  const config: Config = configuration(flags.config, terminal);
  if (flags.policy) {
    terminal.print(JSON.stringify(versionsPolicy(config, true), null, 2));
    return 0;
  }
  const system = await deployed(config, terminal);
  terminal.progress('');
  const { functions } = system;
  const shifting = functions.filter((each) => each.shifting.length > 0).map(({ name }) => name);
  if (shifting.length > 0)
    throw new Error(
      `A gradual deployment of ${shifting.join(', ')} is under way, and CodeDeploy would move on what is moved here. Stop it, and it goes back by itself: aws deploy list-deployments --include-only-statuses InProgress, then aws deploy stop-deployment --auto-rollback-enabled --deployment-id ID.`,
    );
  const releases = releasesOf(functions);
  const from = liveRelease(functions, releases);
  const to = chosen(flags.to, from, releases);
  if (to === from) {
    terminal.print(`${to.name} is live already.`);
    return 0;
  }
  const without = (['intake', 'deliver'] as const).filter((name) => to.numbers[name] === undefined);
  if (without.length > 0)
    throw new Error(`${without.join(' and ')} has no version of the name ${to.name}: choose another, or deploy that commit.`);
  const back = from === undefined || to.at < from.at;
  const planned = moves(functions, to, back);
  for (const line of planLines(from, to, system, planned)) terminal.print(inert(line));
  if (!flags.yes && !(await terminal.confirm(back ? 'Go back?' : 'Go forward?'))) {
    say('Nothing was done. --yes asks nobody.', terminal);
    return 2;
  }
  await moveAll(planned, noteOf(from?.name ?? 'several', to.name, terminal.now()), system);
  terminal.progress('');
  terminal.print(`${to.name} is live.`);
  return 0;
}

/** @throws WrongUse where there is no such version, or more than one. */
function chosen(wanted: string | undefined, from: Release | undefined, releases: readonly Release[]): Release {
  const names = releases.map(({ name }) => name);
  if (wanted !== undefined) {
    const found = releases.filter(({ name }) => name === wanted || name.startsWith(wanted));
    const exact = found.find(({ name }) => name === wanted) ?? found[0];
    if (exact && (exact.name === wanted || found.length === 1)) return exact;
    const what = exact ? `${found.length} versions begin with ${wanted}` : `there is no version ${wanted}`;
    throw new WrongUse(
      `--to: ${what}.  ${suggestion(wanted, exact ? found.map(({ name }) => name) : names, 'See npm run hub -- versions.')}`,
    );
  }
  if (!from)
    throw new WrongUse(
      `The functions do not run the same version: name the one that all shall run, by --to.  Known are: ${names.join(', ')}.`,
    );
  const before = releases[releases.indexOf(from) + 1];
  if (!before) throw new WrongUse(`${from.name} is the first version that is kept: there is none to go back to.`);
  return before;
}

/** @throws Error with what could not be moved, once the others are back where they were. */
async function moveAll(planned: readonly Move[], note: string, system: Deployed): Promise<void> {
  const done: Move[] = [];
  for (const move of planned) {
    try {
      await system.move(move, note);
      done.push(move);
    } catch (error) {
      const stuck: string[] = [];
      for (const { name, functionName, from, to } of done.reverse())
        await system.move({ name, functionName, from: to, to: from }, '').catch(() => stuck.push(name));
      const rest = stuck.length > 0 ? `${stuck.join(', ')} could not be put back: run this again` : 'the others are as they were';
      throw new Error(`${move.name} could not be moved: ${(error as Error).message}\nNothing is lost; ${rest}.`);
    }
  }
}
