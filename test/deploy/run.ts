/**
 * `npm run test:deploy`: the real cdk command deploys to moto, and the functions run as they were deployed.
 * Exit status: 0 every fact holds; 1 one does not; 2 not run, for want of moto; 130 stopped.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepEvidence } from '../../cli/evidence/evidence';
import type { TestRun } from '../../cli/evidence/proof';
import { deployment } from './deployment';
import type { Run } from './run-parts';
import { HOW_TO_GET_MOTO, motoIsThere } from './moto';
import { createProgress } from './progress';
import { findRuntime } from './runtime';

async function main(): Promise<number> {
  if (!motoIsThere()) {
    console.error(HOW_TO_GET_MOTO);
    return 2;
  }
  // What the SDK will require next year is no matter of the person who runs a test.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const folder = mkdtempSync(join(tmpdir(), 'security-hub-interpreter-deploy-'));
  const ending: Run['ending'] = [() => rmSync(folder, { recursive: true, force: true })];
  const clues: Run['clues'] = [];
  const progress = createProgress();
  const made = new Date().toISOString();
  const keep = (failed: number) => {
    const facts = { passed: progress.summary().facts, failed, skipped: 0 };
    const result: TestRun = { suites: 1, ...facts, proofs: [{ path: 'test/deploy', proves: ['deployed'], ...facts }] };
    const environment = `Node ${process.versions.node}, ${process.platform}${process.env.CI ? ', CI' : ''}`;
    keepEvidence('out/evidence', 'test-deploy', { made, command: 'npm run test:deploy', environment, result });
  };
  try {
    await deployment({ folder, ending, clues, progress, runtime: findRuntime(), signal: stop.signal });
    const { facts, seconds } = progress.summary();
    const all = Object.values(seconds).reduce((sum, each) => sum + each, 0);
    keep(0);
    console.log(`All ${facts} facts hold, after ${all.toFixed(0)} s.`);
    return 0;
  } catch (error) {
    if (stop.signal.aborted) {
      console.error('Stopped.');
      return 130;
    }
    keep(1);
    for (const clue of clues) console.error(clue());
    console.error(error);
    return 1;
  } finally {
    for (const end of ending.reverse()) await end();
  }
}

main().then((status) => process.exit(status));
