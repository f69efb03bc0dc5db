/** All ten, in their order. */
import type { Audit } from './audited';
import { type Answer, type Answering, QUESTIONS, type Question, type Say } from './answers/answer';
import { coverage } from './answers/coverage';
import { leaves, model } from './answers/model';
import { readers } from './answers/readers';
import { removal } from './answers/removal';
import { muted } from './answers/muted';
import { changed, toldIn } from './answers/routes';
import { suppress } from './answers/suppress';
import { works } from './answers/works';

const ANSWERS: Record<Exclude<Question, 'told'>, Answering> = {
  suppress,
  model,
  leaves,
  readers,
  coverage,
  muted,
  changes: changed,
  works,
  removal,
};

/** @param ou of the question who is told. */
export function answer(id: Question, audit: Audit, say: Say, ou?: string): Answer {
  const answering = id === 'told' ? toldIn(ou) : ANSWERS[id];
  return { id, ...answering(audit, say) };
}

export const answers = (audit: Audit, say: Say): Answer[] => QUESTIONS.map((id) => answer(id, audit, say));
