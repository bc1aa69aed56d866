/** A2A's task as both of its wire forms give it: `{kind: "task", …}` of 0.3 and `{task: {…}}` of 1.0. Nothing is trusted to be there. */
import { isObject, type JsonObject, own } from './json/object.ts';

export interface A2aTask {
  readonly id: unknown;
  readonly contextId: unknown;
  /** In the words of 0.3: `completed`, `input-required`. */
  readonly state: string;
  readonly artifacts: readonly JsonObject[];
  /** Parts of the message that explains the state. */
  readonly statusParts: readonly JsonObject[];
}

/** The task of a reply, undefined when the agent answered with a mere message or something else. */
export function a2aTask(result: unknown): A2aTask | undefined {
  const wrapped = own(result, 'task');
  const task = isObject(wrapped) ? wrapped : own(result, 'kind') === 'task' || isObject(own(result, 'status')) ? result : undefined;
  if (!isObject(task)) return undefined;
  return {
    id: task['id'], contextId: task['contextId'], state: stateOf(own(task['status'], 'state')), artifacts: objects(task['artifacts']),
    statusParts: objects(own(own(task['status'], 'message'), 'parts')),
  };
}

/** The parts of a reply that is a message. */
export function a2aMessageParts(result: unknown): readonly JsonObject[] {
  const wrapped = own(result, 'message');
  return objects(own(isObject(wrapped) ? wrapped : result, 'parts'));
}

/** What a data part holds, undefined for parts of another kind. */
export function dataOf(part: JsonObject): JsonObject | undefined {
  return isObject(part['data']) && (part['kind'] === undefined || part['kind'] === 'data') ? part['data'] : undefined;
}

export const textOf = (part: JsonObject): string => (typeof part['text'] === 'string' ? part['text'] : '');
export const partsOf = (artifact: JsonObject | undefined): readonly JsonObject[] => objects(artifact?.['parts']);

const objects = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

function stateOf(state: unknown): string {
  return typeof state === 'string' ? state.replace(/^TASK_STATE_/, '').toLowerCase().replaceAll('_', '-') : '';
}
