/** Optional members that hold lists. */
import { Type, type TArray, type TOptional, type TSchema } from 'typebox';

/** Any number of items. */
export function list<T extends TSchema>(item: T): TOptional<TArray<T>> {
  return Type.Optional(Type.Array(item));
}

/** At least one item; a list of none is left out. */
export function some<T extends TSchema>(item: T): TOptional<TArray<T>> {
  return Type.Optional(Type.Array(item, { minItems: 1 }));
}

/** At least one item, and each only once. */
export function distinct<T extends TSchema>(item: T): TOptional<TArray<T>> {
  return Type.Optional(Type.Array(item, { minItems: 1, uniqueItems: true }));
}
