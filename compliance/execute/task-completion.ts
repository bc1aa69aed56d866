/** Waits for the end of a task that the seller took on and answered later. */
import type { WebhookInbox } from '../contracts/webhooks/inbox.ts';
import type { Credential } from '../credential.ts';
import { own } from '../json/object.ts';
import { readReply } from '../judge/judge-step.ts';
import type { TaskCompletion } from '../judge/task-completion.ts';
import type { Step } from '../storyboard.ts';
import { versionEnvelope } from './build-request.ts';
import type { RunEnvironment } from './run-environment.ts';

/** What a task is asked about with. A webhook may tell of its end before anybody asks. */
export interface CompletionTools {
  readonly env: RunEnvironment;
  readonly credential: Credential;
  readonly inbox?: WebhookInbox;
}

const TAKEN_ON: ReadonlySet<unknown> = new Set(['submitted', 'working', 'input-required']);
const GOING_ON: ReadonlySet<unknown> = new Set(['submitted', 'working']);
const POLL_TASKS = ['tasks_get', 'get_task_status'] as const;
const MAX_TASK_ID = 256;

/** Whether a capture of the step looks into the completion of its task. */
export function wantsCompletion(step: Step): boolean {
  return step.context_outputs.some((output) => output.kind === 'path' && output.path.startsWith('task_completion.'));
}

/** How the task ended: the reply itself tells when it is final already, else asking for it, or a webhook that comes first. */
export async function taskCompletion(data: unknown, tools: CompletionTools): Promise<TaskCompletion> {
  const { env } = tools;
  if (!TAKEN_ON.has(own(data, 'status'))) return { kind: 'completed', payload: data };
  const taskId = own(data, 'task_id');
  if (typeof taskId !== 'string' || taskId === '' || taskId.length > MAX_TASK_ID || hasControlCharacter(taskId))
    return { kind: 'unknown', reason: 'the reply gives no task_id that could be asked about' };
  const { timeoutMs, intervalMs } = env.polling;
  const deadline = env.clock.elapsed() + timeoutMs;
  while (env.clock.elapsed() < deadline && !env.signal.aborted) {
    const known = delivered(taskId, tools.inbox) ?? await asked(taskId, tools);
    if (known !== undefined) return known;
    await delivery(tools, Math.min(intervalMs, Math.max(0, deadline - env.clock.elapsed())));
  }
  return delivered(taskId, tools.inbox) ?? { kind: 'timed_out', afterMs: timeoutMs };
}

/** What the seller says of the task, undefined while it goes on. */
async function asked(taskId: string, { env, credential }: CompletionTools): Promise<TaskCompletion | undefined> {
  const task = POLL_TASKS.find((name) => env.profile.tools.has(name)) ?? POLL_TASKS[0];
  const exchange = await env.agent.call(
    task, { ...versionEnvelope(env.bundle.adcp_version), task_id: taskId, include_result: true }, credential
  );
  if (exchange.kind === 'failed') return { kind: 'unknown', reason: `${task} was not answered: ${exchange.failure.message}` };
  const { data } = readReply(task, exchange);
  return own(data, 'task_id') === taskId ? ending(data) : undefined;
}

/** What a webhook has said of the task. */
function delivered(taskId: string, inbox: WebhookInbox | undefined): TaskCompletion | undefined {
  const told = inbox?.deliveries.findLast(({ payload }) => payload?.['task_id'] === taskId && ending(payload) !== undefined);
  return told === undefined ? undefined : ending(told.payload);
}

function ending(state: unknown): TaskCompletion | undefined {
  const status = own(state, 'status');
  if (status === 'completed') return { kind: 'completed', payload: own(state, 'result') };
  return GOING_ON.has(status) ? undefined : { kind: 'ended', status: String(status) };
}

/** Waits for the next look, or for a webhook. */
async function delivery({ env, inbox }: CompletionTools, ms: number): Promise<void> {
  const over = new AbortController();
  const signal = AbortSignal.any([env.signal, over.signal]);
  await Promise.race([env.clock.sleep(ms, signal), ...(inbox === undefined ? [] : [inbox.next(signal)])]);
  over.abort();
}

function hasControlCharacter(text: string): boolean {
  return [...text].some((char) => char.charCodeAt(0) < 0x20 || char.charCodeAt(0) === 0x7f);
}
