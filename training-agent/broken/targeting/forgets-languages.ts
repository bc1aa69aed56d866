import { lying } from '../lying.ts';
import { isObject, without } from '../retelling.ts';
import { mishearsPackages } from '../telling.ts';

/** Sells to speakers of any language. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A package that is targeted at speakers of a language is booked that way.',
  tells: mishearsPackages((bought) => {
    const overlay = bought['targeting_overlay'];
    return isObject(overlay) ? { ...bought, targeting_overlay: without(overlay, 'language') } : bought;
  }),
});
