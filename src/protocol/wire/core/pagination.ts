/** Pages of a list: a request asks for a size and a place, the response says where the next page begins. */
import { Type, type Static } from 'typebox';
import { Count } from './numbers.ts';

export const PaginationRequest = Type.Object({
  max_results: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, description: 'Items on a page; 50 when left out.' })),
  cursor: Type.Optional(Type.String()),
}, { additionalProperties: false });
export type PaginationRequest = Static<typeof PaginationRequest>;

export const PaginationResponse = Type.Object({
  has_more: Type.Boolean(),
  cursor: Type.Optional(Type.String()),
  total_count: Type.Optional(Count),
}, { additionalProperties: false });
export type PaginationResponse = Static<typeof PaginationResponse>;
