import type { ErrorCode } from '../protocol/errors.ts';
import type { Answer } from '../protocol/envelope.ts';
import type { Pipeline } from './pipeline.ts';

/** What came of one call, for those who watch. Never what was asked or answered. */
export interface CallEnded {
  readonly task: string;
  /** Absent: nobody signed in. */
  readonly principal_id?: string;
  /** `ok`, the code of the refusal, or `refused` where the task says so in a form of its own. */
  readonly outcome: 'ok' | 'refused' | ErrorCode;
  readonly milliseconds: number;
  /** Of a call that failed, as it stands in the log and in the answer. */
  readonly correlation_id?: string;
}

export type CallObserver = (call: CallEnded) => void;

/** The same pipeline, with observers that hear of every call as it ends. @param elapsed milliseconds of a clock that never jumps */
export function observed(pipeline: Pipeline, observers: readonly CallObserver[], elapsed: () => number): Pipeline {
  return {
    ...pipeline,
    async dispatch(call) {
      const begun = elapsed();
      const answer = await pipeline.dispatch(call);
      const ended: CallEnded = { task: call.task, ...(call.principal ? { principal_id: call.principal.principal_id } : {}), ...outcomeOf(answer), milliseconds: elapsed() - begun };
      for (const observe of observers) observe(ended);
      return answer;
    },
  };
}

function outcomeOf({ document, isError }: Answer): Pick<CallEnded, 'outcome' | 'correlation_id'> {
  if (!isError) return { outcome: 'ok' };
  const { adcp_error } = document as { adcp_error?: { code: ErrorCode; details?: { correlation_id?: unknown } } };
  const correlation_id = adcp_error?.details?.correlation_id;
  return { outcome: adcp_error?.code ?? 'refused', ...(typeof correlation_id === 'string' ? { correlation_id } : {}) };
}
