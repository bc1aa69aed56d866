/** The file of a baseline: read before a run, rewritten after it when that is asked for. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { shownName } from '../load/bundle.ts';
import { type BaselineEntry, readBaseline, writeBaseline } from '../report/baseline.ts';
import type { RunRecord } from '../report/run-record.ts';
import { type CliIo, UsageError } from './io.ts';
import { refuseUnwritable, writeFile } from './report-files.ts';

export interface BaselineFile {
  readonly file: string;
  readonly text: string;
  readonly entries: readonly BaselineEntry[];
}

/** @param update the file may be missing, and must be writable */
export function openBaseline(file: string, update: boolean, io: CliIo): BaselineFile {
  const path = resolve(io.cwd, file);
  if (update) refuseUnwritable(file, io);
  if (update && !existsSync(path)) return { file, text: '', entries: [] };
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new UsageError(`the baseline ${shownName(path, io.cwd)} cannot be read`);
  }
  const read = readBaseline(text);
  if (read.kind === 'refused') throw new UsageError(`the baseline ${shownName(path, io.cwd)} ${read.problem}`);
  return { file, text, entries: read.entries };
}

/** Writes the failures of a whole run into the file, and gives what it holds now. */
export function rewriteBaseline(baseline: BaselineFile, record: RunRecord, io: CliIo): BaselineFile {
  const text = writeBaseline(record, baseline.text);
  writeFile(baseline.file, text, io);
  const read = readBaseline(text);
  return { ...baseline, text, entries: read.kind === 'baseline' ? read.entries : baseline.entries };
}
