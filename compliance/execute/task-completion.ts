/** Waits for the end of a task that the seller took on and answered later. */
import type { Credential } from '../credential.ts';
import { own } from '../json/object.ts';
import { readReply } from '../judge/judge-step.ts';
import type { Step } from '../storyboard.ts';
import { versionEnvelope } from './build-request.ts';
import type { RunEnvironment } from './run-environment.ts';

const OPEN: ReadonlySet<unknown> = new Set(['submitted', 'working', 'input-required']);
const POLL_TASKS = ['tasks_get', 'get_task_status'] as const;
const MAX_TASK_ID = 256;

/** Whether a capture of the step looks into the completion of its task. */
export function wantsCompletion(step: Step): boolean {
  return step.context_outputs.some((output) => output.kind === 'path' && output.path.startsWith('task_completion.'));
}

/**
 * What the task completed with: the reply itself when it is final already, else what polling brings. Undefined when the
 * task ends otherwise, or does not end in time.
 */
export async function taskCompletion(data: unknown, env: RunEnvironment, credential: Credential): Promise<unknown> {
  if (!OPEN.has(own(data, 'status'))) return data;
  const taskId = own(data, 'task_id');
  if (typeof taskId !== 'string' || taskId.length > MAX_TASK_ID || hasControlCharacter(taskId)) return undefined;
  const task = POLL_TASKS.find((name) => env.profile.tools.has(name)) ?? POLL_TASKS[0];
  const deadline = env.clock.elapsed() + env.polling.timeoutMs;
  while (env.clock.elapsed() < deadline && !env.signal.aborted) {
    const exchange = await env.agent.call(
      task, { ...versionEnvelope(env.bundle.adcp_version), task_id: taskId, include_result: true }, credential
    );
    const { data: state } = readReply(task, exchange);
    if (own(state, 'task_id') === taskId && own(state, 'status') === 'completed') return own(state, 'result');
    if (exchange.kind === 'failed' || (own(state, 'task_id') === taskId && !OPEN.has(own(state, 'status')))) return undefined;
    await env.clock.sleep(env.polling.intervalMs, env.signal);
  }
  return undefined;
}

function hasControlCharacter(text: string): boolean {
  return [...text].some((char) => char.charCodeAt(0) < 0x20 || char.charCodeAt(0) === 0x7f);
}
