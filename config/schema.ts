/**
 * The one definition of the configuration: its types, its checks and, through
 * `npm run schemas`, the JSON Schemas that editors complete from.
 */
import type * as z from 'zod';
import type { OwnEntry } from './phrases/schema';
import type { receiverSchema, routesSchema } from './routing/schema';
import type { settingsSchema } from './settings-schema';

export { type Match, matchSchema, type RouteInput, receiverSchema, routeSchema, routesSchema } from './routing/schema';
export { settingsSchema } from './settings-schema';
export type { Severity } from './severities';
export { accountId, LANGUAGES, type Language, region, SEVERITIES } from './terms';

export type Settings = z.infer<typeof settingsSchema>;
export type Receiver = z.infer<typeof receiverSchema>;
export type Routes = z.infer<typeof routesSchema>;
export type Owners = Routes['owners'];

/** What the functions read: both files, checked, with defaults filled in. */
export interface Config {
  settings: Settings;
  routes: Routes;
  /** The environment that the settings are of; absent: of the one deployment that needs no name. */
  environment?: string;
  /** What phrasebook/ beside the two files adds to the phrasebook or says otherwise, by id; the functions read it compiled. */
  phrases?: Record<string, OwnEntry>;
}
