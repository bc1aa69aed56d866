/**
 * Tells whether this process is asked more than it can do. Calls wait in the buffers of their connections, where nobody counts them; but the
 * longer a turn of the event loop takes, the longer what it reads has waited. When turns stay long, what comes late in one is refused at once,
 * so that the rest is answered in time and the next turn begins soon. A burst now and then is worked off: queues that drain are good queues
 * (the idea is that of CoDel, RFC 8289).
 */

export interface OverloadMeans {
  /** Milliseconds of a clock that never jumps. */
  readonly elapsed: () => number;
  /** Calls back when this turn of the event loop has nothing more to read. */
  readonly afterTurn: (then: () => void) => void;
}

/** How long a turn may take before what comes in it has waited too long, in milliseconds. */
const LONG_TURN_MS = 5;
/** For how long turns must have been long before anything is refused. */
const PATIENCE_MS = 100;
/** As many requests of a turn are taken however long they take: so short a queue is none. */
const FEW = 16;
/** In a turn as long as this everything else that is left is refused. */
const ENDLESS_TURN_MS = 500;

/** @returns asked once for each request, as it comes: whether it comes too late in its turn */
export function overload({ elapsed, afterTurn }: OverloadMeans): () => boolean {
  /** When this turn began; undefined before its first request. */
  let began: number | undefined;
  let taken = 0;
  let ended = 0;
  /** Since when every turn has been long, with hardly a pause between them. */
  let longSince: number | undefined;

  const endTurn = (): void => {
    ended = elapsed();
    if (ended - began! > LONG_TURN_MS) longSince ??= began;
    else longSince = undefined;
    began = undefined;
  };
  return () => {
    const now = elapsed();
    if (began === undefined) {
      [began, taken] = [now, 1];
      if (now - ended > LONG_TURN_MS) longSince = undefined;
      afterTurn(endTurn);
      return false;
    }
    const turn = now - began;
    const lasting = longSince !== undefined && now - longSince > PATIENCE_MS;
    if (taken >= FEW && (turn > ENDLESS_TURN_MS || (turn > LONG_TURN_MS && lasting))) return true;
    taken += 1;
    return false;
  };
}
