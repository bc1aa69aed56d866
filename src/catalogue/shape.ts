/** A file of inventory, before its rows are completed. Unknown keys are refused, so that a typing error cannot pass as inventory. */
import { Type, type Static } from 'typebox';

const Row = Type.Object({});

export const InventoryFile = Type.Object({
  /** Members of every product of the file that does not state them itself. */
  defaults: Type.Optional(Row),
  products: Type.Optional(Type.Array(Row)),
  formats: Type.Optional(Type.Array(Row)),
  signals: Type.Optional(Type.Array(Row)),
}, { additionalProperties: false });
export type InventoryFile = Static<typeof InventoryFile>;

export type Row = Readonly<Record<string, unknown>>;
