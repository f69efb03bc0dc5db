/** What the commands show: the demo's page, and terminals as pages. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { type Html, html } from '../cli/show/html';
import { renderDocument } from '../cli/show/page';
import { openClinic } from '../test/cli/doctor/doctor';
import { typed } from '../test/cli/terminal';

const COLUMNS = 100;
/** CSS pixels, in which so many columns fit. */
export const TERMINAL_WIDTH = 900;
const EXAMPLE = 'config/examples/tokyo-stack-sets';
/** One finding, so that the picture shows an answer below the tree. */
const QUESTION = ['--account', '777777777777', '--ou', 'Workloads/Prod/Regulated', '--severity', 'CRITICAL'];

/** Plays the demo. @throws Error with what it said where it fails. */
export async function demoPage(): Promise<string> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'cli/hub.ts', 'demo'], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const status = await new Promise((done) => child.on('close', done));
  if (status !== 0) throw new Error(`npm run demo ended with ${status}:\n${said}`);
  return readFileSync('out/demo.html', 'utf8');
}

/** The doctor, of an organization on stand-ins in which one channel is archived. */
export async function doctorScreen(): Promise<string> {
  const clinic = await openClinic();
  try {
    const channel = clinic.world.slack.channels.get('C0WORKLD001');
    if (channel) channel.archived = true;
    const { out } = await clinic.run([], { width: COLUMNS, colour: true });
    // An operator's configuration is where the commands look by themselves.
    return terminalPage('npm run doctor', out.replaceAll(` -c config=${clinic.config}`, '').replaceAll(clinic.config, 'config'));
  } finally {
    await clinic.close();
  }
}

export async function routesScreen(): Promise<string> {
  const screen = { width: COLUMNS, colour: true, now: Date.now };
  const tree = await typed(['routes', '--config', EXAMPLE], screen);
  const answer = await typed(['routes', '--config', EXAMPLE, ...QUESTION], screen);
  return terminalPage('npm run routes', tree.out, `npm run routes -- ${QUESTION.join(' ')}`, answer.out);
}

const STYLE = `
body{margin:0;background:#1a1d21}
main{padding:14px 18px 18px;color:#dcddde;font:14px/1.4 "DejaVu Sans Mono",Menlo,Consolas,monospace}
pre{margin:0;font:inherit;white-space:pre-wrap}
.typed{margin-top:14px}.typed:first-child{margin:0}
.s1,.typed{font-weight:700;color:#fff}.s2{color:#a3a5a8}.s31{color:#f2637e}.s32{color:#56c28f}.s33{color:#e8b93c}
`;

/** @param shown what was typed, then what was answered, by turns. */
function terminalPage(...shown: string[]): string {
  const parts = shown.map((text, n) => (n % 2 === 0 ? html`<pre class="typed">$ ${text}</pre>` : html`<pre>${painted(text)}</pre>`));
  return renderDocument(html`<main>${parts}</main>`, { title: shown[0] ?? '', language: 'en', style: STYLE });
}

/** The few styles that the commands paint in (cli/show/columns.ts). https://en.wikipedia.org/wiki/ANSI_escape_code#SGR */
function painted(text: string): Html[] {
  const styles = new Set<number>();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what a terminal obeys.
  return text.split(/\u001b\[(\d+)m/).flatMap((part, n) => {
    if (n % 2 === 0) return part === '' ? [] : html`<span class="${[...styles].map((style) => `s${style}`).join(' ')}">${part}</span>`;
    const code = Number(part);
    if (code === 22) for (const weight of [1, 2]) styles.delete(weight);
    else if (code === 39) for (const colour of [31, 32, 33]) styles.delete(colour);
    else if (code === 0) styles.clear();
    else styles.add(code);
    return [];
  });
}
