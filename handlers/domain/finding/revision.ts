/** Orders the events of one finding. BatchUpdateFindings leaves UpdatedAt as it is, so it alone cannot. */
export type Revision = [updatedAt: number, eventTime: number, eventId: string];

export function compareRevisions(a: Revision, b: Revision): number {
  return a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : a[2] > b[2] ? 1 : 0);
}
