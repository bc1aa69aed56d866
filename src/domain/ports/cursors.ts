/** Writes positions in lists so that callers can give them back and read nothing from them: a position may tell how much there is beyond their own. */
export interface Cursors {
  /** The same for the same position of the same list. */
  seal(position: string, list: string): string;
  /** Undefined for what was not sealed here, or for another list. */
  open(cursor: string, list: string): string | undefined;
}
