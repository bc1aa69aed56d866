import { type CheckFunction, passedWith } from './check.ts';

/** Holds for agents that speak A2A; over another transport there is nothing to look at. */
export const a2aOnly: CheckFunction = () => passedWith(['not graded: the seller was reached over MCP']);
