import { resolve } from 'node:path';
import { isKnownCheck } from '../judge/checks/registry.ts';
import { isKnownInvariant } from '../judge/invariants/registry.ts';
import { isAdcpTask } from '../judge/success-evidence.ts';
import { type Bundle, bundleFolders, openBundle, type OpenOptions, shownName } from '../load/bundle.ts';
import { type CliIo, UsageError } from './io.ts';
import { packageRoot } from './package-root.ts';

/** What the loader needs to know of the judge. */
export const LOAD_RULES: OpenOptions['rules'] = { isKnownCheck, isKnownInvariant, isKnownTask: isAdcpTask };

/** Opens the bundle in a folder; without one, the storyboards of this package. */
export function openBundleOption(folder: string | undefined, io: CliIo): Bundle {
  const path = folder === undefined ? packageRoot() : resolve(io.cwd, folder);
  const folders = bundleFolders(path);
  if (folders === undefined)
    throw new UsageError(`no bundle at ${shownName(path, io.cwd)}: it has neither compliance/ nor storyboards/ with storyboards below`);
  const opened = openBundle(folders, { cwd: io.cwd, rules: LOAD_RULES });
  if (opened.kind === 'refused') throw new UsageError(opened.problem);
  return opened.bundle;
}
