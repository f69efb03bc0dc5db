/** The page's own words. Messages bring theirs. */
import { WRITTEN } from '../../config/languages';
import type { Language } from '../../config/schema';

export interface PageWords {
  skip: string;
  channels: string;
  outcomes: string;
  app: string;
  edited: string;
  /** In front of the notification of the message whose thread it is in. */
  repliedTo: string;
  alsoSentTo(channel: string): string;
  none: string;
  finding: string;
  severity: string;
  account: string;
  receivers: string;
  outcome: string;
  outcomeNames: Record<string, string>;
  messages(count: number): string;
  replies(count: number): string;
  madeOn(at: Date, timeZone: string): string;
}

function instant(language: Language, at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat(WRITTEN[language].locale, { dateStyle: 'long', timeStyle: 'short', timeZone }).format(at);
}

export const PAGE_WORDS: Record<Language, PageWords> = {
  en: {
    skip: 'Skip to the messages',
    channels: 'Channels',
    outcomes: 'Where each finding went',
    app: 'App',
    edited: '(edited)',
    repliedTo: 'replied to a thread:',
    alsoSentTo: (channel) => `Also sent to #${channel}`,
    none: 'Nothing was sent to this channel.',
    finding: 'Finding',
    severity: 'Severity',
    account: 'Account',
    receivers: 'Receivers',
    outcome: 'Outcome',
    outcomeNames: {},
    messages: (count) => `${count} ${count === 1 ? 'message' : 'messages'}`,
    replies: (count) => `${count} ${count === 1 ? 'reply' : 'replies'}`,
    madeOn: (at, timeZone) => `Made on this machine on ${instant('en', at, timeZone)} (${timeZone}). This page sends and loads nothing.`,
  },
  ja: {
    skip: 'メッセージへ移動',
    channels: 'チャンネル',
    outcomes: '各検出結果の行き先',
    app: 'アプリ',
    edited: '（編集済み）',
    repliedTo: 'スレッドに返信しました：',
    alsoSentTo: (channel) => `#${channel} にも送信済み`,
    none: 'このチャンネルには何も送信されませんでした。',
    finding: '検出結果',
    severity: '重要度',
    account: 'アカウント',
    receivers: '通知先',
    outcome: '結果',
    outcomeNames: {
      posted: '投稿',
      updated: '更新',
      unchanged: '変化なし',
      filtered: '対象外',
      muted: 'ミュート',
      invalid: '無効',
      failed: '失敗',
    },
    messages: (count) => `メッセージ ${count} 件`,
    replies: (count) => `${count} 件の返信`,
    madeOn: (at, timeZone) => `${instant('ja', at, timeZone)}（${timeZone}）にこのマシンで作成。このページは何も送受信しません。`,
  },
};
