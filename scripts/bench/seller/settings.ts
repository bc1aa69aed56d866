export interface Settings {
  readonly rounds: number;
  readonly connections: number;
  /** Length of one measurement. */
  readonly milliseconds: number;
  /** Events stored before events are timed, and rows stored before the cost of many rows is. */
  readonly stored: { readonly events: number; readonly manyBuys: number; readonly manyEvents: number };
  /** `processor`: rates are for a second of the server's processor time, which busy neighbours change far less, and which waiting for the disk does not count into. */
  readonly clock: 'wall' | 'processor';
  readonly progress: (line: string) => void;
}
