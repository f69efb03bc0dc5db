/** What a call without an answer makes of a check: a finding, never a crash. */
import { type Outcome, type Remedy, skipped, unknown } from './check';
import { CallFailure, type FailureKind, failureOf, isOrganizationsRefusal } from './failure';

/** The outcome of a check that threw. */
export function outcomeOf(error: unknown): Outcome {
  if (!(error instanceof CallFailure)) {
    const { name, message } = error instanceof Error ? error : { name: 'an error', message: String(error) };
    return unknown(`the check itself failed with ${name}: ${firstLine(message)}`, {
      say: 'This is a mistake in the doctor: please report it with this line.',
    });
  }
  if (error.kind === 'stopped') return skipped('stopped before it was done');
  if (isOrganizationsRefusal(error))
    return skipped('Organizations does not answer this account, which is a delegated administrator of nothing');
  return unknown(sentence(error), remedy(error));
}

/** What happened, in words. */
export function sentence({ kind, action, region, code, message }: CallFailure): string {
  const where = region === '' ? '' : ` in ${region}`;
  const words: Partial<Record<FailureKind, string>> = {
    denied: `these credentials may not call ${deniedAction(action, message)}${where}${denial(message)}`,
    credentials: `the credentials are not taken: ${code}: ${firstLine(message)}`,
    throttled: `${action} was throttled${where} (${code}), also after several tries`,
    timeout: `${action} gave no answer${where} in time`,
    unreachable: `${action} cannot be reached${where} (${code})`,
  };
  return words[kind] ?? `${action} answered${where} ${code}: ${firstLine(message)}`;
}

/**
 * What a command that ended by an error says: of a call that failed, what happened and where; of anything else, its own words.
 * @param region in which it was called, where that is known.
 */
export function wordsOf(error: unknown, region = ''): string {
  const failure = failureOf(error, 'AWS', region, { stopped: false, timedOut: false });
  const ofService = error instanceof CallFailure || failure.kind !== 'refused' || '$metadata' in Object(error);
  if (!ofService) return failure.message;
  const { say, command } = remedy(failure);
  return failure.kind === 'credentials' ? `${sentence(failure)}.  ${say} ${command}` : sentence(failure);
}

/** Whether AWS could not be asked: nobody was signed in, may not ask, or nothing answered. What a service refused for another reason was asked. */
export function unanswered(error: unknown): boolean {
  const { kind } = failureOf(error, 'AWS', '', { stopped: false, timedOut: false });
  if (error instanceof CallFailure || kind === 'credentials' || '$metadata' in Object(error)) return !['refused', 'stopped'].includes(kind);
  return kind === 'unreachable';
}

/** Who never signed in is not told to do so again. */
const NEVER = /^(CredentialsProviderError|TokenProviderError)$/;

function remedy({ kind, action, code, message }: CallFailure): Remedy {
  const network = { say: 'Check network, proxy (HTTPS_PROXY) and AWS_ENDPOINT_URL*, and run the doctor again.' };
  const denied = SCP.test(message)
    ? {
        say: `No right of the role helps: a service control policy denies ${deniedAction(action, message)}. Whoever keeps the organization's policies has to let this account, and the functions, use these Regions.`,
      }
    : {
        say: `Allow ${deniedAction(action, message)} to the role you run this with. All that it needs:`,
        command: 'npm run doctor -- --policy',
      };
  const remedies: Partial<Record<FailureKind, Remedy>> = {
    denied,
    credentials: {
      say: `${NEVER.test(code) ? 'Sign in' : 'Sign in again'}, or name a profile that is signed in by AWS_PROFILE, then see who you are:`,
      command: 'aws sts get-caller-identity',
    },
    throttled: { say: 'Somebody else uses up this limit: run the doctor again later.' },
    timeout: network,
    unreachable: network,
  };
  return remedies[kind] ?? { say: 'Run the doctor again; if it stays, look the code up in the API reference of that action.' };
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
