/** One good answer a language. The gate lets every sentence of them through: a test holds that. */
import type { Language } from '../../../../config/schema';
import type { Brief } from '../brief';
import type { Briefing } from '../briefing';

const FIELDS: Brief = {
  kind: 'guardduty',
  threatType: 'Stealth:IAMUser/CloudTrailLoggingDisabled',
  actionType: 'AWS_API_CALL',
  api: 'StopLogging',
  mfa: false,
  repeated: 'several times',
  resourceTypes: ['AwsIamAccessKey'],
};

export const EXAMPLE_BRIEF: Record<Language, Brief> = {
  en: {
    ...FIELDS,
    phrase: {
      id: 'Stealth:IAMUser/CloudTrailLoggingDisabled',
      headline: 'A trail was switched off',
      meaning: 'Somebody stopped the recording of API calls.',
      impact: 'What is done from then on leaves no record in the trail.',
      steps: ['Ask the owner of the credentials whether this was planned.', 'If not, start the trail again.'],
    },
  },
  ja: {
    ...FIELDS,
    phrase: {
      id: 'Stealth:IAMUser/CloudTrailLoggingDisabled',
      headline: '証跡の記録が停止されました',
      meaning: 'API呼び出しの記録が停止されました。',
      impact: '停止後の操作は証跡に残りません。',
      steps: ['認証情報の所有者に、予定した操作かを確認してください。', '予定外であれば、証跡の記録を再開してください。'],
    },
  },
};

export const EXAMPLES: Record<Language, Briefing> = {
  en: {
    summary: 'The call that stops a trail came several times, from a session without a second factor.',
    impact: 'A stolen password or key alone would have been enough for these calls, and for whatever followed them unrecorded.',
    actions: [
      'If the owner does not know of the calls, revoke the sessions of these credentials and deactivate them.',
      'Look in the CloudTrail event history for what else the same credentials called around that time.',
      'Require a second factor for stopping a trail.',
    ],
  },
  ja: {
    summary: '証跡を停止する呼び出しが、多要素認証のないセッションから複数回行われています。',
    impact: '盗まれたパスワードやキーだけで実行でき、その後の操作は記録に残っていないおそれがあります。',
    actions: [
      '所有者に心当たりがなければ、この認証情報のセッションを取り消し、認証情報を無効化してください。',
      'CloudTrailのイベント履歴で、同じ認証情報による前後の呼び出しを確認してください。',
      '証跡の停止には多要素認証を必須にしてください。',
    ],
  },
};
