/** Configurations as text in folders of their own, so that lines and columns are real. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig, type Mistake } from '../../config/load';

export const NOW = Date.parse('2026-11-24T00:00:00Z');

export const SETTINGS = `organization: { id: o-ab12cd34ef, managementAccount: "111111111111", securityAccount: "222222222222" }
regions: { home: ap-northeast-1, linked: [us-east-1, eu-west-1] }
model: { profiles: ["jp.anthropic.claude-haiku-4-5-20251001-v1:0"] }
slack: { tokenSecret: security-hub-interpreter/slack-bot-token }
enablement: { targets: [r-ab12] }
`;

const RECEIVERS = `receivers:
  sec-ops: { channel: C0SECOPS001 }
  workloads: { channel: C0WORKLD001 }
  prod-oncall: { channel: C0PRODONC01 }
`;

/** A whole routes.yaml around the routes below the root. The first of them stands in line 9. */
export function routesWith(routes: string): string {
  const list = routes === '' ? '' : `${routes.replace(/^/gm, '    ')}\n`;
  return `${RECEIVERS}# The routes after the first ones use every receiver.\nroute:\n  receiver: sec-ops\n  routes:\n${list}${USES}`;
}

/** Uses of every receiver that take nothing from the routes before them. */
const USES = `    - { match: { account: "000000000001" }, receiver: workloads }
    - { match: { account: "000000000002" }, receiver: prod-oncall }
`;

const folders: string[] = [];

/** A new folder with the two files; `null` leaves a file out. */
export function folderWith(files: { settings?: string | null; routes?: string | null } = {}): string {
  const dir = mkdtempSync(join(tmpdir(), 'config-'));
  folders.push(dir);
  write(dir, files);
  return dir;
}

function write(dir: string, { settings = SETTINGS, routes = routesWith('') }: { settings?: string | null; routes?: string | null } = {}) {
  for (const [name, text] of Object.entries({ settings, routes })) {
    if (text === null) rmSync(join(dir, `${name}.yaml`), { force: true });
    else writeFileSync(join(dir, `${name}.yaml`), text);
  }
}

let loaded: string | undefined;

/** In one folder for all, which is written anew each time. */
export function mistakesOf(files: Parameters<typeof folderWith>[0], now = NOW): Mistake[] {
  loaded ??= folderWith();
  write(loaded, files);
  return loadConfig(loaded, now).mistakes;
}

export function removeFolders(): void {
  loaded = undefined;
  for (const dir of folders.splice(0)) rmSync(dir, { recursive: true, force: true });
}

/** `error route.routes[0].receiver: "x" is not defined.  Did you …`, without the place. */
export function said(mistakes: readonly Mistake[]): string[] {
  return mistakes.map(({ level, path, message, remedy }) => `${level} ${path}: ${message}.  ${remedy}`);
}
