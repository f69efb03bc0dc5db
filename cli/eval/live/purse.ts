/** What questions cost, and that none is asked which could cost more than was allowed. */
import type { AnalystRequest } from '../../../handlers/domain/interpretation/prompt';
import { WrongUse } from '../../frame/command';

/** USD for a million tokens. */
export interface Price {
  in: number;
  out: number;
}

/**
 * On-demand prices of Claude on Amazon Bedrock, of November 2026; geographic profiles cost a tenth more. https://aws.amazon.com/bedrock/pricing/
 * The first match counts.
 */
const PRICES: readonly [RegExp, Price][] = [
  [/claude-haiku-5-5/, { in: 0.1, out: 0.5 }],
  [/claude-haiku-4-5/, { in: 1, out: 5 }],
  [/claude-sonnet-4-[56]/, { in: 3, out: 15 }],
  [/claude-sonnet-5(?!-)/, { in: 2, out: 10 }],
];
const GEOGRAPHIC = 1.1;

/**
 * @param given as typed, `IN,OUT`, in place of the list.
 * @throws WrongUse where the model is not on the list and no price is given.
 */
export function priceOf(profile: string, given: string | undefined): Price {
  if (given !== undefined) {
    const [input, output, ...rest] = given.split(',').map((part) => (/^\d+(?:\.\d+)?$/.test(part.trim()) ? Number(part) : Number.NaN));
    if (rest.length > 0 || input === undefined || output === undefined || Number.isNaN(input + output))
      throw new WrongUse(`--price ${given}: two numbers, USD for a million tokens in and out, such as 1,5.`);
    return { in: input, out: output };
  }
  const known = PRICES.find(([pattern]) => pattern.test(profile))?.[1];
  if (!known)
    throw new WrongUse(
      `What ${profile} costs is not known here: give --price IN,OUT, in USD for a million tokens (https://aws.amazon.com/bedrock/pricing/).`,
    );
  const factor = /^(?:global\.|anthropic\.)/.test(profile) ? 1 : GEOGRAPHIC;
  return { in: known.in * factor, out: known.out * factor };
}

/** The next question could cost more than is left. */
export class Spent extends Error {
  override name = 'Spent';
}

export class Purse {
  /** USD: what answers have cost, and what questions without a known cost may have cost at most. */
  spent = 0;
  private reserved = 0;

  constructor(
    private readonly atMost: number,
    private readonly price: Price,
    private readonly maxTokens: number,
  ) {}

  /** @returns what it can cost at most, which is set aside. @throws Spent */
  reserve(request: AnalystRequest): number {
    const most = this.cost(mostTokens(request), this.maxTokens);
    if (this.spent + this.reserved + most > this.atMost)
      throw new Spent(`the next question could cost more than is left of ${this.atMost} USD`);
    this.reserved += most;
    return most;
  }

  /** @param used by it; undefined where nobody knows, which counts as all that was set aside; nothing where it was refused. */
  settle(reserved: number, used: { inputTokens: number; outputTokens: number } | undefined): void {
    this.reserved -= reserved;
    this.spent += used ? this.cost(used.inputTokens, used.outputTokens) : reserved;
  }

  cost(input: number, output: number): number {
    return (input * this.price.in + output * this.price.out) / 1_000_000;
  }
}

/** More than any tokenizer makes of it: a token for two letters of ASCII, two for any other, and what Bedrock lays around a tool. */
function mostTokens({ system, prompt, schema }: AnalystRequest): number {
  const all = system + prompt + JSON.stringify(schema);
  const others = all.replace(/[\x20-\x7e\n]/g, '').length;
  return Math.ceil((all.length - others) / 2) + 2 * others + 1000;
}
