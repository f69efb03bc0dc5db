/** `npm run hub -- versions`: what runs, since when, and what there is to go back to. With your credentials of the security account. */
import { type Asked, command, CONFIG, JSON_FLAG, type Status } from './frame/command';
import type { Terminal } from './frame/terminal';
import { configuration } from './run/configuration';
import { deployed } from './versions/reads';
import { versionsPolicy } from './versions/policy';
import { liveNames, liveRelease, releasesOf } from './versions/release';
import { releaseLines, sinceOf } from './versions/words';

const FLAGS = {
  policy: { about: 'prints the IAM policy that it needs, and asks nothing' },
  ...CONFIG,
  ...JSON_FLAG,
} as const;

const ABOUT = `A version is named by its commit and the hash of its configuration, as messages and log lines name it; + says that the
code differed from the commit. Each deployment that changes something publishes one, and all are kept: they cost nothing.

Exit status 1: the functions do not run the same version.`;

export const versionsCommand = command({
  name: 'versions',
  group: 'act',
  summary: 'Says which version runs since when, and which there were.',
  about: ABOUT,
  flags: FLAGS,
  run: answer,
});

async function answer({ flags }: Asked<typeof FLAGS>, terminal: Terminal): Promise<Status> {
  const config = configuration(flags.config, terminal);
  if (flags.policy) {
    terminal.print(JSON.stringify(versionsPolicy(config, false), null, 2));
    return 0;
  }
  const { functions } = await deployed(config, terminal);
  const releases = releasesOf(functions);
  const live = liveRelease(functions, releases);
  terminal.progress('');
  if (flags.json) {
    const since = live && sinceOf(live, functions);
    terminal.print(
      JSON.stringify({ live: live?.name ?? null, since, functions: Object.fromEntries(liveNames(functions)), releases }, null, 2),
    );
  } else for (const line of releaseLines(functions, releases)) terminal.print(line);
  return live ? 0 : 1;
}
