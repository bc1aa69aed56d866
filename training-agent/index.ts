/** The training agent: what makes a seller a sandbox. Loaded by configuration, imported by nothing in `src`. */
import type { OpenSandbox } from '../src/pipeline/sandbox.ts';
import { openTrainingSandbox } from './sandbox.ts';

export const openSandbox: OpenSandbox = openTrainingSandbox;
