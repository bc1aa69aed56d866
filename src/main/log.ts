import { pino, type Logger } from 'pino';
import type { LogLevel } from '../config/config.ts';

/** Structured lines on standard error; never payloads, credentials or upstream replies. */
export const logger = (level: LogLevel): Logger => pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: 2, sync: false }));
