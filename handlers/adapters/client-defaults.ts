/** How long one attempt at a call may take, and how often the SDK tries, for every AWS client but Bedrock's. */

/** Milliseconds. Longer than any healthy answer, short enough that several fit into one invocation. */
export const CALL_TIMEOUT = Number(process.env.CALL_TIMEOUT_MS ?? 8000);

export const clientDefaults = {
  maxAttempts: 3,
  // The SDK's default only warns when an answer takes too long: without this a call could hang until Lambda ends it.
  requestHandler: { requestTimeout: CALL_TIMEOUT, connectionTimeout: Math.min(3000, CALL_TIMEOUT), throwOnRequestTimeout: true },
};

/** For work that has minutes and nobody waiting: many attempts, and time for calls about fifty accounts. */
export const patientDefaults = {
  ...clientDefaults,
  // With the SDK's back-off for throttling (half a second, doubled up to 20 s, jittered) about three quarters of a minute.
  maxAttempts: 10,
  retryMode: 'standard',
  requestHandler: { ...clientDefaults.requestHandler, requestTimeout: 60_000 },
};
