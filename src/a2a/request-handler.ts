/** A2A's operations over the pipeline. A message is answered with a task that has ended: whatever goes on in AdCP goes on there. */
import { type AgentCard, type Artifact, type Message, type Task, TaskState } from 'a2a';
import {
  ExtendedAgentCardNotConfiguredError, PushNotificationNotSupportedError, TaskNotCancelableError, TaskNotFoundError, UnsupportedOperationError,
} from 'a2a/errors';
import type { A2ARequestHandler, ServerCallContext } from 'a2a/server';
import { ANYBODY, type Principal } from '../domain/caller.ts';
import type { AnsweredTasks } from '../domain/ports/answered-tasks.ts';
import type { Clock } from '../domain/ports/clock.ts';
import type { Ids } from '../domain/ports/ids.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { Answer } from '../protocol/envelope.ts';
import { ADCP_EXTENSION } from './agent-card.ts';
import { invocationOf } from './invocation.ts';
import { TaskBook } from './task-book.ts';

export interface HandlerOptions {
  readonly pipeline: Pipeline;
  readonly card: AgentCard;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Where answered tasks are kept that other servers may be asked for; absent: this server keeps what it answered. */
  readonly answered?: AnsweredTasks | undefined;
}

/** Where the endpoint leaves the caller, and what the request is called in the log. */
export const PRINCIPAL = 'principal';
export const CORRELATION = 'correlation_id';

const MOST_KEPT = 16_000_000;
const PAGE = { usual: 50, most: 100 } as const;

export function requestHandler({ pipeline, card, clock, ids, answered = new TaskBook(MOST_KEPT) }: HandlerOptions): A2ARequestHandler {
  const known = async (id: string, context: ServerCallContext): Promise<Task> => {
    const task = await answered.find(ownerOf(context), id) as Task | undefined;
    if (task === undefined) throw new TaskNotFoundError(`no task ${JSON.stringify(id).slice(0, 100)} of this caller, or not any more; AdCP's own tasks are asked for with get_task_status`);
    return task;
  };
  const noPush = () => Promise.reject(new PushNotificationNotSupportedError('give push_notification_config in the input of the task'));
  const noStream = () => { throw new UnsupportedOperationError('answers are not streamed; use SendMessage'); };

  return {
    getAgentCard: async () => card,
    getAuthenticatedExtendedAgentCard: () => Promise.reject(new ExtendedAgentCardNotConfiguredError('the public card says everything')),
    async sendMessage({ message, configuration }, context) {
      if (message === undefined) throw new UnsupportedOperationError('there is no message');
      if (configuration?.taskPushNotificationConfig) await noPush();
      if (message.taskId !== '') throw new UnsupportedOperationError(`task ${JSON.stringify((await known(message.taskId, context)).id)} has ended; send a message without its id`);
      const { skill, input } = invocationOf(message);
      if (!pipeline.serves(skill)) throw new UnsupportedOperationError(`no skill ${JSON.stringify(skill).slice(0, 100)}; the agent card lists them`);
      const principal = principalOf(context);
      const answer = await pipeline.dispatch({ task: skill, request: input, correlation_id: context.state.get(CORRELATION) as string, ...(principal ? { principal } : {}) });
      const task = taskOf(message, skill, answer, { id: ids.next('a2a'), context_id: message.contextId || ids.next('ctx'), at: clock.now().toISOString() });
      context.addActivatedExtension(ADCP_EXTENSION);
      // What was answered is answered, whether it can be asked for again or not.
      await answered.keep(ownerOf(context), { id: task.id, context_id: task.contextId, state: task.status!.state, document: task }).catch(() => {});
      return task;
    },
    getTask: async ({ id, historyLength }, context) => withHistory(await known(id, context), historyLength),
    async listTasks({ contextId, status, pageSize, pageToken }, context) {
      const limit = Math.min(pageSize && pageSize > 0 ? pageSize : PAGE.usual, PAGE.most);
      const skip = /^\d{1,9}$/.test(pageToken) ? Number(pageToken) : 0;
      const { documents, total } = await answered.list(ownerOf(context), { ...(contextId === '' ? {} : { context_id: contextId }), ...(status ? { state: status } : {}), limit, skip });
      return { tasks: documents.map((task) => withHistory(task as Task, 0)), totalSize: total, pageSize: limit, nextPageToken: skip + limit < total ? String(skip + limit) : '' };
    },
    cancelTask: async ({ id }, context) => { throw new TaskNotCancelableError(`task ${JSON.stringify((await known(id, context)).id)} has ended`); },
    sendMessageStream: noStream,
    resubscribe: noStream,
    createTaskPushNotificationConfig: noPush,
    getTaskPushNotificationConfig: noPush,
    listTaskPushNotificationConfigs: noPush,
    deleteTaskPushNotificationConfig: noPush,
  };
}

const principalOf = (context: ServerCallContext) => context.state.get(PRINCIPAL) as Principal | undefined;
const ownerOf = (context: ServerCallContext): string => (principalOf(context) ?? ANYBODY.principal).principal_id;

/** A refusal of AdCP is a failed task with the same document; a submitted task of AdCP is a completed one that tells its id. */
function taskOf(message: Message, skill: string, { document, isError }: Answer, { id, context_id, at }: { id: string; context_id: string; at: string }): Task {
  const { status, task_id } = document as { readonly status?: unknown; readonly task_id?: unknown };
  const metadata = status === 'submitted' && typeof task_id === 'string' ? { adcp_task_id: task_id } : undefined;
  const artifact: Artifact = {
    artifactId: `${id}_answer`, name: skill, description: '', metadata, extensions: [ADCP_EXTENSION],
    parts: [{ content: { $case: 'data', value: document }, metadata: undefined, filename: '', mediaType: 'application/json' }],
  };
  return {
    id, contextId: context_id, artifacts: [artifact], metadata,
    status: { state: isError ? TaskState.TASK_STATE_FAILED : TaskState.TASK_STATE_COMPLETED, message: undefined, timestamp: at },
    history: [{ ...message, taskId: id, contextId: context_id, parts: [] }],
  };
}

const withHistory = (task: Task, length: number | undefined): Task => (length === 0 ? { ...task, history: [] } : task);
