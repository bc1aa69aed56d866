import type { ErrorCode } from '../protocol/errors.ts';
import type { Answer } from '../protocol/envelope.ts';
import type { Call } from './call.ts';
import type { Pipeline } from './pipeline.ts';

/** What came of one call, for those who watch. Never what was asked or answered. */
export interface CallEnded {
  readonly task: string;
  /** Absent: nobody signed in. */
  readonly principal_id?: string;
  /** `ok`, the code of the refusal, or `refused` where the task says so in a form of its own. */
  readonly outcome: 'ok' | 'refused' | ErrorCode;
  readonly milliseconds: number;
  /** What the request is called in the log, and in the header of the answer. */
  readonly correlation_id?: string;
  /** What the caller calls it, in `context.correlation_id`. */
  readonly buyer_correlation_id?: string;
}

export type CallObserver = (call: CallEnded) => void;

/** The same pipeline, with observers that hear of every call as it ends. @param elapsed milliseconds of a clock that never jumps */
export function observed(pipeline: Pipeline, observers: readonly CallObserver[], elapsed: () => number): Pipeline {
  return {
    ...pipeline,
    async dispatch(call) {
      const begun = elapsed();
      const answer = await pipeline.dispatch(call);
      const ended: CallEnded = { task: call.task, ...callerOf(call), outcome: outcomeOf(answer), milliseconds: elapsed() - begun };
      for (const observe of observers) observe(ended);
      return answer;
    },
  };
}

const LOGGED_ID = /^[\w.:-]{1,128}$/;

function callerOf({ principal, correlation_id, request }: Call): Pick<CallEnded, 'principal_id' | 'correlation_id' | 'buyer_correlation_id'> {
  const theirs = (request['context'] as { correlation_id?: unknown } | null | undefined)?.correlation_id;
  return {
    ...(principal ? { principal_id: principal.principal_id } : {}), ...(correlation_id === undefined ? {} : { correlation_id }),
    ...(typeof theirs === 'string' && LOGGED_ID.test(theirs) ? { buyer_correlation_id: theirs } : {}),
  };
}

function outcomeOf({ document, isError }: Answer): CallEnded['outcome'] {
  if (!isError) return 'ok';
  return (document as { adcp_error?: { code: ErrorCode } }).adcp_error?.code ?? 'refused';
}
