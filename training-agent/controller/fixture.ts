import type { Fixture } from '../catalogue/row.ts';

/**
 * The fixture of a seed. Some storyboards write their rows as `{id, fixture}` already, and the harness wraps every row
 * once more: then the fixture is what lies inside.
 */
export function fixtureOf(params: { readonly fixture?: unknown }): Fixture {
  const outer = (params.fixture ?? {}) as Fixture;
  const inner = outer['fixture'];
  return Object.keys(outer).length === 1 && typeof inner === 'object' && inner !== null ? (inner as Fixture) : outer;
}
