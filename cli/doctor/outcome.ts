/** What a call without an answer makes of a check: a finding, never a crash. */
import { type Outcome, type Remedy, skipped, unknown } from './check';
import { CallFailure, isOrganizationsRefusal } from './failure';

/** The outcome of a check that threw. */
export function outcomeOf(error: unknown): Outcome {
  if (!(error instanceof CallFailure)) {
    const { name, message } = error instanceof Error ? error : { name: 'an error', message: String(error) };
    return unknown(`the check itself failed with ${name}: ${firstLine(message)}`, [
      { say: 'This is a mistake in the doctor: please report it with this line.' },
    ]);
  }
  if (error.kind === 'stopped') return skipped('stopped before it was done');
  if (isOrganizationsRefusal(error))
    return skipped('Organizations does not answer this account, which is a delegated administrator of nothing');
  return unknown(sentence(error), remedies(error));
}

/** What happened, in words. */
export function sentence({ kind, action, region, code, message }: CallFailure): string {
  const where = region === '' ? '' : ` in ${region}`;
  switch (kind) {
    case 'denied':
      return `these credentials may not call ${deniedAction(action, message)}${where}${denial(message)}`;
    case 'credentials':
      return `the credentials are not taken: ${code}: ${firstLine(message)}`;
    case 'throttled':
      return `${action} was throttled${where} (${code}), also after several tries`;
    case 'timeout':
      return `${action} gave no answer${where} in time`;
    case 'unreachable':
      return `${action} cannot be reached${where} (${code})`;
    default:
      return `${action} answered${where} ${code}: ${firstLine(message)}`;
  }
}

function remedies({ kind, action, message }: CallFailure): Remedy[] {
  switch (kind) {
    case 'denied':
      if (SCP.test(message))
        return [
          {
            say: `No right of the role helps: a service control policy denies ${deniedAction(action, message)}. Whoever keeps the organization's policies has to let this account, and the functions, use these Regions.`,
          },
        ];
      return [
        {
          say: `Allow ${deniedAction(action, message)} to the role you run this with. All that it needs:`,
          command: 'npm run doctor -- --policy',
        },
      ];
    case 'credentials':
      return [{ say: 'Sign in again, then see who you are:', command: 'aws sts get-caller-identity' }];
    case 'throttled':
      return [{ say: 'Somebody else uses up this limit: run the doctor again later.' }];
    case 'timeout':
    case 'unreachable':
      return [{ say: 'Check network, proxy (HTTPS_PROXY) and AWS_ENDPOINT_URL*, and run the doctor again.' }];
    default:
      return [{ say: 'Run the doctor again; if it stays, look the code up in the API reference of that action.' }];
  }
}

/** AWS's words: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
const SCP = /explicit deny in a service control policy/;

function denial(message: string): string {
  if (SCP.test(message)) return ': a service control policy denies it';
  return /explicit deny/.test(message) ? ' (an explicit deny)' : '';
}

/** The service names the action that it missed, which may be another than the one that was called. */
function deniedAction(action: string, message: string): string {
  return /not authorized to perform: ([a-z0-9-]+:[A-Za-z]+)/.exec(message)?.[1] ?? action;
}

function firstLine(text: string): string {
  return (text.split('\n', 1)[0] ?? '').slice(0, 300);
}
