import type { Clock } from '../domain/ports/clock.ts';
import type { Recorder } from '../domain/ports/recorder.ts';
import type { AgentAnswer, AgentCall } from './agent-caller.ts';

/** A call on behalf of a caller of ours. */
export interface CallFor extends AgentCall {
  readonly principal_id: string;
}

/** Records each call with the tool's request as its payload: what the agent was told, without MCP's wrapping. */
export function recordedAgent(call: (call: AgentCall) => Promise<AgentAnswer>, recorder: Recorder, clock: Pick<Clock, 'now'>): (call: CallFor) => Promise<AgentAnswer> {
  return async ({ principal_id, ...made }) => {
    const timestamp = clock.now().toISOString();
    const answered = await call(made);
    recorder.record({
      principal_id, method: 'POST', url: made.agent_url, content_type: 'application/json', payload: JSON.stringify(made.request), timestamp,
      ...(answered.kind === 'unreachable' ? {} : { status: 200 }),
    });
    return answered;
  };
}
