/** What an auditor asks, and how it is answered: a verdict, and the facts that it rests on, each with its place in the templates. */
import type { Language } from '../../../config/schema';
import type { Place } from '../assembly';
import type { Audit } from '../audited';

export const QUESTIONS = ['suppress', 'model', 'leaves', 'readers', 'coverage', 'told', 'muted', 'changes', 'works', 'removal'] as const;
export type Question = (typeof QUESTIONS)[number];

/** A word of the answer, and the resource that it is read from. */
export type Cell = string | { text: string; anchors: string[] };

export interface Table {
  title: string;
  head: string[];
  rows: Cell[][];
}

export interface Answer {
  id: Question;
  question: string;
  /** In a sentence or two, from the facts below. */
  verdict: string;
  /** Whether it is as this system means it to be: `no` wants a person. */
  fine: boolean;
  /** Part of it is not known here: it was not asked, or measured of late. Neither well nor wrong. */
  open?: true;
  tables: Table[];
}

export type Answering = (audit: Audit, say: Say) => Omit<Answer, 'id'>;

/** The words of one language. */
export type Say = (en: string, ja: string) => string;

export const sayIn =
  (language: Language): Say =>
  (en, ja) =>
    language === 'ja' ? ja : en;

export const cell = (text: string, ...anchors: (string | undefined)[]): Cell => {
  const known = anchors.filter((anchor) => anchor !== undefined && anchor !== '') as string[];
  return known.length > 0 ? { text, anchors: known } : text;
};

/** In whose account. */
export const placeText = (place: Place, say: Say): string =>
  ({
    security: say('security', 'セキュリティ'),
    members: say('members', 'メンバー'),
    management: say('management', '管理'),
  })[place];

/** What a route asks for: of a list of conditions all must hold. @param asks as matchText says it. */
export const asksText = (asks: string, say: Say): string => asks.replaceAll(' · ', say(' and ', ' かつ '));

export function termText(seconds: number, say: Say): string {
  if (seconds >= 86_400) return say(`${seconds / 86_400} days`, `${seconds / 86_400} 日`);
  return seconds >= 3600 ? say(`${seconds / 3600} h`, `${seconds / 3600} 時間`) : say(`${seconds / 60} min`, `${seconds / 60} 分`);
}
