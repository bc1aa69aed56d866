import type { Directives } from '../directives.ts';
import { refusal, seeded, type Scenario } from './scenario.ts';

/** What is answered from memory when its source is out of reach. */
const CACHED = 'get_products';

/** The next call of a task finds what stands behind it out of reach, and is answered with what the seller still has. */
export const forceUpstreamUnavailable = (directives: Directives): Scenario<'force_upstream_unavailable'> => async ({ tool, upstream_name }, asker) => {
  if (tool !== CACHED) return refusal('INVALID_PARAMS', `only ${CACHED} is answered from memory when its source is out of reach`);
  // The harness names no brand here: the directive waits for the caller, whatever it asks about.
  directives.tell('stale', { principal_id: asker.caller.principal.principal_id, brand: undefined, task: tool }, upstream_name === undefined ? {} : { upstream_name });
  return seeded(`the next ${tool} of this caller is answered from memory`);
};
