/**
 * The end of this turn of the event loop. Answers to callers go out there: the first one wakes whoever waits for them, which costs
 * as much as making a small answer, and finds them awake for the rest.
 */
export function turnsEnd(): () => Promise<void> {
  let end: Promise<void> | undefined;
  return () => (end ??= new Promise((resolve) => {
    setImmediate(() => {
      end = undefined;
      resolve();
    });
  }));
}
