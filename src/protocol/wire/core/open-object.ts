/** Parts of a document that this seller stores or passes on without reading. */
import { Type, type TUnsafe } from 'typebox';

/** An object of any members. */
export const OpenObject = Type.Unsafe<Record<string, unknown>>({ type: 'object' });

/** Whatever the caller wants back unchanged in the answer. */
export const Context = OpenObject;

/** Members of vendors, by vendor. */
export const Ext = OpenObject;

/**
 * A member that AdCP leaves untyped in this place although it has one shape in practice: the static type is that shape,
 * the schema refuses nothing.
 */
export function untyped<T>(): TUnsafe<T> {
  return Type.Unsafe<T>({});
}
