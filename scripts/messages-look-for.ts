/** What whoever reads a file of test/messages looks for. */
import type { Sample } from '../cli/samples/told';
import type { Language } from '../config/schema';

interface MessageWords {
  /** What a reader of the file looks for, by state and by the name of the sample problem. */
  state: Record<Sample['state'], string>;
  name: Record<string, string>;
  message: string;
  edited: string;
  reply: string;
  broadcast: string;
  silent: string;
}

export const LOOK_FOR: Record<Language, MessageWords> = {
  en: {
    state: {
      told: 'Look for: how bad, what is wrong, whose; get up or not; the first step. From the notification alone, too.',
      grown: 'Look for: what is new stands first; the counts agree with the rows; who is mentioned again.',
      closed: 'Look for: how it ended, in its own word and mark; nothing left to do is told to be done; nobody is mentioned.',
    },
    name: {
      control: 'It names the bucket and the account; public is said of these buckets, not of the rule.',
      threat: 'The instance attacks 198.51.100.23 over SSH: it is no victim. How often, and that it was not blocked.',
      'attack-sequence': 'Which user, without MFA, did what in which order, from the Tor network.',
      'weak-package': 'The image, the package, the version that mends it, and that an exploit is known.',
      exposure: 'Anyone may call the function, and its code is exploitable; grown is the same one, worse.',
      'sensitive-data': 'The bucket and the object, how many card numbers, and that it is not public.',
      'external-access': 'Anyone may read from and write to the queue, without conditions.',
      'third-party': 'The partner’s own title, description and remediation stand; AI words do not displace them.',
    },
    message: 'Notification, and the message in the channel',
    edited: 'The message, edited in place (nobody is notified)',
    reply: 'Notification to those who follow the thread, and the reply',
    broadcast: 'Notification, and the reply, in the thread and in the channel',
    silent: '(No reply: the message is edited, and nobody is notified.)',
  },
  ja: {
    state: {
      told: '確認すること：重要度、何が問題か、誰のものか。すぐに対応すべきか。最初の手順。通知の文だけでも判断できるか。',
      grown: '確認すること：新しい内容が先頭にあるか。件数と行が一致するか。誰が再び呼ばれるか。',
      closed: '確認すること：どのように終わったかが、専用の語と印で示されるか。不要な対応を求めていないか。誰も呼ばれていないか。',
    },
    name: {
      control: 'バケットとアカウントの名前があるか。規則ではなく、このバケットについて述べているか。',
      threat: 'インスタンスが 198.51.100.23 を SSH で攻撃している（被害者ではない）。回数と、遮断されていないこと。',
      'attack-sequence': 'どのユーザーが、MFA なしで、何をどの順に行ったか。接続元は Tor。',
      'weak-package': 'イメージ、パッケージ、修正版、悪用が知られていること。',
      exposure: '誰でも関数を呼び出せ、コードに悪用可能な弱点がある。拡大は同じ検出結果の悪化。',
      'sensitive-data': 'バケットとオブジェクト、カード番号の件数、公開されていないこと。',
      'external-access': '誰でも条件なしでキューを読み書きできること。',
      'third-party': '製品自身の題名、説明、修復手順が残っているか。AI の文がそれらを置き換えていないか。',
    },
    message: '通知とチャンネルのメッセージ',
    edited: '更新されたメッセージ（通知はない）',
    reply: 'スレッドの参加者への通知と返信',
    broadcast: '通知と返信（スレッドとチャンネルの両方）',
    silent: '（返信なし：メッセージが更新されるだけで、通知はない。）',
  },
};
