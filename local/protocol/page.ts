/** Pages of a list. */
import type { JsonObject } from './wire';

/** As many as `MaxResults` asks for, `most` at most and by default; the token is the next index. */
export function page(all: JsonObject[], key: string, { NextToken = 0, MaxResults }: JsonObject, most: number): JsonObject {
  const start = Number(NextToken);
  const end = start + Math.min(Number(MaxResults ?? most), most);
  return { [key]: all.slice(start, end), ...(end < all.length ? { NextToken: String(end) } : {}) };
}
