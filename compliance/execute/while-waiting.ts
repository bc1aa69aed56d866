import { setImmediate } from 'node:timers/promises';

/**
 * Does work that will be wanted later while somebody else is waited for, piece by piece: what is waited for comes no later than one piece
 * after it could, and what is not done by then is left.
 * @throws what is waited for throws
 */
export async function whileWaiting<T>(awaited: Promise<T>, pieces: Iterable<() => void>): Promise<T> {
  let isOver = false;
  const end = (): void => { isOver = true; };
  awaited.then(end, end);
  for (const piece of pieces) {
    await setImmediate();
    if (isOver) break;
    piece();
  }
  return awaited;
}
