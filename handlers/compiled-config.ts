/** The checked configuration that the stack laid beside the code. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config/schema';

export function loadCompiledConfig(): Config {
  return JSON.parse(readFileSync(join(process.env.LAMBDA_TASK_ROOT ?? '.', 'config.json'), 'utf8')) as Config;
}
