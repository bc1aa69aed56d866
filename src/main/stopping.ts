/** How a server stops: nothing new begins, what runs is finished, and what is not finished in time is cut off. */
import type { Server } from 'node:http';

/** `cut_off`: calls were still running when the time was over. Nothing that was acknowledged is lost by it. */
export type Stopped = 'finished' | 'cut_off';

export interface Ending {
  readonly http: Server;
  /** From now on traffic should go elsewhere. */
  drain(): void;
  /** Takes no more work, and resolves when none runs. */
  jobs(): Promise<void>;
  /** Ends what is on its way to others: their jobs are given back. */
  cut(): void;
}

/** The part of the time in which what runs may end by itself; the rest is for what comes after. */
const OF_THE_TIME = 0.8;
/** A connection that becomes idle while the server stops is closed as soon. */
const IDLE_LOOKED_FOR_MS = 20;

/** Ends calls and jobs. @param withinMs after so long it resolves, whatever still runs */
export async function ended({ http, drain, jobs, cut }: Ending, withinMs: number): Promise<Stopped> {
  drain();
  let running = true;
  const calls = closed(http).then(() => { running = false; });
  const all = Promise.all([calls, jobs()]);
  if (await within(withinMs * OF_THE_TIME, all)) return 'finished';
  const wereRunning = running;
  http.closeAllConnections();
  cut();
  const areEnded = await within(withinMs * (1 - OF_THE_TIME) / 2, all);
  return wereRunning || !areEnded ? 'cut_off' : 'finished';
}

function closed(http: Server): Promise<void> {
  if (!http.listening) return Promise.resolve();
  return new Promise((resolve) => {
    const idle = setInterval(() => http.closeIdleConnections(), IDLE_LOOKED_FOR_MS);
    http.close(() => {
      clearInterval(idle);
      resolve();
    });
  });
}

async function within(ms: number, done: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => { timer = setTimeout(() => resolve(false), ms); });
  try {
    return await Promise.race([done.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
