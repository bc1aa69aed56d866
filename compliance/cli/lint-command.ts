import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { lintBundle } from '../lint/lint-bundle.ts';
import { RULE_TABLE } from '../lint/rule-table.ts';
import type { BundleSource } from '../load/bundle-source.ts';
import { bundleFolders, enclosingBundle, folderSource } from '../load/folder-source.ts';
import type { Problem } from '../problem.ts';
import { plural } from '../report/conclusion.ts';
import { paint } from '../report/paint.ts';
import { problemText } from '../report/problem-text.ts';
import { showId } from '../report/quote.ts';
import { bundleSource, openSource } from './bundle-option.ts';
import { type CliIo, coloursWanted, UsageError } from './io.ts';

export interface LintSettings {
  readonly paths: readonly string[];
  readonly bundle?: string;
  readonly color: boolean;
  readonly json: boolean;
  /** Only these rules; none named: all. */
  readonly rules: readonly string[];
  /** Warnings fail, too. */
  readonly strict: boolean;
}

/** Exit code when there is something to mend. */
const EXIT_FOUND = 1;

/** `storyboard lint`: every problem of the storyboards below the paths, without a network. */
export async function lintCommand(settings: LintSettings, io: CliIo): Promise<number> {
  const unknown = settings.rules.find((rule) => !RULE_TABLE.has(rule));
  if (unknown !== undefined) throw new UsageError(`no rule ${JSON.stringify(unknown)}; see: adwright storyboard lint --list-rules`);
  const targets = settings.paths.length === 0
    ? [{ source: await bundleSource(settings.bundle, io), within: undefined }]
    : settings.paths.map((path) => target(path, io));
  const linted = lintTargets(targets, settings.rules);
  if (settings.json) writeJson(linted, io);
  else writeText(linted, settings.color, io);
  return linted.errors > 0 || (settings.strict && linted.problems.length > 0) ? EXIT_FOUND : 0;
}

/** `storyboard lint --list-rules`: every rule and what it finds. */
export function listRulesCommand(io: CliIo): number {
  const width = Math.max(...[...RULE_TABLE.keys()].map((id) => id.length));
  for (const [id, finds] of RULE_TABLE) io.stdout.write(`${id.padEnd(width)}  ${finds}\n`);
  return 0;
}

interface Target {
  readonly source: BundleSource;
  /** Only files below it are reported; undefined: all of the bundle. */
  readonly within: string | undefined;
}

interface Linted {
  readonly problems: readonly Problem[];
  readonly errors: number;
  /** How many files were looked at. */
  readonly files: number;
  /** Other documents of the universal folder. A storyboard whose `phases` is mistyped is among them. */
  readonly others: readonly string[];
}

/** A path is a bundle's folder, or a part of a bundle: then references are resolved against the whole of it. */
function target(path: string, io: CliIo): Target {
  const absolute = resolve(io.cwd, path);
  if (!existsSync(absolute)) throw new UsageError(`${path} does not exist`);
  const folders = bundleFolders(absolute);
  if (folders !== undefined && statSync(absolute).isDirectory()) return { source: folderSource(folders, io.cwd), within: undefined };
  const enclosing = enclosingBundle(absolute);
  if (enclosing === undefined)
    throw new UsageError(`${path} lies in no bundle: a bundle has the folders universal/, protocols/, specialisms/ or test-kits/`);
  return { source: folderSource(enclosing, io.cwd), within: absolute };
}

function lintTargets(targets: readonly Target[], rules: readonly string[]): Linted {
  const parts = targets.map(({ source, within }) => {
    const bundle = openSource(source);
    const isShown = (path: string): boolean => isWithin(join(source.name, path), within);
    const files = [...bundle.files.map(({ path }) => path), ...bundle.kits.keys()].filter(isShown).map((path) => source.shown(path));
    const named = new Set(files);
    const problems = lintBundle(bundle, source).filter(({ location }) => within === undefined || named.has(location.file));
    return { files, problems, others: bundle.files.filter(({ path, reading }) => reading.kind === 'ignored' && isShown(path)).map(({ path }) => path) };
  });
  const problems = distinct(parts.flatMap((part) => part.problems)).filter(({ code }) => rules.length === 0 || rules.includes(code));
  return {
    problems, errors: problems.filter(({ severity }) => severity === 'error').length,
    files: new Set(parts.flatMap(({ files }) => files)).size, others: parts.flatMap(({ others }) => others),
  };
}

const isWithin = (path: string, within: string | undefined): boolean => within === undefined || path === within || path.startsWith(`${within}/`);

/** Paths may overlap. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify([problem.code, problem.message, problem.location]), problem])).values()];
}

function writeText({ problems, errors, files, others }: Linted, color: boolean, io: CliIo): void {
  const colours = paint(coloursWanted(io, color));
  for (const problem of problems) io.stdout.write(`${problemText(problem, colours)}\n\n`);
  if (others.length > 0) io.stdout.write(`no storyboards, for they have no phases: ${others.map(showId).join(', ')}\n`);
  io.stdout.write(`${plural(files, 'file', 'files')}: ${plural(errors, 'error', 'errors')}, ${plural(problems.length - errors, 'warning', 'warnings')}\n`);
}

function writeJson({ problems, errors, files }: Linted, io: CliIo): void {
  const rows = problems.map(({ code, severity, message, way_out, location: { file, line, column } }) => ({ rule: code, severity, message, way_out, file, line, column }));
  io.stdout.write(`${JSON.stringify({ files, errors, warnings: problems.length - errors, problems: rows }, null, 2)}\n`);
}
