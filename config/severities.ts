/** Apart from the schema, so that the functions need not carry its library. */

/** From the least to the most severe. https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Severity.html */
export const SEVERITIES = ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;
