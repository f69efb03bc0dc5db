/** When the stack was deployed last, as whatever was measured of it found it: what is older may be of another version. */
import type { Audit } from './audited';
import type { Say } from './answers/answer';

export interface LastDeployment {
  /** When it began, ISO 8601. */
  at: string;
  /** When that was looked at, and by which command. */
  made: string;
  command: string;
}

type Measured = Pick<Audit, 'evidence' | 'deployment'>;

/** undefined: nothing that was measured of this deployment says it. */
export function lastDeployment({ evidence: { doctor, coverage }, deployment }: Measured): LastDeployment | undefined {
  const found = [
    { evidence: doctor, at: doctor?.result.find(({ id }) => id === 'system.stack')?.at },
    { evidence: coverage, at: coverage?.result.ledger.deployed },
  ].flatMap(({ evidence, at }) =>
    evidence && at !== undefined && evidence.environment === deployment ? [{ at, made: evidence.made, command: evidence.command }] : [],
  );
  return found.sort((a, b) => Date.parse(b.at) - Date.parse(a.at))[0];
}

/** Of what was measured before that, that it was; '' else. */
export function beforeText(evidence: { made: string } | undefined, audit: Measured, say: Say): string {
  const last = lastDeployment(audit);
  if (!evidence || !last || Date.parse(evidence.made) >= Date.parse(last.at)) return '';
  return say(` (BEFORE THE LAST DEPLOYMENT, ${minute(last.at)})`, `（前回のデプロイ ${minute(last.at)} より前）`);
}

/** What it says of the code of this page. */
export function deployedText(audit: Measured & Pick<Audit, 'committed'>, code: string | undefined, say: Say): string {
  const last = lastDeployment(audit);
  if (!last)
    return say(
      'When the stack was deployed last was not measured: `npm run doctor` asks it.',
      'スタックが最後にデプロイされた日時は未計測（`npm run doctor` が問い合わせる）。',
    );
  const measured = say(
    `The stack was deployed last at ${minute(last.at)}, as \`${last.command}\` found at ${minute(last.made)}`,
    `スタックの最後のデプロイは ${minute(last.at)}（${minute(last.made)} に \`${last.command}\` が確認）`,
  );
  const { committed } = audit;
  if (committed === undefined || code === undefined) return say(`${measured}.`, `${measured}。`);
  const commit = say(`the commit of this page (${code}, ${minute(committed)})`, `このページのコミット（${code}、${minute(committed)}）`);
  return Date.parse(last.at) < Date.parse(committed)
    ? say(
        `${measured}: BEFORE ${commit}, which is not deployed yet.`,
        `${measured}。${commit}より前であり、このコミットはまだデプロイされていない。`,
      )
    : say(
        `${measured}: after ${commit}; that it was this commit that was deployed, the functions’ descriptions say (npm run hub -- versions).`,
        `${measured}。${commit}より後。デプロイされたのがこのコミットかどうかは関数の説明で分かる（npm run hub -- versions）。`,
      );
}

function minute(at: string): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
