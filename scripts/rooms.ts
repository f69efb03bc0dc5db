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
  steps?: readonly number[];
}

const GREY = '#5a6270';
const BLUE = '#0b5c8a';
const FILLS: Record<Look, string> = {
  outside: `fill="#fff8e6" stroke="#c79a2b"`,
  code: `fill="#fff" stroke="${GREY}"`,
  group: `fill="#f2f6fa" stroke="#9aa3b2"`,
};

const [ROOM, OUTSIDE, GROUP] = ['code', 'outside', 'group'] as const;

export const ROOMS: readonly Room[] = [
  { at: [20, 40, 116, 62], look: OUTSIDE, name: 'Security Hub', does: ['of all accounts'] },
  { at: [164, 40, 154, 62], look: OUTSIDE, name: 'EventBridge rules', does: ['let in what opens', 'and what closes'], steps: [1] },
  { at: [346, 40, 132, 62], look: OUTSIDE, name: 'findings queue', does: ['no order kept'], steps: [2] },
  { at: [506, 40, 132, 62], look: OUTSIDE, name: 'ledger', does: ['rows with versions'], steps: [5] },
  { at: [666, 40, 150, 62], look: OUTSIDE, name: 'deliveries queue', does: ['one problem,', 'one after the other'], steps: [6] },
  { at: [834, 40, 106, 62], look: OUTSIDE, name: 'Slack', does: ['one message'], steps: [10] },

  { at: [20, 138, 920, 298], look: GROUP, name: 'handlers', does: [] },
  { at: [36, 172, 172, 70], look: ROOM, name: 'handlers/adapters', does: ['AWS and Slack, a file a', 'service, keep the ports'] },
  { at: [222, 172, 144, 70], look: ROOM, name: 'handlers/enroll', does: ['daily: every account', 'becomes a member'] },
  {
    at: [380, 172, 254, 70],
    look: ROOM,
    name: 'handlers/intake',
    does: ['admit, find the owner, route,', 'write member and finding, wake'],
    steps: [3],
  },
  {
    at: [648, 172, 278, 70],
    look: ROOM,
    name: 'handlers/deliver',
    does: ['plan, ask Bedrock, post or edit,', 'record, mark NOTIFIED'],
    steps: [7],
  },
  {
    at: [36, 254, 890, 34],
    look: ROOM,
    name: 'handlers/ports.ts',
    does: ['what they need of the world: ledger, queues, Slack, model, Security Hub, Organizations, time'],
  },

  {
    at: [36, 300, 890, 122],
    look: GROUP,
    name: 'handlers/domain',
    does: ['pure: no clock, no network, no SDK; each room knows those to its left'],
  },
  { at: [50, 342, 130, 66], look: ROOM, name: 'handlers/domain/text', does: ['made inert, hashed'] },
  {
    at: [194, 342, 180, 66],
    look: ROOM,
    name: 'handlers/domain/finding',
    does: ['ASFF, OCSF in one shape;', 'admitted, merged'],
    steps: [3],
  },
  {
    at: [388, 342, 188, 66],
    look: ROOM,
    name: 'handlers/domain/interpretation',
    does: ['brief, prompt; which of', 'the sentences are kept'],
    steps: [8],
  },
  {
    at: [590, 342, 146, 66],
    look: ROOM,
    name: 'handlers/domain/problem',
    does: ['its rows; the plan:', 'what is told, when'],
    steps: [7, 5],
  },
  { at: [750, 342, 162, 66], look: ROOM, name: 'handlers/domain/message', does: ['facts, words, links,', 'blocks'], steps: [9] },

  {
    at: [20, 452, 920, 84],
    look: GROUP,
    name: 'config',
    does: ['settings.yaml, routes.yaml, their one definition, checks that name each mistake'],
  },
  { at: [194, 486, 340, 40], look: ROOM, name: 'config/routing', does: ['who is told, and why'], steps: [4] },

  { at: [20, 570, 220, 70], look: ROOM, name: 'stacks', does: ['all that is deployed: rules,', 'queues, alarms, rights'] },
  { at: [254, 570, 220, 70], look: ROOM, name: 'cli', does: ["an operator's commands:", 'doctor, redrive, routes, replay'] },
  { at: [488, 570, 206, 70], look: ROOM, name: 'local', does: ['stand-ins on loopback for', 'AWS and Slack'] },
  { at: [708, 570, 112, 70], look: ROOM, name: 'scripts', does: ['for developers'] },
  { at: [834, 570, 106, 70], look: ROOM, name: 'test', does: ['mirrors the tree'] },
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
${ROOMS.map(room).join('\n')}
${WAY.map((path) => `<path class="way" marker-end="url(#h)" d="${path}"/>`).join('\n')}
<path class="way" stroke-dasharray="5 4" marker-end="url(#h)" d="${BACK}"/>
${CAPTIONS.map(([x, y, text]) => `<text class="c" x="${x}" y="${y}">${text}</text>`).join('\n')}
</svg>
`;
}

function room({ at: [x, y, width, height], look, name, does, steps = [] }: Room): string {
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
