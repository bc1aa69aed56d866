/** When a flight begins: at once, or at a time. */
import { Type } from 'typebox';
import { DateTime } from './texts.ts';

export const StartTiming = Type.Unsafe<string>({
  anyOf: [{ type: 'string', const: 'asap' }, DateTime], description: 'The word asap, or a date-time.',
});
