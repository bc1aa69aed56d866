/** Fresh identifiers, handed in. */
export interface Ids {
  /** An id that was never given before, such as `mb_3f9c...` for `mb`. */
  next(prefix: 'acct' | 'mb' | 'pkg' | 'job' | 'key' | 'cor' | 'task' | 'whk' | 'ntf' | 'prop' | 'io' | 'a2a' | 'ctx' | 'prv'): string;
}
