/**
 * What an error of an AWS client comes to. All that goes through here is safe to repeat (reads, writes that name a version,
 * wake-ups without content, marks), so an outcome that nobody knows is one to wait for as well.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
import { Denied, Failure, Refused, Unavailable } from '../domain/failure';

/** As HTTP 400, as it mostly comes. */
const THROTTLING =
  /Throttl|TooManyRequests|LimitExceeded|QuotaExceeded|ThroughputExceeded|SlowDown|OverLimit|ConcurrentModification|InProgress|PriorRequestNotComplete/;

/**
 * What is wrong with our standing and not with what was asked: rights, credentials, keys, a table or a model that is not there. Any other
 * work would fare the same, and goes on once a person has acted.
 */
const STANDING =
  /AccessDenied|NotAuthorized|Unauthorized|UnrecognizedClient|ExpiredToken|InvalidClientToken|InvalidSignature|SignatureDoesNotMatch|RequestExpired|OptInRequired|MissingAuthentication|InvalidAccess|^Kms|^KMS|cryptionFailure|ResourceNotFound|QueueDoesNotExist|NonExistentQueue|CredentialsProviderError/;

/** The model's own failures come as 424 and 408. https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html#API_runtime_Converse_Errors */
const MODEL = /^Model(Error|Timeout|NotReady)/;

/** No answer came: names and codes of Node's sockets, HTTP/2 and the SDK's own time limits. */
const NO_ANSWER = /^(TimeoutError|AbortError|NetworkingError|RequestTimeout\w*)$/;
const NO_CONNECTION = /^(E[A-Z]{3,}|ERR_HTTP2_\w+|UND_ERR_\w+|HPE_\w+)$/;

interface AwsError extends Error {
  code?: unknown;
  $metadata?: { httpStatusCode?: number };
  $response?: unknown;
}

/**
 * @param service as it is named in reasons.
 * @returns a Failure, whose message never repeats what the service says of a request, since that may hold what an importer wrote: of that
 * it has the error's name and the status. What it says of our rights is told whole.
 */
export function awsFailure(service: string, error: unknown): unknown {
  if (error instanceof Failure || typeof error !== 'object' || error === null) return error;
  const { name = '', message, code, $metadata, $response } = error as AwsError;
  const status = $metadata?.httpStatusCode;
  const said = `${service} answered ${name}${status === undefined ? '' : ` (HTTP ${status})`}`;
  if (status === 401 || status === 403 || STANDING.test(name))
    return new Denied(/NotFound/.test(name) ? said : `${said}: ${message}`, { cause: error });
  if (THROTTLING.test(name) || MODEL.test(name) || status === 429 || status === 408 || (status !== undefined && status >= 500))
    return new Unavailable(said, { cause: error });
  const because = typeof code === 'string' ? code : name;
  if (NO_ANSWER.test(name) || NO_CONNECTION.test(because))
    return new Unavailable(`${service} cannot be reached: ${because}`, { cause: error });
  // A 200 whose body cannot be read, as a proxy's.
  if (status !== undefined && status < 400) return new Unavailable(`${service} gave an answer that cannot be read`, { cause: error });
  if (status === undefined && $response !== undefined)
    return new Unavailable(`${service} gave an answer that cannot be read`, { cause: error });
  if (status === undefined && $metadata === undefined) return error;
  if (status === undefined) return new Refused(`the client of ${service} failed with ${because} ${placeOf(error)}`, { cause: error });
  return new Refused(said, { cause: error });
}

/** Where in the code, which unlike its message repeats nothing of what was read or written. */
function placeOf({ stack = '' }: Partial<Error>): string {
  return /^ *at .*/m.exec(stack)?.[0].trim() ?? 'somewhere';
}

/** A port whose every method fails as the closed type says. */
export function failingAsAws<Port extends object>(service: string, port: Port): Port {
  return Object.fromEntries(
    Object.entries(port).map(([name, method]) => [
      name,
      async (...args: unknown[]) => {
        try {
          return await (method as (...args: unknown[]) => unknown)(...args);
        } catch (error) {
          throw awsFailure(service, error);
        }
      },
    ]),
  ) as Port;
}
