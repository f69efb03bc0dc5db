/** Talk of whoever speaks and of what was asked, and requests for what nobody may be told. */
import type { Said } from './said';

const SPEAKER = {
  en: /\b(?:me|my|we|us|our|ours|let['’]s)\b|\b(?:as an? (?:AI|assistant|language model)|language model|AI (?:model|assistant))\b|\b(?:the|this|that|your) (?:brief|prompt|json|(?:context|input|instructions?|question|request)(?= (?:ask|say|hold|contain|give|show|mention|list|forbid|tell|provide|do|does|has|have|is|are)))|\bsystem prompt\b|\b(?:given|provided|supplied) (?:data|information|input|context|details|json|brief)\b|\b(?:data|information|input|context|details|json) (?:that (?:is|was|were) )?(?:provided|given|supplied)\b|^(?:sure|certainly|of course|okay|unfortunately|sorry|apolog)\b|\bhere (?:is|are) (?:the|your|a) (?:summary|answer|analysis|briefing)|\bas requested\b|\baccording to the (?:input|data|details|text|finding data|description)\b|\b(?:was|am) not told\b|\byou (?:have )?(?:asked|requested|provided|submitted|supplied)\b|\b(?:ignore|disregard|forget)\b[^.]{0,16}\b(?:previous|prior|above|earlier|all)\b[^.]{0,12}\b(?:instructions?|prompts?|rules)\b|\b(?:generated|written|produced|created) by (?:an? )?(?:AI|(?:language )?model|machine)\b|\b(?:thank you|thanks for|hope (?:this|that|it)|happy to help|please note|feel free to (?:ask|contact|reach))\b|\b(?:finding|input|json) (?:data|object|text) (?:contains?|holds?|shows?|has|does|gives?|says?|names?)\b|\bthe user (?:asked|asks|requested|wants|wanted)\b|\b(?:below|above) (?:is|are) (?:my|the|an?)\b|\b(?:details|data|text|information) above\b|^(?:system|assistant|user|human|developer)\s*:(?![a-z])/i,
  ja: /(?<![\p{sc=Han}])私(?![有的用設物])|わたし|僕|我々|われわれ|弊社|当社|当方|当職|言語モデル|アシスタント|AI(?:である|として|の(?:ため|私|判断|分析)|は|が)|ブリーフ|プロンプト(?!インジェクション|エンジニア)|JSON\s*(?:に|で|を|の|は|が)|(?:(?:提供|提示|与え|渡)(?:さ|ら)?れた|受け取った|いただいた|頂いた)\s?(?:情報|データ|内容|コンテキスト|JSON|入力|文脈)|(?:^|[、。])(?:この|今回の)?入力(?:に|には|から|では|データ)|入力(?:によれば|によると|では)|知らされてい(?:ない|ません)|フィールドの値|ご(?:不明|質問|要望|依頼|指示|指定)|承知(?:し|いた)|かしこまり|申し訳|(?:以下|次)[がは].{0,6}(?:要約|回答|概要)|要約(?:は|を|する|が|します)|^(?:システム|system|assistant|user)\s*[:：](?![a-z])|(?:その|この)(?:リクエスト|質問|要求)に(?:は)?|お答え|この(?:回答|要約|文章)は|ありがとう|お役に立|幸いです|上記の?(?:情報|データ|詳細|内容|説明)|以下[にはで][^。]{0,8}(?:示し|まとめ|説明|記載)|ユーザーから[^。]{0,16}(?:求め|依頼|要求)(?:ら|さ)?れ|ご連絡|(?:よう(?:に)?|と|ことを)(?:の)?(?:指示|指定|求め|依頼)(?:を受け|ら?れ|され)て(?:い|お)|お気軽に|(?:これまで|以前|上記|前|上)の?(?:すべての)?(?:指示|命令|ルール)[^。]{0,8}(?:無視|忘れ|破棄)/iu,
};
/** "Ask us" is the operator's own; "the input" of an API is not the model's. */
const NOT_SPEAKER = /\bUS\b/g;

const SECRET_EN = `(?:pass(?:word|phrase|code)s?|secrets?(?: access)? keys?|private keys?|access keys?|(?:API|session|bearer|access|refresh|registry|admin(?:istrator)?['’]?s?)? ?tokens?|credentials?|(?:MFA|one-time|verification|security|recovery) codes?|secret values?|values? of the secrets?|kubeconfig|PEM files?|key material|login|PIN)`;
const SECRET_JA =
  '(?:パスワード|パスフレーズ|秘密鍵|秘密情報|アクセスキー|シークレット(?:アクセス)?キー|シークレット|トークン|認証情報|(?:MFA|認証|ワンタイム|確認|リカバリー?)\\s?コード|ワンタイムパスワード|kubeconfig|PEM\\s?ファイル|キーマテリアル|暗証番号|クレデンシャル)';
const REQUESTS: Record<Said['language'], readonly RegExp[]> = {
  en: [
    new RegExp(
      String.raw`(?<!\b(?:can|could|may|might|will|would|not|never|don['’]t|nobody|and|to)\s+(?:\w+\s+)?)\b(?:send|post|share|give|paste|enter|e-?mail(?= (?:\w+ )?(?:the|your|their|his|her|a|me|us)\b)|upload|provide|type|forward|submit|attach|supply(?![- ]chain)|hand over|disclose|dictate|DM|reveal|hand|pass|fill in|key in)\b(?:(?!\b(?:without|not|instead)\b)[^.]){0,50}\b${SECRET_EN}`,
      'i',
    ),
    new RegExp(
      String.raw`\b(?:put|write|drop|leave|note|copy|post|paste|send|share|upload|attach)\b[^.]{0,20}(?:\bsecrets?\b|${SECRET_EN})[^.]{0,20}\b(?:here|below|down|thread|channel|chat|ticket|form|reply|message|comment|e-?mail)\b|\blet (?:\w+ ){1,3}know (?:\w+ ){0,2}${SECRET_EN}`,
      'i',
    ),
    new RegExp(
      String.raw`\b(?:reply|answer|respond|write back) with\b[^.]{0,30}${SECRET_EN}|\bconfirm (?:your|the) (?:\w+ )?${SECRET_EN}|\btell (?:\w+ ){1,3}(?:your|the|their|his|her) (?:\w+ )?${SECRET_EN}|\bask (?:\w+ ){1,4}for (?:\w+ ){0,2}${SECRET_EN}`,
      'i',
    ),
  ],
  ja: [
    new RegExp(
      `${SECRET_JA}[^。]{0,12}を[^。]{0,24}(?:送(?:って|付|信)|返信|投稿|教え|共有し|入力し|貼(?:り付け|って)|書(?:いて|き込)|聞(?:いて|き出)|渡(?:して|す)|メール(?:して|で送)|伝え|提供し|転送|提出|添付|知らせ|アップロード|記入|記載し|開示)[^。]{0,6}(?:て|し)?ください(?<!ないで(?:ください))`,
    ),
    new RegExp(`(?:を|に)[^。]{0,10}${SECRET_JA}を(?:送|返信|お知らせ|ご(?:提示|連絡))`),
    new RegExp(`${SECRET_JA}を(?:お知らせ|お送り|お教え|ください|ご(?:提示|連絡|提供|返信))`),
  ],
};

/** In a lower case it is a letter of "i.e.". */
const I = /(?<![A-Za-z/.])I(?![A-Za-z/.])(?:['’](?:m|ve|ll|d))?/;
/** That something is not known is worth saying. */
const UNKNOWN = {
  en: /\bthe brief (?:does not|doesn['’]t|cannot) (?:say|tell|show|name|state)\b/gi,
  ja: /ブリーフ(?:に|では|から)は?(?=[^。]{0,12}(?:記載|書かれ|含まれ|示され|情報|記述)[^。]{0,8}(?:ません|ない|不明))/g,
};

export function firstPerson({ text, language }: Said): string | undefined {
  const rest = text.replace(NOT_SPEAKER, ' ').replace(UNKNOWN[language], ' ');
  return rest.match(SPEAKER[language])?.[0] ?? (language === 'en' ? rest.match(I)?.[0] : undefined);
}
export const credentials = ({ text, language }: Said): string | undefined =>
  REQUESTS[language].flatMap((request) => text.match(request)?.[0] ?? [])[0];
