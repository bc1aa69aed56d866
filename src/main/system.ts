/** The real clock and real chance. */
import { randomBytes } from 'node:crypto';
import { uptime } from 'node:os';
import type { Clock } from '../domain/ports/clock.ts';
import type { Ids } from '../domain/ports/ids.ts';
import type { Timepieces } from '../observe/steady-clock.ts';

export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (ms) => new Promise((resolve) => { setTimeout(resolve, ms).unref(); }),
};

export const systemTime: Timepieces = { wall: systemClock, running: () => performance.now(), sinceBoot: () => uptime() * 1000 };

const ID_BYTES = 12;
/** The system is asked for the chance of so many ids at a time: an answer costs it as much as that of one. */
const IDS_AT_ONCE = 256;
let chance = Buffer.alloc(0);

export const randomIds: Ids = {
  next(prefix) {
    if (chance.length === 0) chance = randomBytes(ID_BYTES * IDS_AT_ONCE);
    const id = chance.toString('hex', 0, ID_BYTES);
    chance = chance.subarray(ID_BYTES);
    return `${prefix}_${id}`;
  },
};
