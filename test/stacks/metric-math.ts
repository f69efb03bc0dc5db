/**
 * CloudWatch's metric math, as far as the alarms of this stack use it: a datapoint a period, undefined where there is none.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export type Series = (number | undefined)[];
type Value = number | Series | Series[] | 'REPEAT';

/** @param series by id: metrics, and expressions that were evaluated before. @throws Error for what is not read here. */
export function evaluate(expression: string, series: Record<string, Series>): Series {
  const tokens = expression.match(/[A-Za-z_]\w*|\d+(?:\.\d+)?|[()[\],+\-*/>]/g) ?? [];
  let at = 0;
  const take = (wanted?: string): string => {
    const token = tokens[at++];
    if (token === undefined || (wanted !== undefined && token !== wanted)) throw new Error(`${expression}: ${token} in place of ${wanted}`);
    return token;
  };
  const list = (end: string): Value[] => {
    const all = [comparison()];
    while (tokens[at] === ',') {
      take(',');
      all.push(comparison());
    }
    take(end);
    return all;
  };
  const single = (): Value => {
    const token = take();
    if (token === '[') return list(']').map(seriesIn);
    if (token === '(') {
      const inner = comparison();
      take(')');
      return inner;
    }
    if (token === 'REPEAT') return token;
    if (/^\d/.test(token)) return Number(token);
    if (tokens[at] === '(') {
      take('(');
      return call(token, list(')'));
    }
    const known = series[token];
    if (!known) throw new Error(`${expression}: there is no ${token}`);
    return known;
  };
  const product = (): Value => {
    let left = single();
    while (tokens[at] === '*' || tokens[at] === '/') {
      const of = take() === '*' ? (a: number, b: number) => a * b : (a: number, b: number) => a / b;
      left = pointwise(left, single(), of);
    }
    return left;
  };
  const sum = (): Value => {
    let left = product();
    while (tokens[at] === '+' || tokens[at] === '-') {
      const sign = take() === '+' ? 1 : -1;
      left = pointwise(left, product(), (a, b) => a + sign * b);
    }
    return left;
  };
  const comparison = (): Value => {
    const left = sum();
    if (tokens[at] !== '>') return left;
    take('>');
    return pointwise(left, sum(), (a, b) => Number(a > b));
  };
  const result = comparison();
  if (at < tokens.length) throw new Error(`${expression}: ${tokens[at]} is not read here`);
  return seriesIn(result);
}

/** Where only one of two series has a value, the other's counts as 0. */
function pointwise(a: Value, b: Value, of: (a: number, b: number) => number): Series {
  if (typeof a === 'number') return pointwise(b, a, (x, y) => of(y, x));
  const left = seriesIn(a);
  return left.map((value, index) => {
    const other = typeof b === 'number' ? b : seriesIn(b)[index];
    if (value === undefined && (other === undefined || typeof b === 'number')) return undefined;
    return of(value ?? 0, other ?? 0);
  });
}

function call(name: string, args: Value[]): Series {
  const [first = 0, second, third] = args;
  switch (name) {
    case 'FILL': {
      let last: number | undefined;
      return seriesIn(first).map((value) => {
        last = value ?? last;
        return value ?? (second === 'REPEAT' ? last : (second as number));
      });
    }
    case 'DIFF': {
      let before: number | undefined;
      return seriesIn(first).map((value) => {
        const difference = value === undefined || before === undefined ? undefined : value - before;
        before = value ?? before;
        return difference;
      });
    }
    case 'MAX': {
      const all = first as Series[];
      return (all[0] ?? []).map((_, index) => {
        const there = all.flatMap((each) => each[index] ?? []);
        return there.length > 0 ? Math.max(...there) : undefined;
      });
    }
    case 'IF':
      return seriesIn(first).map((value, index) => {
        if (value === undefined) return undefined;
        const chosen = value === 0 ? third : second;
        return typeof chosen === 'number' ? chosen : (seriesIn(chosen ?? [])[index] ?? 0);
      });
    default:
      throw new Error(`the function ${name} is not read here`);
  }
}

function seriesIn(value: Value): Series {
  if (!Array.isArray(value) || value.some(Array.isArray)) throw new Error('a series is wanted here');
  return value as Series;
}
