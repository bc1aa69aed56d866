/** Whether the process lives, and whether it should be sent traffic: the questions of whoever runs it. */
import { HINDRANCES, type Hindrance } from '../domain/ports/hindrance.ts';

export interface Health {
  /** `ready`, or why no traffic should come. */
  readiness(): Promise<{ readonly status: 'ready' } | { readonly status: 'not_ready'; readonly reason: string }>;
  /** From now on traffic should go elsewhere; what is under way is finished. */
  drain(): void;
}

/** How long the store may take to answer a read before the server counts as not ready. */
const STORE_MS = 2_000;

/**
 * @param touch reads something of the store
 * @param hindrance why nothing can be recorded now
 */
export function health(touch: () => Promise<unknown>, hindrance: () => Hindrance | undefined = () => undefined): Health {
  let draining = false;
  return {
    async readiness() {
      if (draining) return { status: 'not_ready', reason: 'the server is stopping' };
      const found = hindrance();
      if (found) return { status: 'not_ready', reason: `nothing can be recorded: ${HINDRANCES[found.kind]}` };
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<'late'>((resolve) => { timer = setTimeout(() => resolve('late'), STORE_MS); });
      try {
        return (await Promise.race([touch(), late])) === 'late' ? { status: 'not_ready', reason: 'the store does not answer' } : { status: 'ready' };
      } catch {
        return { status: 'not_ready', reason: 'the store cannot be read' };
      } finally {
        clearTimeout(timer);
      }
    },
    drain() { draining = true; },
  };
}
