/** Numbers with their bounds. Money is a decimal in the major unit of the currency that stands beside it. */
import { Type } from 'typebox';

/** Zero or more: money, and every delivered quantity (deliveries may be fractional after attribution). */
export const Amount = Type.Number({ minimum: 0 });
export const PositiveAmount = Type.Number({ exclusiveMinimum: 0 });
/** A part of one, 0 to 1. */
export const Share = Type.Number({ minimum: 0, maximum: 1 });
/** A part of a hundred, 0 to 100. */
export const Percent = Type.Number({ minimum: 0, maximum: 100 });
/** A whole number, zero or more. */
export const Count = Type.Integer({ minimum: 0 });
/** A whole number from one: ranks, revisions, pixels. */
export const Ordinal = Type.Integer({ minimum: 1 });
