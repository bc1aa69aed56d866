import type { Task } from '../protocol/tasks.ts';

export interface ListedTool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: { readonly type: 'object'; readonly additionalProperties: true };
  readonly annotations: { readonly readOnlyHint: boolean; readonly idempotentHint: boolean; readonly openWorldHint: boolean };
}

/**
 * The tools as MCP lists them. Input schemas are open on purpose: requests are checked behind MCP, so that a malformed one
 * is answered as AdCP asks, with its context, and never with an error of the transport.
 */
export function toolList(tasks: readonly Task[]): ListedTool[] {
  return tasks.map(({ name, summary, mutating }) => ({
    name, description: summary,
    inputSchema: { type: 'object', additionalProperties: true },
    annotations: { readOnlyHint: !mutating, idempotentHint: true, openWorldHint: false },
  }));
}
