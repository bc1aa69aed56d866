import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Bundle, bundleFolders, type BundleFolders, enclosingBundle, openBundle, shownName } from '../load/bundle.ts';
import type { LoadProblem } from '../problem.ts';
import { paint } from '../report/paint.ts';
import { problemText } from '../report/problem-text.ts';
import { showId } from '../report/quote.ts';
import { plural } from '../report/conclusion.ts';
import { LOAD_RULES, openBundleOption } from './bundle-option.ts';
import { type CliIo, coloursWanted, EXIT_USAGE, UsageError } from './io.ts';

export interface LintSettings {
  readonly paths: readonly string[];
  readonly bundle?: string;
  readonly color: boolean;
}

/** `storyboard lint`: every problem of the storyboards below the paths, without a network. */
export async function lintCommand(settings: LintSettings, io: CliIo): Promise<number> {
  const targets = settings.paths.length === 0
    ? [{ bundle: await openBundleOption(settings.bundle, io), within: undefined }]
    : settings.paths.map((path) => target(path, io));
  const problems = distinct(targets.flatMap(({ bundle, within }) => problemsOf(bundle, within)));
  const files = new Set(targets.flatMap(({ bundle, within }) => filesOf(bundle, within))).size;
  const colours = paint(coloursWanted(io, settings.color));
  for (const problem of problems) io.stdout.write(`${problemText(problem, colours)}\n\n`);
  const others = targets.flatMap(({ bundle, within }) => othersOf(bundle, within));
  if (others.length > 0) io.stdout.write(`no storyboards, for they have no phases: ${others.map(showId).join(', ')}\n`);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  io.stdout.write(
    `${plural(files, 'file', 'files')}: ${plural(errors, 'error', 'errors')}, ${plural(problems.length - errors, 'warning', 'warnings')}\n`
  );
  return errors > 0 ? EXIT_USAGE : 0;
}

interface Target {
  readonly bundle: Bundle;
  /** Only files below it are reported; undefined: all of the bundle. */
  readonly within: string | undefined;
}

/** A path is a bundle's folder, or a part of a bundle: then references are resolved against the whole of it. */
function target(path: string, io: CliIo): Target {
  const absolute = resolve(io.cwd, path);
  if (!existsSync(absolute)) throw new UsageError(`${path} does not exist`);
  const folders = bundleFolders(absolute);
  if (folders !== undefined && statSync(absolute).isDirectory()) return { bundle: open(folders, io), within: undefined };
  const enclosing = enclosingBundle(absolute);
  if (enclosing === undefined)
    throw new UsageError(`${path} lies in no bundle: a bundle has the folders universal/, protocols/, specialisms/ or test-kits/`);
  return { bundle: open(enclosing, io), within: absolute };
}

function open(folders: BundleFolders, io: CliIo): Bundle {
  const opened = openBundle(folders, { cwd: io.cwd, rules: LOAD_RULES });
  if (opened.kind === 'refused') throw new UsageError(opened.problem);
  return opened.bundle;
}

function problemsOf(bundle: Bundle, within: string | undefined): readonly LoadProblem[] {
  const kits = [...bundle.kits.values()].flatMap((kit) => (kit.kind === 'broken' && isWithin(bundle, kit.path, within) ? kit.problems : []));
  const storyboards = bundle.files.filter(({ path }) => isWithin(bundle, path, within))
    .flatMap(({ reading }) => (reading.kind === 'broken' ? reading.problems : reading.kind === 'storyboard' ? reading.warnings : []));
  return [...kits, ...storyboards];
}

function filesOf(bundle: Bundle, within: string | undefined): readonly string[] {
  return [
    ...bundle.files.map(({ path }) => path), ...bundle.kits.keys(),
  ].filter((path) => isWithin(bundle, path, within)).map((path) => shownName(join(bundle.source, path), '/'));
}

/** Other documents of the universal folder. A storyboard whose `phases` is mistyped is among them. */
function othersOf(bundle: Bundle, within: string | undefined): readonly string[] {
  return bundle.files.filter(({ path, reading }) => reading.kind === 'ignored' && isWithin(bundle, path, within)).map(({ path }) => path);
}

function isWithin(bundle: Bundle, path: string, within: string | undefined): boolean {
  const absolute = join(bundle.source, path);
  return within === undefined || absolute === within || absolute.startsWith(`${within}/`);
}

function distinct(problems: readonly LoadProblem[]): readonly LoadProblem[] {
  const seen = new Set<string>();
  return problems.filter((problem) => {
    const key = JSON.stringify([problem.code, problem.message, problem.location.file, problem.location.line, problem.location.column]);
    return !seen.has(key) && Boolean(seen.add(key));
  });
}
