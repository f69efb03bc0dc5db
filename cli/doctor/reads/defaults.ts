/** The clients of the doctor: the operator's own credentials (the SDK's default chain) and AWS_ENDPOINT_URL* as they are set. */
import { clientDefaults } from '../../../handlers/adapters/client-defaults';

/** More tries than a function has: the doctor has time, and its own limit for each call. */
export const doctorDefaults = { ...clientDefaults, maxAttempts: 5 };

export const doctorClient = (region: string) => ({ ...doctorDefaults, region });
