/** Structured logs by Powertools: one JSON object a line, searchable in CloudWatch Logs Insights. */
import { Logger } from '@aws-lambda-powertools/logger';
import { SERVICE } from '../../config/metrics';
import { loggable } from '../domain/problem/logged';
import type { Journal } from '../ports';

const logger = new Logger({
  serviceName: SERVICE,
  persistentKeys: { version: process.env.INTERPRETER_VERSION },
});

export const journal: Journal = {
  info: (message, details) => logger.info(message, loggable(details) as Record<string, string>),
  warn: (message, details) => logger.warn(message, loggable(details) as Record<string, string>),
  error: (message, details) => logger.error(message, loggable(details) as Record<string, string>),
};
