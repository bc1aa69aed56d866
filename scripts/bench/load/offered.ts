/** Offers calls at a rate, whatever becomes of those before: as buyers do, who know nothing of each other. */
import type { Answer, Connection } from './connections.ts';
import type { NextCall } from './traffic.ts';

export interface Offer {
  /** Calls per second. */
  readonly rate: number;
  readonly milliseconds: number;
  readonly next: () => NextCall;
  /** Told of each answer, and how long it took from when the call was due; waiting for a free connection counts. */
  readonly answered: (call: NextCall, answer: Answer, milliseconds: number) => void;
}

/** How often calls that have become due are sent, in milliseconds. */
const TICK_MS = 1;

/** Resolves when the time is over and everything was answered. */
export async function offered(lines: readonly Connection[], { rate, milliseconds, next, answered }: Offer): Promise<void> {
  const idle = [...lines];
  const waiting: number[] = [];
  const open = new Set<Connection>();
  const started = performance.now();
  let sent = 0;
  const send = (line: Connection, due: number): void => {
    const call = next();
    open.add(line);
    line.send(call.bytes, (answer) => {
      open.delete(line);
      answered(call, answer, performance.now() - due);
      const longest = waiting.shift();
      if (longest === undefined) idle.push(line);
      else send(line, longest);
    });
  };
  for (let now = started; now - started < milliseconds; now = performance.now()) {
    for (const due = Math.floor((now - started) / 1000 * rate); sent < due; sent += 1) {
      const line = idle.shift();
      if (line === undefined) waiting.push(now);
      else send(line, now);
    }
    await pause(TICK_MS);
  }
  while (open.size > 0 || waiting.length > 0) await pause(TICK_MS);
}

/** Keeps connections busy, each with a new call as soon as it has its answer. @returns answers per second that were accepted */
export async function saturated(lines: readonly Connection[], milliseconds: number, next: () => NextCall, accepted: (call: NextCall, answer: Answer) => boolean): Promise<number> {
  const started = performance.now();
  let count = 0;
  await Promise.all(lines.map((line) => new Promise<void>((resolve) => {
    const again = (): void => {
      const call = next();
      line.send(call.bytes, (answer) => {
        if (accepted(call, answer)) count += 1;
        if (performance.now() - started < milliseconds) again();
        else resolve();
      });
    };
    again();
  })));
  return count / ((performance.now() - started) / 1000);
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, milliseconds); });
