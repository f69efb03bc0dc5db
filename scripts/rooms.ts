/** `npx tsx scripts/rooms.ts`: draws the rooms, and the way of a finding through them, into docs/images/rooms.svg. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const PICTURE = join(__dirname, '../docs/images/rooms.svg');

type Look = 'outside' | 'code' | 'group';

/** A box of the picture, in pixels. `name` is a path in the repository, but for what lies outside it. */
interface Room {
  at: readonly [x: number, y: number, width: number, height: number];
  look: Look;
  name: string;
  /** What it is for, a line each. */
  does: readonly string[];
  /** Which steps of the way are taken here. */
  steps: readonly number[];
}

const GREY = '#5a6270';
const BLUE = '#0b5c8a';
const FILLS: Record<Look, string> = {
  outside: `fill="#fff8e6" stroke="#c79a2b"`,
  code: `fill="#fff" stroke="${GREY}"`,
  group: `fill="#f2f6fa" stroke="#9aa3b2"`,
};

type Place = Room['at'];
const box = (look: Look, name: string, at: Place, does: string, ...steps: number[]): Room => ({
  at,
  look,
  name,
  does: does.split(' | '),
  steps,
});
const outside = (name: string, x: number, width: number, does: string, ...steps: number[]) =>
  box('outside', name, [x, 40, width, 62], does, ...steps);
const room = (name: string, at: Place, does: string, ...steps: number[]) => box('code', name, at, does, ...steps);
const group = (name: string, at: Place, does: string) => box('group', name, at, does);

/** What each is for: a bar begins a new line. Then the steps. */
export const ROOMS: readonly Room[] = [
  outside('Security Hub', 20, 116, 'of all accounts'),
  outside('EventBridge rules', 164, 154, 'let in what opens | and what closes', 1),
  outside('findings queue', 346, 132, 'no order kept', 2),
  outside('ledger', 506, 132, 'rows with versions', 5),
  outside('deliveries queue', 666, 150, 'one problem, | one after the other', 6),
  outside('Slack', 834, 106, 'one message', 10),

  group('handlers', [20, 138, 920, 298], ''),
  room('handlers/adapters', [36, 172, 172, 70], 'AWS and Slack, a file a | service, keep the ports'),
  room('handlers/enroll', [222, 172, 144, 32], 'members'),
  room('handlers/tick', [222, 210, 144, 32], 'what is due'),
  room('handlers/intake', [380, 172, 254, 70], 'admit, find the owner, route, | write the finding, mark, wake', 3),
  room('handlers/deliver', [648, 172, 278, 70], 'take in changes, plan, ask Bedrock, | post or edit, mark NOTIFIED', 7),
  room(
    'handlers/ports.ts',
    [36, 254, 890, 34],
    'what they need of the world: ledger, queues, Slack, model, Security Hub, Organizations, time',
  ),

  group('handlers/domain', [36, 300, 890, 122], 'pure: no clock, no network, no SDK; each room knows those to its left'),
  room('handlers/domain/text', [46, 342, 84, 66], 'made inert, | hashed'),
  room('handlers/domain/finding', [136, 342, 160, 66], 'ASFF, OCSF in one shape; | admitted, merged', 3),
  room('handlers/domain/facts', [302, 342, 94, 66], 'what decides', 5),
  room('handlers/domain/phrasebook', [402, 342, 106, 66], 'which words | are of a finding'),
  room('handlers/domain/interpretation', [514, 342, 150, 66], 'brief, prompt; which of | the sentences are kept', 8),
  room('handlers/domain/problem', [670, 342, 124, 66], 'its rows; the plan: | what is told, when', 7, 5),
  room('handlers/domain/message', [800, 342, 116, 66], 'rows, words, links, | blocks', 9),

  group('config', [20, 452, 920, 84], 'settings.yaml, routes.yaml, their one definition, checks that name each mistake'),
  room('config/routing', [100, 486, 300, 40], 'who is told, and why', 4),
  room('config/phrases', [414, 486, 330, 40], 'words that ship, and your own'),

  room('stacks', [20, 570, 220, 70], 'all that is deployed: rules, | queues, alarms, rights'),
  room('cli', [254, 570, 220, 70], "an operator's commands: | doctor, redrive, routes, replay"),
  room('local', [488, 570, 206, 70], 'stand-ins on loopback for | AWS and Slack'),
  room('scripts', [708, 570, 112, 70], 'for developers'),
  room('test', [834, 570, 106, 70], 'mirrors the tree'),
];

/** Where the finding goes, from box to box; coordinates of each bend. */
const WAY: readonly string[] = [
  'M136 71H160',
  'M318 71H342',
  'M412 102V168',
  'M560 172V106',
  'M600 172V128H700V106',
  'M756 102V168',
  'M880 172V106',
];
/** NOTIFIED, written back. */
const BACK = 'M914 172V120H78V106';

const CAPTIONS: readonly [x: number, y: number, text: string][] = [
  [20, 24, 'Outside: AWS and Slack'],
  [100, 159, 'imports go down only'],
  [20, 560, 'Beside them'],
];

const ABOUT =
  'The rooms of the repository and the way of a finding: Security Hub, EventBridge rules, findings queue, intake, ledger, deliveries queue, deliver, Slack. Below them ports, the domain and the configuration.';

/** The picture as SVG. */
export function drawRooms(): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 656" role="img" aria-label="${ABOUT}">
<style>
text{font-family:system-ui,"Segoe UI",Helvetica,Arial,sans-serif;fill:#1f2430}
.t{font-size:13px;font-weight:600} .s{font-size:11px;fill:${GREY}} .c{font-size:12px;fill:${GREY}} .n{font-size:10px;font-weight:700;fill:#fff}
.way{fill:none;stroke:${BLUE};stroke-width:2}
</style>
<defs><marker id="h" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="6" markerHeight="6" orient="auto"><path d="M0 0L8 4L0 8z" fill="${BLUE}"/></marker></defs>
<rect fill="#fff" width="960" height="656"/>
${ROOMS.map(drawn).join('\n')}
${WAY.map((path) => `<path class="way" marker-end="url(#h)" d="${path}"/>`).join('\n')}
<path class="way" stroke-dasharray="5 4" marker-end="url(#h)" d="${BACK}"/>
${CAPTIONS.map(([x, y, text]) => `<text class="c" x="${x}" y="${y}">${text}</text>`).join('\n')}
</svg>
`;
}

function drawn({ at: [x, y, width, height], look, name, does, steps }: Room): string {
  // A low box has its words beside its name.
  const onOneLine = height < 60 || look === 'group';
  const label = name.replace(/^handlers\/(domain\/)?(?=.)/, '');
  const lines = onOneLine
    ? [`<tspan class="t">${label}</tspan>  <tspan class="s" dx="6">${does.join(' ')}</tspan>`]
    : [`<tspan class="t">${label}</tspan>`, ...does.map((line) => `<tspan class="s">${line}</tspan>`)];
  const text = lines.map((line, row) => `<text x="${x + 10}" y="${y + 21 + row * 16}">${line}</text>`).join('');
  const marks = steps.map((step, index) => circle(x + width - 14 - index * 20, y + 3, step)).join('');
  return `<rect ${FILLS[look]} x="${x}" y="${y}" width="${width}" height="${height}" rx="7"/>${text}${marks}`;
}

function circle(x: number, y: number, step: number): string {
  return `<circle fill="${BLUE}" cx="${x}" cy="${y}" r="9"/><text class="n" x="${x}" y="${y + 3.5}" text-anchor="middle">${step}</text>`;
}

if (require.main === module) {
  writeFileSync(PICTURE, drawRooms());
  process.stdout.write(`${PICTURE}\n`);
}
