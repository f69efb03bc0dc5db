/** One question to the model, counted: it is paid for, whatever it is worth. */
import type { Labels } from '../../config/metrics';
import { UnusableAnswer } from '../domain/interpretation/briefing';
import type { Analyst, AnalystAnswer, AnalystRequest, Meter } from '../ports';

/**
 * @param within milliseconds, at most; by default the time that the model is configured with.
 * @param read makes of the answer what it is asked for. @throws UnusableAnswer
 */
export async function ask<T>(
  request: AnalystRequest,
  within: number | undefined,
  read: (answer: AnalystAnswer) => T,
  { analyst, meter }: { analyst: Analyst; meter: Meter },
): Promise<T> {
  const { asked } = request;
  let result: Labels<'ModelCalls'>['result'] = 'failed';
  try {
    const answer = await analyst.interpret(request, within);
    meter.count('ModelTokens', { asked, direction: 'in' }, answer.inputTokens);
    meter.count('ModelTokens', { asked, direction: 'out' }, answer.outputTokens);
    const value = read(answer);
    result = 'answered';
    return value;
  } catch (error) {
    if (error instanceof UnusableAnswer) result = 'unusable';
    throw error;
  } finally {
    meter.count('ModelCalls', { asked, result });
  }
}
