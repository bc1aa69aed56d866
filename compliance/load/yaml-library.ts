import { createRequire } from 'node:module';
import type * as yamlModule from 'yaml';

const load = createRequire(import.meta.url);
let loaded: typeof yamlModule | undefined;

/** The YAML library, loaded with the first document that is parsed: a run asks the seller before it needs one. */
export const yaml = (): typeof yamlModule => (loaded ??= load('yaml') as typeof yamlModule);
