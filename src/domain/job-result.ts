/** What came of a job. */
export type JobResult =
  | { readonly kind: 'done' }
  | { readonly kind: 'retry' | 'refused'; readonly reason: string }
  /** The handler keeps a timetable of its own. */
  | { readonly kind: 'again'; readonly run_at: string; readonly reason: string };
