/** Plans of failures: which call of which service fails, and how. */
import type { Fault, FaultPlan } from '../../local/protocol/faults';
import type { ServiceName } from '../../local/protocol/wire';

/** The same fault for each call that fits; `number` one call or an inclusive range of them. */
export function faultOn(
  match: { service?: ServiceName; operation?: string; functionName?: string; number?: number | [number, number] },
  fault: Fault,
): FaultPlan {
  const [first, last] = typeof match.number === 'number' ? [match.number, match.number] : (match.number ?? [1, Number.POSITIVE_INFINITY]);
  return (call) =>
    (match.service === undefined || match.service === call.service) &&
    (match.operation === undefined || match.operation === call.operation) &&
    (match.functionName === undefined || match.functionName === call.functionName) &&
    call.number >= first &&
    call.number <= last
      ? fault
      : undefined;
}

/** The first plan that names a fault wins. */
export function firstFault(...plans: FaultPlan[]): FaultPlan {
  return (call) => {
    for (const plan of plans) {
      const fault = plan(call);
      if (fault !== undefined) return fault;
    }
    return undefined;
  };
}
