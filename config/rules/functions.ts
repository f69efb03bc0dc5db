/** Concurrency of the functions: as Lambda counts it. */
import type { Fault } from '../mistake';
import { valueAt } from '../path';
import { FUNCTIONS } from '../switches/functions';
import { settingsFault } from './fault';

export function checkFunctions(raw: unknown): Fault[] {
  return [...FUNCTIONS.flatMap((name) => checkConcurrency(raw, name)), ...checkEnroll(raw)];
}

/** https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html */
function checkConcurrency(raw: unknown, name: string): Fault[] {
  const path = ['functions', name];
  const [reserved, ready] = ['reservedConcurrency', 'provisionedConcurrency'].map((key) => valueAt(raw, [...path, key]));
  const faults: Fault[] = [];
  if (typeof reserved === 'number' && typeof ready === 'number' && ready > reserved) {
    const message = `${ready} workers are kept ready of ${reserved} that may run at all, and Lambda refuses more than those`;
    faults.push(settingsFault('functions-reserved', [...path, 'provisionedConcurrency'], message, `Write ${reserved}, or reserve more.`));
  }
  const hours = valueAt(raw, [...path, 'provisionedHours']);
  if (hours === undefined || hours === null) return faults;
  if (ready === undefined)
    faults.push(
      settingsFault(
        'functions-hours-alone',
        [...path, 'provisionedHours'],
        'the hours say when workers are kept ready, and not how many',
        'Remove it, or write provisionedConcurrency beside it.',
      ),
    );
  const [from, to] = ['from', 'to'].map((key) => valueAt(hours, [key]));
  if (typeof from === 'string' && from === to)
    faults.push(
      settingsFault(
        'functions-hours-empty',
        [...path, 'provisionedHours'],
        `they begin and end at ${from}`,
        'Remove it where workers shall be ready all day, or write another end.',
      ),
    );
  return faults;
}

/** Only a StackSet leaves accounts to be made members. */
function checkEnroll(raw: unknown): Fault[] {
  const mode = valueAt(raw, ['enablement', 'mode']) ?? 'stack-sets';
  if (mode === 'stack-sets' || valueAt(raw, ['functions', 'enroll']) === undefined) return [];
  const message = `in mode ${String(mode)} there is no enroll function`;
  return [settingsFault('functions-unused', ['functions', 'enroll'], message, 'Remove it.')];
}
