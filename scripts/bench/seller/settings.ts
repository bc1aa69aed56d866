export interface Settings {
  readonly rounds: number;
  readonly connections: number;
  /** Length of one measurement. */
  readonly milliseconds: number;
  /** Events stored before events are timed, and rows stored before the cost of many rows is. */
  readonly stored: { readonly events: number; readonly manyBuys: number; readonly manyEvents: number };
  readonly progress: (line: string) => void;
}
