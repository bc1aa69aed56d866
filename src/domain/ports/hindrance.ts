/** Why nothing can be recorded now. What was acknowledged before stays; reads go on as far as they can. */
export interface Hindrance {
  readonly kind: HindranceKind;
  /** For the operator: what the system said. */
  readonly detail: string;
}

/** Each, as an operator reads it. */
export const HINDRANCES = {
  disk_full: 'the disk of the store is full',
  read_only: 'the store may only be read',
  locked: 'another process holds the store',
  disk_failing: 'the disk of the store fails',
  damaged: 'the store is damaged',
  /** Whatever waited for it may have been recorded or not. */
  writer_lost: 'what writes the store has ended, and is begun anew',
  database_lost: 'the database cannot be reached',
  clock_jumped: 'the clock of this machine has jumped',
} as const satisfies Record<string, string>;
export type HindranceKind = keyof typeof HINDRANCES;

/** Thrown by a store that cannot do what it is asked for now. The call may be repeated under its idempotency key. */
export class StoreUnavailable extends Error {
  readonly hindrance: Hindrance;

  constructor(hindrance: Hindrance) {
    super(`${HINDRANCES[hindrance.kind]}: ${hindrance.detail}`);
    this.hindrance = hindrance;
  }
}
