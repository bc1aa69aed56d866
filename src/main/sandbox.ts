import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConfigError } from '../config/yaml-file.ts';
import type { OpenSandbox } from '../pipeline/sandbox.ts';

const TRAINING_AGENT = join(import.meta.dirname, '..', '..', 'training-agent');
/** Where it stands when the server runs from a few files. */
const BUNDLED = join(import.meta.dirname, 'training-agent.js');

/**
 * Loads a training agent, which lies outside `src` and is there only for sandboxes.
 * @param module default: the one that comes with the program
 */
export function trainingSandbox(module?: string): OpenSandbox {
  return async (setting) => {
    const asked = module === undefined ? [BUNDLED, join(TRAINING_AGENT, 'index.ts'), join(TRAINING_AGENT, 'index.js')] : [resolve(module)];
    const file = asked.find((candidate) => existsSync(candidate));
    if (file === undefined) throw new ConfigError(`no training agent at ${asked.at(-1)}`);
    const loaded = (await import(pathToFileURL(file).href)) as { openSandbox?: OpenSandbox };
    if (typeof loaded.openSandbox !== 'function') throw new ConfigError(`${file} is no training agent: it exports no openSandbox`);
    return loaded.openSandbox(setting);
  };
}
