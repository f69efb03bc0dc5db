/**
 * A picture of a page through a Chromium that is installed, spoken to by its DevTools protocol over a pipe: no package, no
 * port, no request. https://chromedevtools.github.io/devtools-protocol/
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';

export interface PictureOptions {
  /** CSS pixels; the height is the page's own. */
  width: number;
  /** Picture pixels per CSS pixel. */
  scale?: number;
  dark?: boolean;
  /** A script that runs in the page before the picture is taken. */
  script?: string;
  /** CSS selector of what is in the picture; by default all of it. */
  of?: string;
  /** CSS pixels: what is higher is cut off. */
  tallest?: number;
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const TIMEOUT_MS = 60_000;

/** Path of the browser: CHROMIUM_PATH where it is set, else the first known name on the PATH. Undefined where there is none. */
export function findChromium(env: Record<string, string | undefined>): string | undefined {
  if (env.CHROMIUM_PATH) return existsSync(env.CHROMIUM_PATH) ? env.CHROMIUM_PATH : undefined;
  const onPath = (env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...onPath, MAC].find((path) => existsSync(path));
}

/** The PNG of the whole page. Throws when there is no browser or it does not answer within a minute. */
export function takePicture(html: string, options: PictureOptions, env: Record<string, string | undefined> = process.env): Promise<Buffer> {
  return inBrowser(html, options, env, async (page) => {
    if (options.script !== undefined) await page.evaluate(options.script);
    const { cssContentSize } = await page.call<{ cssContentSize: { height: number } }>('Page.getLayoutMetrics');
    // A page is never lower than its window: measured in a low one, photographed in one of its own height.
    await page.resize(Math.ceil(cssContentSize.height));
    const clip = await page.evaluate(boxOf(options));
    const picture = await page.call<{ data: string }>('Page.captureScreenshot', { format: 'png', clip });
    return Buffer.from(picture.data, 'base64');
  });
}

/**
 * What each script answers, run in the page one after the other, whatever the page's own policy forbids. An answer is what JSON can hold.
 * Throws when there is no browser, where a script throws, or where there is no answer within a minute.
 */
export function askPage(
  html: string,
  options: PictureOptions,
  scripts: readonly string[],
  env: Record<string, string | undefined> = process.env,
): Promise<unknown[]> {
  return inBrowser(html, options, env, async (page) => {
    await page.resize(844);
    const answers: unknown[] = [];
    for (const script of scripts) answers.push(await page.evaluate(script));
    return answers;
  });
}

interface Evaluated {
  result: { value?: unknown };
  exceptionDetails?: { text: string; exception?: { description?: string } };
}

/** A script that answers the box of what is in the picture, in CSS pixels. */
function boxOf({ of = 'html', tallest = Number.MAX_SAFE_INTEGER }: PictureOptions): string {
  return `(() => {
    const { x, y, width, height } = document.querySelector(${JSON.stringify(of)}).getBoundingClientRect();
    return { x, y: y + scrollY, width, height: Math.min(height, ${tallest}), scale: 1 };
  })()`;
}

interface Page {
  evaluate(script: string): Promise<unknown>;
  call<T>(method: string, params?: object): Promise<T>;
  /** @param height CSS pixels; the width is that of the options. */
  resize(height: number): Promise<void>;
}

async function inBrowser<T>(
  html: string,
  options: PictureOptions,
  env: Record<string, string | undefined>,
  use: (page: Page) => Promise<T>,
): Promise<T> {
  const browser = findChromium(env);
  if (!browser) {
    const where = env.CHROMIUM_PATH ? `CHROMIUM_PATH names ${env.CHROMIUM_PATH}, which does not exist` : 'none is on the PATH';
    throw new Error(
      `Pictures need Chromium or Google Chrome, and ${where}. Install one (Debian: apt-get install chromium fonts-noto-color-emoji fonts-noto-cjk fonts-lato) or set CHROMIUM_PATH to its program.`,
    );
  }
  const folder = await mkdtemp(join(tmpdir(), 'picture-'));
  const file = join(folder, 'page.html');
  await writeFile(file, html);
  const child = spawn(browser, [...FLAGS, '--no-first-run', '--remote-debugging-pipe', `--user-data-dir=${join(folder, 'profile')}`], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  try {
    return await use(await opened(new DevTools(child, browser), pathToFileURL(file).href, options));
  } finally {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null && child.kill('SIGKILL')) await ended;
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function opened(tools: DevTools, url: string, { width, scale = 2, dark = false }: PictureOptions): Promise<Page> {
  const { targetId } = await tools.call<{ targetId: string }>('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await tools.call<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true });
  const call = <T>(method: string, params: object = {}) => tools.call<T>(method, params, sessionId);
  const resize = (height: number) =>
    call<void>('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: scale, mobile: false });
  await call('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }] });
  await resize(1);
  await call('Emulation.setScrollbarsHidden', { hidden: true });
  await call('Page.enable');
  const loaded = tools.event('Page.loadEventFired');
  await call('Page.navigate', { url });
  await loaded;
  const evaluate = async (expression: string) => {
    const { result, exceptionDetails } = await call<Evaluated>('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails)
      throw new Error(`A script failed in the page: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
    return result.value;
  };
  return { call, evaluate, resize };
}

interface Answer {
  id?: number;
  method?: string;
  result?: unknown;
  error?: { message: string };
}

/** Commands and answers are JSON, each ended by a zero byte, on file descriptors 3 and 4. */
class DevTools {
  /** By the id of the call, or by the method of an event. */
  private readonly answers = new EventEmitter();
  private readonly gone = new AbortController();
  private nextId = 1;
  private rest = '';

  constructor(
    private readonly child: ChildProcess,
    private readonly browser: string,
  ) {
    child.once('exit', () => this.gone.abort()).once('error', () => this.gone.abort());
    (child.stdio[4] as Readable).setEncoding('utf8').on('data', (chunk: string) => {
      const parts = (this.rest + chunk).split('\0');
      this.rest = parts.pop() ?? '';
      for (const answer of parts.map((part) => JSON.parse(part) as Answer)) this.answers.emit(String(answer.id ?? answer.method), answer);
    });
    (child.stdio[3] as Writable).on('error', () => {});
  }

  async call<T>(method: string, params: object, sessionId?: string): Promise<T> {
    const id = this.nextId++;
    const answered = this.wait(String(id), method);
    (this.child.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    const { result, error } = await answered;
    if (error) throw new Error(`${this.browser} refused ${method}: ${error.message}`);
    return result as T;
  }

  async event(method: string): Promise<void> {
    await this.wait(method, method);
  }

  private async wait(name: string, what: string): Promise<Answer> {
    const limit = AbortSignal.timeout(TIMEOUT_MS);
    try {
      const [answer] = await once(this.answers, name, { signal: AbortSignal.any([limit, this.gone.signal]) });
      return answer as Answer;
    } catch {
      throw new Error(
        limit.aborted
          ? `${this.browser} did not answer ${what} within ${TIMEOUT_MS / 1000} s.`
          : `${this.browser} ended before it answered ${what}. Run it by hand to see why.`,
      );
    }
  }
}
