/**
 * The wall's clock, as far as it can be believed. One that jumps is doubted: until it is back, or has gone on steadily for so long that
 * it must have been put right, time goes on from where it was.
 */
import type { Clock } from '../domain/ports/clock.ts';

export interface Timepieces {
  readonly wall: Clock;
  /** Milliseconds that never jump, quick to ask; they may stand still while the machine sleeps. */
  running(): number;
  /** Milliseconds that never jump and go on while the machine sleeps; asked only when the other two disagree. */
  sinceBoot(): number;
}

export interface SteadyClock extends Clock {
  /** By how many milliseconds the wall's clock is off while it is doubted. */
  doubt(): number | undefined;
}

/** What is put right by so little at a time is believed at once. */
const TOLERANCE_MS = 60_000;
/** After so long a clock that jumped and has kept its pace since is believed. */
export const SETTLED_MS = 5 * 60_000;

export function steadyClock({ wall, running, sinceBoot }: Timepieces): SteadyClock {
  let [believed, at] = [wall.now().getTime(), running()];
  /** For how long the machine has slept in all. */
  let asleep = sinceBoot() - at;
  let jump: { readonly off: number; readonly since: number } | undefined;

  const believe = (shown: number, ran: number): number => {
    [believed, at, jump] = [shown, ran, undefined];
    return shown;
  };
  /** What the wall shows is not what the time that ran makes of it. */
  const weigh = (shown: number, ran: number): number => {
    const up = sinceBoot();
    const expected = believed + ran - at;
    const off = shown - expected;
    const woke = off > 0 && off <= up - ran - asleep + TOLERANCE_MS;
    if (jump === undefined || !near(off, jump.off)) jump = { off, since: up };
    if (!woke && up - jump.since < SETTLED_MS) return expected;
    asleep = up - ran;
    return believe(shown, ran);
  };
  const look = (): number => {
    const [shown, ran] = [wall.now().getTime(), running()];
    return near(shown, believed + ran - at) ? believe(shown, ran) : weigh(shown, ran);
  };
  return {
    now: () => new Date(look()),
    sleep: (ms) => wall.sleep(ms),
    doubt() {
      look();
      return jump?.off;
    },
  };
}

const near = (one: number, other: number): boolean => Math.abs(one - other) <= TOLERANCE_MS;
