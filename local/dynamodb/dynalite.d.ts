/** dynalite ships no types; these are the parts used here. */
declare module 'dynalite' {
  import type { Server } from 'node:http';

  interface Options {
    /** LevelDB folder; in memory without it. */
    path?: string;
    createTableMs?: number;
    deleteTableMs?: number;
    updateTableMs?: number;
  }
  export default function dynalite(options?: Options): Server;
}
