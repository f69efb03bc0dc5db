/** Every command of the operator. A new one is a file that exports its definition, and a line here. */
import { auditCommand } from './audit';
import { demoCommand } from './demo';
import { doctorCommand } from './doctor';
import { evalCommand } from './eval';
import type { Command } from './frame/command';
import { ledgerCommand } from './ledger';
import { phrasebookCommand } from './phrasebook';
import { prerequisitesCommand } from './prerequisites';
import { redriveCommand } from './redrive';
import { replayCommand } from './replay';
import { rollbackCommand } from './rollback';
import { routesCommand } from './routes';
import { simulateCommand } from './simulate';
import { slackManifestCommand } from './slack-manifest';
import { versionsCommand } from './versions';
import { wordsCommand } from './words';

/** In the order of the help, within their groups. */
export const commands: readonly Command[] = [
  demoCommand,
  routesCommand,
  replayCommand,
  phrasebookCommand,
  simulateCommand,
  evalCommand,
  doctorCommand,
  auditCommand,
  prerequisitesCommand,
  slackManifestCommand,
  redriveCommand,
  ledgerCommand,
  wordsCommand,
  versionsCommand,
  rollbackCommand,
];
