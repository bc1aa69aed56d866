/** A buyer as a real client is one: it asks again, under the same key, until it has an answer. */
import { setTimeout } from 'node:timers/promises';
import type { Tool } from '../support/mcp-call.ts';
import type { Habit } from './habits.ts';
import { sameOnReplay, type Json, type Operation } from './operation.ts';

export interface Buyer {
  /** Does what it does until the seller is gone, or it is told to stop: then it does nothing new, and waits for its last answer. */
  live(call: Tool, stop: AbortSignal): Promise<void>;
  /** All that it ever asked for. */
  readonly operations: readonly Operation[];
  /** Refusals that no client could do anything about. */
  readonly refusals: readonly string[];
}

export function buyer(habit: Habit): Buyer {
  const operations: Operation[] = [];
  const refusals: string[] = [];
  return {
    operations, refusals,
    async live(call, stop) {
      for (;;) {
        const last = operations.at(-1);
        if (stop.aborted && (last === undefined || last.acknowledged)) return;
        const each = last === undefined || last.acknowledged ? habit.next() : last;
        if (each !== last) operations.push(each);
        each.sends += 1;
        const answer = await call(each.task, each.request).catch(() => undefined);
        if (answer === undefined) return;
        if (answer.isError) {
          const { code, message, recovery } = (answer.document['adcp_error'] ?? {}) as { code?: string; message?: string; recovery?: string };
          if (recovery !== 'transient') return void refusals.push(`${each.task} was refused: ${code ?? answer.rpcError?.message}: ${message}`);
          await setTimeout(20);
        } else acknowledge(each, answer.document);
      }
    },
  };
}

function acknowledge(operation: Operation, answer: Json): void {
  operation.acknowledged = sameOnReplay(answer);
  operation.wasDoneBefore = answer['replayed'] === true;
}
