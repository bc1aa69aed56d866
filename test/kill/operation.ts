/** What a buyer asks for once, under one idempotency key, however often it has to ask. */
export type Json = Record<string, unknown>;

export interface Operation {
  /** In the order in which its buyer asked. */
  readonly number: number;
  readonly task: string;
  readonly request: Json;
  /** The answer, without what it says of being a replay; absent until there is one. */
  acknowledged?: Json;
  /** How often it was sent before it was answered. */
  sends: number;
  /** Whether the answer said that the seller had done it before. */
  wasDoneBefore?: boolean;
}

/** An answer as every repetition of it has to be. */
export function sameOnReplay({ replayed: _said, ...answer }: Json): Json {
  return answer;
}
