/** Why a call had no answer, and what that makes of a check: a finding, never a crash. */
import { type Outcome, type Remedy, skipped, unknown } from './check';

export type FailureKind = 'denied' | 'credentials' | 'throttled' | 'timeout' | 'unreachable' | 'stopped' | 'refused';

/** A call that failed. `code` and `message` are the service's own. */
export class CallFailure extends Error {
  override readonly name = 'CallFailure';
  constructor(
    readonly kind: FailureKind,
    /** The IAM action that it needs, such as securityhub:ListMembers. */
    readonly action: string,
    readonly region: string,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const DENIED = /^(AccessDenied|AccessDeniedException|AccessDeniedFault|UnauthorizedOperation|NotAuthorized|AuthorizationError)$/;
const CREDENTIALS =
  /^(CredentialsProviderError|ExpiredToken|ExpiredTokenException|InvalidClientTokenId|UnrecognizedClientException|InvalidSignatureException|SignatureDoesNotMatch|TokenProviderError)$/;
const THROTTLED = /^(Throttling|ThrottlingException|TooManyRequestsException|RequestLimitExceeded|SlowDown|LimitExceededException)$/;
const UNREACHABLE =
  /\b(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EPIPE|[A-Z_]*CERT[A-Z_]*|ERR_TLS\w*|ERR_HTTP2\w*)\b/;

/** @param stopped whether somebody pressed Ctrl-C. @param timedOut whether the call's time limit had passed. */
export function failureOf(error: unknown, action: string, region: string, state: { stopped: boolean; timedOut: boolean }): CallFailure {
  if (error instanceof CallFailure) return error;
  const { name = '', message = String(error), code: ownCode } = error instanceof Error ? (error as Error & { code?: unknown }) : {};
  const code = typeof ownCode === 'string' ? ownCode : '';
  const made = (kind: FailureKind, what = name) => new CallFailure(kind, action, region, what, message);
  if (state.stopped) return made('stopped');
  if (state.timedOut || name === 'TimeoutError' || name === 'AbortError') return made('timeout');
  if (CREDENTIALS.test(name)) return made('credentials');
  if (DENIED.test(name)) return made('denied');
  if (THROTTLED.test(name)) return made('throttled');
  const unreachable = wasAnswered(error) ? undefined : UNREACHABLE.exec(`${code} ${name} ${message}`)?.[1];
  if (unreachable) return made('unreachable', unreachable);
  return made('refused');
}

/** Who never answered has no HTTP status. */
function wasAnswered(error: unknown): boolean {
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
  return $metadata?.httpStatusCode !== undefined;
}

/** The account itself is refused, whatever its IAM policies say: Organizations' words to who is no delegated administrator. */
export function isOrganizationsRefusal(error: unknown): boolean {
  return (
    error instanceof CallFailure && error.kind === 'denied' && /^You don't have permissions to access this resource/.test(error.message)
  );
}

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
