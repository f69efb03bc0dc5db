/** Which models explain findings, by inference profile, in order of preference. */
import { GEOGRAPHIES } from './geographies';
import type { Settings } from './schema';

/**
 * The cheapest of Claude that writes well enough, and the one before it, which takes what the first does not (facts: docs/decisions.md).
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-anthropic-claude-haiku-5-5.html and …-haiku-4-5.html
 */
export const DEFAULT_MODELS = ['anthropic.claude-haiku-5-5', 'anthropic.claude-haiku-4-5-20251001-v1:0'] as const;

/** Those in which both are documented. Not global, by which a request may be answered anywhere: that is for people to choose. */
const DEFAULT_GEOGRAPHIES = ['au', 'eu', 'jp', 'us'] as const;

/** @returns the profiles of the home Region's geography; none where the models above have none that is known, as in GovCloud or Seoul. */
export function defaultProfiles(home: string): string[] {
  const geography = DEFAULT_GEOGRAPHIES.find((prefix) => GEOGRAPHIES[prefix]?.sources.includes(home));
  return geography ? DEFAULT_MODELS.map((model) => `${geography}.${model}`) : [];
}

/** What settings.yaml names, else the default of its home Region. Empty only where the model is switched off: config/rules/model.ts. */
export function profilesOf({ model, regions }: Pick<Settings, 'model' | 'regions'>): string[] {
  return model.profiles ?? defaultProfiles(regions.home);
}
