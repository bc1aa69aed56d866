/** The real clock and real chance. */
import { randomBytes } from 'node:crypto';
import type { Clock } from '../domain/ports/clock.ts';
import type { Ids } from '../domain/ports/ids.ts';

export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (ms) => new Promise((resolve) => { setTimeout(resolve, ms).unref(); }),
};

export const randomIds: Ids = { next: (prefix) => `${prefix}_${randomBytes(12).toString('hex')}` };
