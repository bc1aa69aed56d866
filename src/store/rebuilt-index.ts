/** An index that was worked out anew from the facts that it is over, and how many of its rows were not what the facts say. */
export interface RebuiltIndex {
  readonly index: string;
  readonly rows: number;
  readonly wrong: number;
}
