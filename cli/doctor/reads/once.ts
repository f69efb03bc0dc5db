/** Several checks build on one answer: it is asked for once. */
export class Once {
  private readonly answers = new Map<string, Promise<unknown>>();

  /** A failure is kept as well: each check that needed the answer says so. */
  get<T>(key: string, read: () => Promise<T>): Promise<T> {
    const known = this.answers.get(key);
    if (known) return known as Promise<T>;
    const answer = read();
    this.answers.set(key, answer);
    return answer;
  }
}

/** All pages of a listing. The SDK's paginators give all pages one signal; here each is a call of its own, with its turn and its time limit. */
export async function allPages<Key extends string, Entry>(
  of: Key,
  page: (NextToken: string | undefined) => Promise<{ NextToken?: string } & { [Name in Key]?: Entry[] }>,
): Promise<Entry[]> {
  const all: Entry[] = [];
  let token: string | undefined;
  do {
    const answer = await page(token);
    all.push(...(answer[of] ?? []));
    token = answer.NextToken;
  } while (token);
  return all;
}
