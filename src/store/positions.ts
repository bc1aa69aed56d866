/** Positions in lists, as pages tell them: of a row, or of a row under the key that the list is ordered by. */

export type PositionKey = string | number;

const KEYED = /^(?<seq>\d{1,15})~(?:n(?<number>\d{1,15})|t(?<text>[\w-]*))$/;

export const positionAt = (seq: number, key: PositionKey): string =>
  `${seq}~${typeof key === 'number' ? `n${key}` : `t${Buffer.from(key).toString('base64url')}`}`;

/** @throws RangeError for a position that a store never gave */
export function keyedPosition(after: string): { readonly key: PositionKey; readonly seq: number } {
  const { seq, number, text } = KEYED.exec(after)?.groups ?? {};
  if (seq === undefined) throw new RangeError('not a position of this list');
  return { key: number === undefined ? Buffer.from(text ?? '', 'base64url').toString() : Number(number), seq: Number(seq) };
}

/** @throws RangeError for a position that a store never gave */
export function positionOf(after: string | undefined): number {
  const position = after === undefined ? 0 : Number(after);
  if (!Number.isSafeInteger(position) || position < 0) throw new RangeError('not a position of this list');
  return position;
}
