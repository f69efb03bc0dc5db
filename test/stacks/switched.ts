/** Synthesizes a set of switches with cdk-nag. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildApp } from '../../stacks/app';
import { type Choice, configurationOf } from './switches';
import { temporaryFolder } from './temporary-folder';

process.env.CDK_VALIDATION = 'false';

/** @returns the templates, StackSets' own included, and all that was said. */
export function synthesized(choice: Choice): { templates: string[]; said: string[] } {
  const { config, errors } = configurationOf(choice);
  if (!config) return { templates: [], said: errors.map(({ path, message }) => `${path.join('.')}: ${message}`) };
  const said: string[] = [];
  const spy = jest.spyOn(console, 'error').mockImplementation((...words) => void said.push(words.join(' ')));
  try {
    const { app } = buildApp({ config, outdir: temporaryFolder(), nag: true, context: { 'aws:cdk:bundling-stacks': [] } });
    const { directory } = app.synth();
    const templates = readdirSync(directory).filter((name) => name.endsWith('.template.json'));
    return { templates: templates.map((name) => join(directory, name)), said };
  } finally {
    spy.mockRestore();
  }
}
