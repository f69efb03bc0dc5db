import { LogLevel, type Logger } from '@slack/web-api';

// The SDK warns of Node 20 in each test process; Lambda's Node is set by the template.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const nothing = () => {};
/** A logger for Slack's client, which writes expected errors to the terminal. */
export const silent: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => LogLevel.ERROR,
  setName: nothing,
};

/** Settings of the production clients towards a stand-in: one attempt, a short time-out. */
export function towards(endpoint: string) {
  return {
    endpoint,
    region: 'ap-northeast-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
    requestHandler: { requestTimeout: 800, throwOnRequestTimeout: true },
  };
}

/** The error that a promise ends with; a test that meets none fails. */
export async function errorOf(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
  throw new Error('Expected an error, and there was none.');
}
