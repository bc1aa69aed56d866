/** Checks of how an A2A agent wraps its answer. Over another transport there is nothing to look at. */
import { a2aTask, dataOf, partsOf } from '../../a2a-task.ts';
import { type JsonObject, own } from '../../json/object.ts';
import type { Finding } from '../../step-report.ts';
import { type CheckContext, type CheckFunction, failed, PASSED, passedWith } from './check.ts';

/** The reply of a step that was sent over A2A. */
export interface A2aReply {
  readonly result: unknown;
  /** What the agent called the conversation in the step before, undefined when there was none. */
  readonly earlierContextId?: unknown;
}

const OTHER_TRANSPORT = 'not graded: the seller was reached over MCP';
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/**
 * Passes when a submitted AdCP task comes as A2A wants it: the transport's task is complete, and its artifact holds the payload with
 * `status: submitted` under the AdCP task id that its metadata names.
 */
export const a2aSubmittedArtifact: CheckFunction = (_authored, { a2a, policy }) => {
  if (a2a === undefined) return passedWith([OTHER_TRANSPORT]);
  const task = a2aTask(a2a.result);
  if (task === undefined) return wrong('the reply', 'is no task', '', { kind: 'task' }, own(a2a.result, 'kind') ?? null);
  const artifact = task.artifacts[0];
  const id = own(artifact?.['metadata'], 'adcp_task_id');
  const data = artifactData(artifact, policy);
  const inner = data?.['adcp_task_id'];
  if (!isText(task.id)) return wrong('id', 'of the task is empty', '/id', 'a text', task.id);
  if (!isText(task.contextId)) return wrong('contextId', 'of the task is empty', '/contextId', 'a text', task.contextId);
  if (task.state !== 'completed') return wrong('status.state', 'is another one', '/status/state', 'completed', task.state);
  if (!isText(artifact?.['artifactId']))
    return wrong('artifacts[0].artifactId', 'is empty', '/artifacts/0/artifactId', 'a text', artifact?.['artifactId']);
  if (!isText(id)) return wrong('adcp_task_id', 'is missing', '/artifacts/0/metadata/adcp_task_id', 'a text', id);
  if (data === undefined) return wrong('the artifact', 'has no data part', '/artifacts/0/parts', 'a data part', partsOf(artifact));
  if (data['status'] !== 'submitted') return wrong('status', 'of the payload is another one', '/artifacts/0/parts/0/data/status', 'submitted', data['status']);
  return inner === undefined || inner === id
    ? PASSED
    : wrong('adcp_task_id', 'of the payload is another one', '/artifacts/0/parts/0/data/adcp_task_id', id, inner);
};

/** Passes when the agent keeps to the conversation of the step before. */
export const a2aContextContinuity: CheckFunction = (_authored, { a2a }) => {
  if (a2a === undefined) return passedWith([OTHER_TRANSPORT]);
  if (a2a.earlierContextId === undefined) return passedWith(['no earlier step of the storyboard was answered over A2A']);
  const contextId = a2aTask(a2a.result)?.contextId;
  return contextId === a2a.earlierContextId
    ? PASSED
    : wrong('contextId', 'is not that of the step before', '/contextId', a2a.earlierContextId, contextId);
};

/** The last object that a part of the artifact holds; the official runner looks at its first part alone. */
function artifactData(artifact: JsonObject | undefined, policy: CheckContext['policy']): JsonObject | undefined {
  const parts = partsOf(artifact);
  const looked = policy.a2aPayload === 'first_part' ? parts.slice(0, 1) : parts;
  return looked.map(dataOf).findLast((data) => data !== undefined);
}

function wrong(subject: string, problem: string, pointer: string, expected: unknown, actual: unknown): Finding {
  return failed(subject, problem, { json_pointer: pointer, expected, actual: actual ?? null });
}
