/** What keeps calls from being recorded, as it is found and as it is logged. */
import type { Logger } from 'pino';
import { HINDRANCES } from '../domain/ports/hindrance.ts';
import type { Guard } from '../observe/guarded-store.ts';
import type { SteadyClock } from '../observe/steady-clock.ts';

export function storeWatch(clock: SteadyClock, log: Logger): Pick<Guard, 'forbidden' | 'news'> {
  return {
    forbidden() {
      const off = clock.doubt();
      return off === undefined ? undefined : { kind: 'clock_jumped', detail: `it is off by ${Math.round(off / 1000)} s` };
    },
    news(hindrance) {
      if (hindrance) log.error({ reason: HINDRANCES[hindrance.kind], detail: hindrance.detail }, 'nothing can be recorded; calls that change something are refused until it can');
      else log.warn('calls are recorded again');
    },
  };
}
