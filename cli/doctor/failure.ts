/** Why a call had no answer. */

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

const DENIED =
  /^(AccessDenied|AccessDeniedException|AccessDeniedFault|UnauthorizedOperation|NotAuthorized|AuthorizationError(Exception)?)$/;
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
  const failure = (kind: FailureKind, what = name) => new CallFailure(kind, action, region, what, message);
  if (state.stopped) return failure('stopped');
  if (state.timedOut || name === 'TimeoutError' || name === 'AbortError') return failure('timeout');
  if (CREDENTIALS.test(name)) return failure('credentials');
  if (DENIED.test(name)) return failure('denied');
  if (THROTTLED.test(name)) return failure('throttled');
  const unreachable = wasAnswered(error) ? undefined : UNREACHABLE.exec(`${code} ${name} ${message}`)?.[1];
  if (unreachable) return failure('unreachable', unreachable);
  return failure('refused');
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

/** undefined: it answered. */
export async function failureIn(answer: Promise<unknown>): Promise<CallFailure | undefined> {
  try {
    await answer;
    return undefined;
  } catch (error) {
    if (error instanceof CallFailure) return error;
    throw error;
  }
}
