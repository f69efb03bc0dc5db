/** For what the model is asked, and what each question holds: read from the questions as the code makes them. */
import type { Settings } from '../../config/schema';
import { briefOf, officialText } from '../../handlers/domain/interpretation/brief';
import { againFor } from '../../handlers/domain/interpretation/again';
import { judgePromptFor } from '../../handlers/domain/interpretation/judge';
import { promptFor, type AnalystRequest } from '../../handlers/domain/interpretation/prompt';
import { parseFinding } from '../../handlers/domain/finding/event';
import { control } from '../samples/checks';

export interface AuditedQuestion {
  /** `again` is the first once more, where sentences of the answer were withheld. */
  use: 'words' | 'again' | 'judge';
  /** Beside instructions that are the same for all findings of a kind. */
  holds: string[];
}

const ANSWER = { summary: 'A sentence.', impact: 'A sentence.', actions: ['A sentence.'] };

export function questionsOf({ model }: Pick<Settings, 'model'>): AuditedQuestion[] {
  const finding = parseFinding(control('first'));
  const brief = briefOf(finding, officialText(finding), []);
  const words = promptFor(brief, 'en');
  const sentences = [{ part: 'summary' as const, sentence: ANSWER.summary }];
  const asked = ({ prompt }: AnalystRequest, use: AuditedQuestion['use']) => ({ use, holds: Object.keys(JSON.parse(prompt)) });
  return [
    asked(words, 'words'),
    asked(againFor(words, ANSWER, []), 'again'),
    ...(model.judge === 'off' ? [] : [asked(judgePromptFor(brief, sentences, 'en'), 'judge')]),
  ];
}
