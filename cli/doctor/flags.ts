/** The flags of `npm run doctor`. */
import { parseArgs } from 'node:util';
import { suggestion } from '../../config/nearest';
import { FlagError } from '../routes/flags';

export const USAGE = `npm run doctor            looks at the whole organization, read-only, with your credentials of the security account
npm run doctor -- FLAGS

  --before          before the first deployment: what is missing, and what is there already and would collide
  --json            one JSON object instead of text, with every list complete
  --bedrock         asks the model one small question (costs less than a cent)
  --silent-days N   an account without a finding for N days is silent; 1 to 90, default 7
  --config DIR      default: config
  --policy          prints the IAM policy that the doctor needs, and asks nothing

Exit status: 0 where nothing fails (warnings are let pass), 1 where something fails or could not be
looked at, 2 where flags or configuration are wrong, 130 after Ctrl-C.`;

/** Findings are kept for 90 days after their last update. https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings.html */
const FINDING_DAYS = 90;

const OPTIONS = {
  before: { type: 'boolean' },
  json: { type: 'boolean' },
  bedrock: { type: 'boolean' },
  'silent-days': { type: 'string' },
  config: { type: 'string' },
  policy: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

export interface Flags {
  before: boolean;
  json: boolean;
  bedrock: boolean;
  silentDays: number;
  config: string;
  policy: boolean;
  help: boolean;
}

/** @throws FlagError */
export function parseFlags(argv: string[]): Flags {
  const values = read(argv);
  const days = values['silent-days'] ?? '7';
  if (!/^\d{1,2}$/.test(days) || Number(days) < 1 || Number(days) > FINDING_DAYS)
    throw new FlagError(`--silent-days ${JSON.stringify(days)}: a number of days from 1 to ${FINDING_DAYS}.`);
  return {
    before: values.before ?? false,
    json: values.json ?? false,
    bedrock: values.bedrock ?? false,
    silentDays: Number(days),
    config: values.config ?? 'config',
    policy: values.policy ?? false,
    help: values.help ?? false,
  };
}

function read(argv: string[]) {
  try {
    return parseArgs({ args: argv, options: OPTIONS, strict: true }).values;
  } catch (error) {
    const reason = (error as Error).message;
    const unknown = /^Unknown option '--([^']+)'/.exec(reason)?.[1];
    throw new FlagError(unknown === undefined ? reason : `--${unknown} is not a flag.  ${suggestion(unknown, Object.keys(OPTIONS), '')}`);
  }
}
