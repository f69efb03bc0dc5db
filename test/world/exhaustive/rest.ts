/** What must hold when all is at rest, reckoned from the events alone. */
import type { ProblemRow, StateRow } from '../../../handlers/domain/problem/problem-row';
import { rowKeys, STATES, TO_MARK } from '../../../handlers/domain/problem/rows';
import { readable } from '../../../cli/simulate/world/slack';
import type { Explored } from './explored';

/** Of what is in a dead-letter queue nothing is asked until a person has sent it back. @returns what is wrong. */
export function wrongAtRest(world: Explored): string[] {
  return [...(world.scenario.receivers ?? ['workloads']).flatMap((receiver) => wrongFor(receiver, world)), ...wrongInHub(world)];
}

/** What is told is marked NOTIFIED, and nothing before. */
function wrongInHub({ scenario, hub, dead, ledger, markedEarly }: Explored): string[] {
  const wrong = markedEarly.map((id) => `${id} was marked and not told`);
  if (!scenario.writeBack || dead.length > 0) return wrong;
  for (const [bucket, revisions] of Object.entries(scenario.lives))
    if (revisions.at(-1) !== 'PASSED' && !hub.marked.some(({ id }) => id.includes(`finding/${bucket}`)))
      wrong.push(`${bucket} was never marked`);
  for (const { key } of ledger.all()) if (key.pk === TO_MARK) wrong.push(`waits still: ${key.sk}`);
  return wrong;
}

function wrongFor(receiver: string, world: Explored): string[] {
  const { scenario, slack, dead, lostPosts, redriven } = world;
  const problem = rowKeys.problem({ receiver, fingerprint: 'aws:control:S3.2' });
  const told = slack.told.filter(({ channel }) => channel === world.config.routes.receivers[receiver]?.channel);
  const wrong: string[] = [];
  const rows = [...world.ledger.all()];
  const header = rows.find(({ key }) => key.pk === problem && key.sk === 'header')?.value as ProblemRow | undefined;
  const gone = (bucket: string) => dead.some(({ queue, body }) => queue === 'intake' && body.includes(`finding/${bucket}`));
  const unlooked = dead.some(({ queue }) => queue === 'deliver');
  // Two posts of which nobody knows the outcome are a person's: the telling waits for that person.
  const perplexed = world.failed > 1 && unlooked;
  const repeats = redriven ? lostPosts : Math.min(1, lostPosts);
  if (dead.length > 0 && !scenario.budget.lost && !perplexed) wrong.push(`dead letters: ${dead.map(({ reason }) => reason).join('; ')}`);
  for (const { key, value } of rows) {
    const ofGone = dead.some(({ queue }) => queue === 'intake') || unlooked;
    if ((key.pk.startsWith('marks#') || key.pk.startsWith('awake#')) && !ofGone) wrong.push(`left over: ${key.pk} ${key.sk}`);
    if (key.pk.startsWith('finding#') && (value as { owed?: true }).owed && !ofGone) wrong.push(`owes still: ${key.pk}`);
    if (key.pk === 'due') wrong.push(`due still: ${key.sk}`);
  }
  if (!unlooked && header && (Object.keys(header.untold.kinds).length > 0 || header.attempt))
    wrong.push(`untold: ${JSON.stringify([header.untold, header.attempt])}`);
  if (scenario.budget.faults === undefined && scenario.budget.zombies === undefined && !scenario.budget.lost && world.sweeps > 0)
    wrong.push('nothing failed, and the tick found a flag');

  const states = new Map<string, StateRow>();
  for (const { key, value } of rows)
    if (key.pk === problem && key.sk.startsWith(STATES)) states.set(key.sk.slice(STATES.length), value as StateRow);
  for (const [id, state] of Object.entries(header?.log ?? {})) states.set(id, state);
  const counted: Record<string, number> = {};
  for (const { member } of states.values()) if (member.open) counted[member.severity] = (counted[member.severity] ?? 0) + 1;
  const summed = Object.fromEntries(Object.entries(header?.sums.counts.open ?? {}).filter(([, n]) => n !== 0));
  if (JSON.stringify(Object.entries(counted).sort()) !== JSON.stringify(Object.entries(summed).sort()))
    wrong.push(`the sums ${JSON.stringify(summed)} are not its states' ${JSON.stringify(counted)}`);

  for (const [bucket, revisions] of Object.entries(scenario.lives)) {
    if (gone(bucket)) continue;
    const last = revisions.at(-1);
    const state = [...states.values()].find(({ member }) => member.resource.id.endsWith(bucket));
    const stands = state?.member.open ? state.member.severity : state ? 'PASSED' : 'nothing';
    const overtaken = last === 'PASSED' && stands === 'nothing';
    if (!unlooked && stands !== last && !overtaken) wrong.push(`${bucket} is counted as ${stands}, and is ${last}`);
    if (unlooked || perplexed) continue;
    const naming = told.filter((message) => readable(message).includes(bucket) && !message.text.includes('all of it passes'));
    const most = revisions.filter(
      (each, n) => each !== 'PASSED' && (n === 0 || each === 'CRITICAL' || revisions[n - 1] === 'PASSED'),
    ).length;
    if (last !== 'PASSED' && naming.length === 0) wrong.push(`${bucket} was never told`);
    if (naming.length > most + repeats)
      wrong.push(`${bucket} was told ${naming.length} times, with ${most} changes and ${lostPosts} lost posts`);
    if (
      last === 'CRITICAL' &&
      naming.length > 0 &&
      !naming.some((message) => message.text.includes('CRITICAL') || readable(message).includes('CRITICAL'))
    )
      wrong.push(`${bucket}'s rise was never told`);
  }
  const posts = told.filter(({ thread }) => thread === undefined).length;
  if (posts > 1 + repeats) wrong.push(`${posts} messages with ${lostPosts} lost posts`);
  const allClosed = Object.entries(scenario.lives).every(([bucket, revisions]) => revisions.at(-1) === 'PASSED' && !gone(bucket));
  if (allClosed && !unlooked && header?.message && header.resolvedAt === undefined) wrong.push('its end was never told');
  return wrong;
}
