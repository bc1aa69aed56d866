import type { JsonObject } from '../json/object.ts';

const UNMISTAKABLE: ReadonlySet<unknown> = new Set(['pending_creatives', 'pending_start', 'active', 'paused']);
/** Statuses of a buy that a task can have too. */
const SHARED: ReadonlySet<unknown> = new Set(['canceled', 'rejected']);
const TASKS: ReadonlySet<string> = new Set(['create_media_buy', 'update_media_buy']);

/**
 * The buy's status that a create or update reply carries in the task's place (`status`), as sellers did before 3.1.
 * `completed` is never taken for one: there it speaks of the task.
 */
export function legacyMediaBuyStatus(task: string, payload: JsonObject): string | undefined {
  const { status, media_buy_status: own } = payload;
  if (!TASKS.has(task) || typeof status !== 'string') return undefined;
  return UNMISTAKABLE.has(status) || (own === undefined && SHARED.has(status) && payload['media_buy_id'] !== undefined) ? status : undefined;
}
