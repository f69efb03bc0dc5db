/** What an importer writes may be as long as an event is: no text of it makes a key or a row that DynamoDB refuses. */
import { controlFinding, eventOf, ocsfFinding } from './events';
import { HOSTILE, hostileFindings } from './hostile-texts';
import { HOUR, START, World } from './world';

const LONG = [
  ['of 3,000 characters', 'x'.repeat(3000)],
  ['of 1,200 characters of three bytes', '検'.repeat(1200)],
  ['of one space', ' '],
  ['of nothing', ''],
  ['that looks like a key', '__proto__'],
  ['of names of types', 'constructor'],
] as const;

test.each(LONG)('findings with texts %s are told, changed and closed', async (_what, word) => {
  const world = new World();
  const said = (events: object[]) => events.map((event) => JSON.parse(JSON.stringify(event).replaceAll(HOSTILE, word)) as object);
  for (const event of said(hostileFindings())) world.send(event);
  for (const event of said(hostileFindings({ at: HOUR, bucket: 'second' }))) world.send(event, HOUR);
  for (const event of said(hostileFindings({ at: 3 * HOUR, closed: true }))) world.send(event, 3 * HOUR);
  await world.run(START + 5 * HOUR);
  expect(world.decisions.filter(({ outcome }) => outcome === 'recorded').length).toBeGreaterThan(10);
  expect(world.dead.map(({ reason }) => reason)).toEqual([]);
});

test("nor does an id of a control of AWS's own, in any of the places that name one", async () => {
  const control = 'A very long name '.repeat(300);
  const older = { ...controlFinding({ bucket: 'older' }), Compliance: { Status: 'FAILED' }, ProductFields: { ControlId: control } };
  const newer = { ...ocsfFinding({ bucket: 'newer' }), compliance: { control, status: 'Fail' } };
  const world = new World();
  for (const finding of [controlFinding({ control }), older]) world.send(eventOf('asff', finding));
  world.send(eventOf('ocsf', newer));
  await world.run(START + HOUR);
  expect(world.dead.map(({ reason }) => reason)).toEqual([]);
  expect(world.decisions.map(({ outcome }) => outcome)).toEqual(['recorded', 'recorded', 'recorded']);
});
