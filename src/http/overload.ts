/**
 * Tells whether this process is asked more than it can do. Calls wait in the buffers of their connections, where nobody counts them; but the
 * longer a turn of the event loop takes, the longer what it reads has waited. When turns with many requests stay long, what comes late in one is
 * refused at once, so that the rest is answered in time and the next turn begins soon. A burst now and then is worked off: queues that drain
 * are good queues (the idea is that of CoDel, RFC 8289).
 */

export interface OverloadMeans {
  /** Milliseconds of a clock that never jumps. */
  readonly elapsed: () => number;
  /** Calls back when this turn of the event loop has nothing more to read. */
  readonly afterTurn: (then: () => void) => void;
}

/** A turn is long when it takes more than so many milliseconds and reads more than so many requests: a shorter queue is none. */
const LONG = { ms: 5, requests: 16 } as const;
/** For how long turns must have been long before anything is refused, and for how long nothing must have been before the overload is over. */
const PATIENCE_MS = 50;
/** What is taken of each turn in an overload: requests for so many milliseconds, and so many however long they take. */
const TAKEN = { ms: 2.5, requests: 4 } as const;
/** In a turn as long as this everything else that is left is refused. */
const ENDLESS_TURN_MS = 500;

/** @returns asked once for each request, as it comes: whether it comes too late in its turn */
export function overload({ elapsed, afterTurn }: OverloadMeans): () => boolean {
  /** When this turn began; undefined before its first request. */
  let began: number | undefined;
  let [come, taken, ended] = [0, 0, 0];
  /** Since when every turn has been long, with hardly a pause between them. */
  let longSince: number | undefined;
  let overloadedUntil = 0;

  const endTurn = (): void => {
    ended = elapsed();
    if (ended - began! <= LONG.ms || come <= LONG.requests) longSince = undefined;
    else longSince ??= began!;
    if (longSince !== undefined && ended - longSince > PATIENCE_MS) overloadedUntil = ended + PATIENCE_MS;
    began = undefined;
  };
  return () => {
    const now = elapsed();
    if (began === undefined) {
      [began, come, taken] = [now, 0, 0];
      if (now - ended > LONG.ms) longSince = undefined;
      afterTurn(endTurn);
    }
    come += 1;
    const turn = now - began;
    const overloaded = now < overloadedUntil;
    if ((overloaded && taken >= TAKEN.requests && turn > TAKEN.ms) || (taken >= LONG.requests && turn > ENDLESS_TURN_MS)) {
      if (overloaded) overloadedUntil = now + PATIENCE_MS;
      return true;
    }
    taken += 1;
    return false;
  };
}
