/** A service that turns calls away as the real one throttles. */
import { OrganizationsRates, Rate, SECURITY_HUB_OTHERS, SECURITY_HUB_READS } from './rate';
import type { JsonObject, Service } from './wire';

/** @param take whether there is room for this call. */
export function rated(service: Service, take: (operation: string, body: JsonObject) => boolean): Service {
  return {
    ...service,
    answer(call, request) {
      if (!take(call.operation, call.body)) throw service.failures.throttled;
      return service.answer(call, request);
    },
  };
}

/** Each operation of Security Hub has its own rate. @param now epoch milliseconds. */
export function securityHubRates(now: () => number): (operation: string) => boolean {
  const rates = new Map<string, Rate>();
  return (operation) => {
    const limit = operation.startsWith('GetFindings') ? SECURITY_HUB_READS : SECURITY_HUB_OTHERS;
    const rate = rates.get(operation) ?? new Rate(limit, now);
    rates.set(operation, rate);
    return rate.take();
  };
}

export function organizationsRates(now: () => number): (operation: string) => boolean {
  const rates = new OrganizationsRates(now);
  return (operation) => rates.take(operation);
}
