import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { lintBundle } from '../lint/lint-bundle.ts';
import { RULE_TABLE } from '../lint/rule-table.ts';
import type { BundleSource } from '../load/bundle-source.ts';
import { bundleFolders, enclosingBundle, folderSource } from '../load/folder-source.ts';
import { looseFiles, looseName, withLooseFiles } from '../load/loose-source.ts';
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
    ? [{ source: await bundleSource(settings.bundle, io), isShown: everything }]
    : await Promise.all(settings.paths.map((path) => target(path, settings.bundle, io)));
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
  /** Whether a file of the bundle is reported, by its path below the root. The others are there to be referred to. */
  readonly isShown: (name: string) => boolean;
}

const everything = (): boolean => true;

interface Linted {
  readonly problems: readonly Problem[];
  readonly errors: number;
  /** How many files were looked at. */
  readonly files: number;
  /** Other documents of the universal folder. A storyboard whose `phases` is mistyped is among them. */
  readonly others: readonly string[];
}

/**
 * A path is a bundle's folder, or a part of a bundle: then references are resolved against the whole of it. Files that lie in none
 * are joined to the bundle that is named, or to ours, as `run` does.
 */
async function target(path: string, bundle: string | undefined, io: CliIo): Promise<Target> {
  const absolute = resolve(io.cwd, path);
  if (!existsSync(absolute)) throw new UsageError(`${path} does not exist`);
  const folders = bundleFolders(absolute);
  if (folders !== undefined && statSync(absolute).isDirectory()) return { source: folderSource(folders, io.cwd), isShown: everything };
  const enclosing = enclosingBundle(absolute);
  if (enclosing !== undefined) {
    const source = folderSource(enclosing, io.cwd);
    return { source, isShown: (name) => isWithin(join(source.name, name), absolute) };
  }
  const files = looseFiles(absolute);
  if (files.length === 0) throw new UsageError(`${path} holds no storyboards`);
  const names = new Set(files.map(looseName));
  return { source: withLooseFiles(await bundleSource(bundle, io), files, io.cwd), isShown: (name) => names.has(name) };
}

function lintTargets(targets: readonly Target[], rules: readonly string[]): Linted {
  const parts = targets.map(({ source, isShown }) => {
    const bundle = openSource(source);
    const files = [...bundle.files.map(({ path }) => path), ...bundle.kits.keys()].filter(isShown).map((path) => source.shown(path));
    const others = bundle.files.filter(({ path, reading }) => reading.kind === 'ignored' && isShown(path)).map(({ path }) => path);
    return { files, problems: lintBundle(bundle, source, isShown), others };
  });
  const problems = distinct(parts.flatMap((part) => part.problems)).filter(({ code }) => rules.length === 0 || rules.includes(code));
  return {
    problems, errors: problems.filter(({ severity }) => severity === 'error').length,
    files: new Set(parts.flatMap(({ files }) => files)).size, others: parts.flatMap(({ others }) => others),
  };
}

const isWithin = (path: string, within: string): boolean => path === within || path.startsWith(`${within}/`);

/** Paths may overlap. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify([problem.code, problem.message, problem.location]), problem])).values()];
}

function writeText({ problems, errors, files, others }: Linted, color: boolean, io: CliIo): void {
  const colours = paint(coloursWanted(io, color));
  for (const problem of problems) io.stdout.write(`${problemText(problem, colours)}\n\n`);
  if (others.length > 0) io.stdout.write(`no storyboards, for they have no phases: ${others.map(showId).join(', ')}\n`);
  const found = `${plural(errors, 'error', 'errors')}, ${plural(problems.length - errors, 'warning', 'warnings')}`;
  io.stdout.write(`${plural(files, 'file', 'files')}: ${found}\n`);
}

function writeJson({ problems, errors, files }: Linted, io: CliIo): void {
  const rows = problems.map(({ code, severity, message, way_out, location: { file, line, column } }) =>
    ({ rule: code, severity, message, way_out, file, line, column }));
  io.stdout.write(`${JSON.stringify({ files, errors, warnings: problems.length - errors, problems: rows }, null, 2)}\n`);
}
