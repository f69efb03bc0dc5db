/** Apart from the schema, so that the functions need not carry its library. */

/** From the least to the most severe. https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Severity.html */
export const SEVERITIES = ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;
export type Severity = (typeof SEVERITIES)[number];

export function worse(a: Severity, b: Severity): boolean {
  return SEVERITIES.indexOf(a) > SEVERITIES.indexOf(b);
}

/** What a receiver of that minimum severity does not take. */
export function severitiesBelow(minimum: Severity): Severity[] {
  return SEVERITIES.filter((each) => worse(minimum, each));
}
