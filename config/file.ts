/** A file of the configuration as it was read, and mistakes in their places of it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault, Mistake } from './mistake';
import { pathText } from './path';
import { findSecrets, redact } from './rules/secrets';
import { parseSource, type Source } from './source';

export interface Loaded {
  /** The path to the file, below the folder that was asked for. */
  file: string;
  source: Source;
  mistakes: Mistake[];
}

/** Never throws. */
export function read(dir: string, name: string): Loaded {
  const file = join(dir, name);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    const reason = code === 'ENOENT' ? 'the file is not there' : `the file cannot be read (${code})`;
    return missing(file, reason, `Put it into ${dir}: start from an example in config/examples/.`);
  }
  const source = parseSource(text);
  const broken = source.faults.map((fault): Mistake => ({ file, ...fault, path: pathText(fault.path) }));
  const secrets = findSecrets(text).map(
    ({ what, offset, beginning, remedy }): Mistake => ({
      rule: 'secret',
      level: 'error',
      file,
      ...source.placeAt(offset),
      path: pathText(source.pathAt(offset)),
      value: beginning,
      message: `this looks like ${what} (${beginning})`,
      remedy,
    }),
  );
  return { file, source, mistakes: [...broken, ...secrets] };
}

export function missing(file: string, message: string, remedy: string): Loaded {
  return {
    file,
    source: { ...parseSource(''), value: undefined },
    mistakes: [{ rule: 'file', level: 'error', file, line: 1, column: 1, path: '', message, remedy }],
  };
}

export function placed(fault: Omit<Fault, 'file'>, { file, source }: Loaded): Mistake {
  const other = fault.other ? `${pathText(fault.other)} (line ${source.locate(fault.other).line})` : '';
  const value = source.written(fault.path);
  return {
    rule: fault.rule,
    level: fault.level,
    file,
    ...source.locate(fault.path, fault.atKey),
    path: pathText(fault.path),
    ...(value === undefined ? {} : { value }),
    message: fault.message.replace('{other}', other),
    remedy: fault.remedy,
  };
}

/** A key, a value or a suggestion may hold what looks like a secret: mistakes are printed and logged. */
function withoutSecrets(mistake: Mistake): Mistake {
  const { value, ...others } = mistake;
  const texts = { path: redact(mistake.path), message: redact(mistake.message), remedy: redact(mistake.remedy) };
  return { ...others, ...texts, ...(value === undefined ? {} : { value: redact(value) }) };
}

/** By file, line and column; the same thing found twice is told once. */
export function sorted(mistakes: Mistake[]): Mistake[] {
  const byPlace = mistakes.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column);
  const keysSoFar = new Set<string>();
  return byPlace.map(withoutSecrets).filter((mistake) => {
    const key = [mistake.file, mistake.line, mistake.column, mistake.message].join('\n');
    return !keysSoFar.has(key) && keysSoFar.add(key);
  });
}
