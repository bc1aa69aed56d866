/**
 * Spares an endpoint that keeps failing, and us the time: after a row of failures nothing is sent to it for a while, then one
 * call at a time finds out whether it is back. Kept in memory: a restart gives every endpoint a fresh chance.
 */

interface State {
  /** In a row. */
  failures: number;
  /** Milliseconds since 1970; nothing is sent before. */
  openUntil: number;
}

export interface Breaker {
  /** When an endpoint may be called again; undefined when it may now. */
  closedTo(url: string, now: Date): Date | undefined;
  succeeded(url: string): void;
  failed(url: string, now: Date): void;
}

const ENOUGH_FAILURES = 5;
const FIRST_REST_MS = 60_000;
const LONGEST_REST_MS = 15 * 60_000;
/** As many troubled endpoints as are remembered. */
const MOST_ENDPOINTS = 10_000;

/** Calls that differ in their query alone go to one endpoint. */
const endpointOf = (url: string): string => url.replace(/[?#].*$/s, '');

export function endpointBreaker(): Breaker {
  const troubled = new Map<string, State>();
  return {
    closedTo(url, now) {
      const state = troubled.get(endpointOf(url));
      if (state === undefined || state.openUntil <= now.getTime()) {
        // Whoever comes first tries; the others wait for what it finds.
        if (state && state.failures >= ENOUGH_FAILURES) state.openUntil = now.getTime() + FIRST_REST_MS;
        return undefined;
      }
      return new Date(state.openUntil);
    },
    succeeded: (url) => void troubled.delete(endpointOf(url)),
    failed(url, now) {
      const endpoint = endpointOf(url);
      const failures = (troubled.get(endpoint)?.failures ?? 0) + 1;
      troubled.delete(endpoint);
      const rest = Math.min(FIRST_REST_MS * 2 ** (failures - ENOUGH_FAILURES), LONGEST_REST_MS);
      troubled.set(endpoint, { failures, openUntil: failures < ENOUGH_FAILURES ? 0 : now.getTime() + rest });
      if (troubled.size > MOST_ENDPOINTS) troubled.delete(troubled.keys().next().value!);
    },
  };
}
