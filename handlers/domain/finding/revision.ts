/** Orders the events of one finding. BatchUpdateFindings leaves UpdatedAt as it is, so it alone cannot. */
export type Revision = [updatedAt: number, eventTime: number, eventId: string];

export function compareRevisions(a: Revision, b: Revision): number {
  return a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : a[2] > b[2] ? 1 : 0);
}

/** The first of those that are higher, each once. */
export function firstAfter(revision: Revision | undefined, all: Revision[], most: number): Revision[] {
  return all
    .filter((each) => !revision || compareRevisions(each, revision) > 0)
    .sort(compareRevisions)
    .filter((each, index, sorted) => index === 0 || compareRevisions(each, sorted[index - 1] as Revision) !== 0)
    .slice(0, most);
}
