/** How a task ended that the seller took on and answered later. */
export type TaskCompletion =
  | { readonly kind: 'completed'; readonly payload: unknown }
  /** Over, and not completed; or waiting for somebody, which nobody in a run will do anything about. */
  | { readonly kind: 'ended'; readonly status: string }
  | { readonly kind: 'timed_out'; readonly afterMs: number }
  /** Nobody could be asked. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** Why nothing of the completion can be captured. */
export function whyIncomplete(completion: Exclude<TaskCompletion, { kind: 'completed' }>): string {
  switch (completion.kind) {
    case 'ended': return `the task ended as ${JSON.stringify(completion.status)}`;
    case 'timed_out': return `the task had not ended after ${completion.afterMs / 1000} s`;
    case 'unknown': return completion.reason;
  }
}
