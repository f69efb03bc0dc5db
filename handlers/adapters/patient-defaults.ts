/** For work that has minutes and nobody waiting: many attempts, and time for calls about fifty accounts. */
import { clientDefaults } from './client-defaults';

export const patientDefaults = {
  ...clientDefaults,
  // With the SDK's back-off for throttling (half a second, doubled up to 20 s, jittered) about three quarters of a minute.
  maxAttempts: 10,
  retryMode: 'standard',
  requestHandler: { ...clientDefaults.requestHandler, requestTimeout: 60_000 },
};
