import { lying } from '../lying.ts';
import { rowsOf, without } from '../retelling.ts';
import { mishearsPackages } from '../telling.ts';

/** Runs all creatives of a package equally often. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A creative runs as often among its peers as its weight says.',
  tells: mishearsPackages((bought) => ('creative_assignments' in bought
    ? { ...bought, creative_assignments: rowsOf(bought['creative_assignments']).map((each) => without(each, 'weight')) } : bought)),
});
