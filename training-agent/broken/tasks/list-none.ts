import type { JsonObject } from '../../../src/protocol/envelope.ts';
import { lying } from '../lying.ts';
import { retells } from '../telling.ts';

/** Lists no task. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The tasks of a buyer are listed.',
  tells: retells(['list_tasks'], (document) => ({
    ...document, tasks: [], query_summary: { ...(document['query_summary'] as JsonObject), total_matching: 0, returned: 0 }, pagination: { has_more: false, total_count: 0 },
  })),
});
