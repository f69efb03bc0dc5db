/** The phrasebook as the functions read it: one file a language beside the code, and none of it in the code. */
import type { Language } from '../terms';

export interface PhraseWords {
  headline: string;
  meaning: string;
  impact: string;
  steps: string[];
}

export interface PhraseEntry extends PhraseWords {
  /** As people write it: `S3.2`, `guardduty/iam/Recon`. */
  id: string;
  resources?: Record<string, Partial<PhraseWords>>;
  runbook?: string;
  /** Words of whoever deploys: the model is not shown them, since they may name people and machines. */
  own?: true;
}

export interface Phrasebook {
  /** By their ids in lower case: AWS writes Autoscaling.5 and AutoScaling.1. */
  entries: Record<string, PhraseEntry>;
  /** Other names, in lower case, and whose they are: a standard's own id, a threat and its family. */
  aliases: Record<string, string>;
}

/** Beside the code. */
export function phrasebookFile(language: Language): string {
  return `phrasebook-${language}.json`;
}
