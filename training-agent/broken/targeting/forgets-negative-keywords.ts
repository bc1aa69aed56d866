import { lying } from '../lying.ts';
import { isObject, without } from '../retelling.ts';
import { mishearsPackages } from '../telling.ts';

/** Runs beside the words that a buyer shuns. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Words that a buyer shuns are booked with the package.',
  tells: mishearsPackages((bought) => {
    const overlay = bought['targeting_overlay'];
    return isObject(overlay) ? { ...bought, targeting_overlay: without(overlay, 'negative_keywords') } : bought;
  }),
});
