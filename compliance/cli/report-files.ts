/** Where the reports of a run go: files, or standard output. What cannot be written is told, never passed over. */
import { accessSync, closeSync, constants, existsSync, openSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { RunEvent } from '../events.ts';
import { conclusionLine, eventLine } from '../report/event-line.ts';
import type { FinishedRun } from '../report/finished-run.ts';
import type { ReportTarget } from '../report/format.ts';
import type { Redactor } from '../report/redact.ts';
import { renderReport } from '../report/render.ts';
import { type CliIo, UsageError } from './io.ts';

export const STANDARD_OUTPUT = '-';
/** Characters. */
const CHUNK = 64 * 1024;

/** The reports of one run. Opened before it starts, so that what cannot be written is known while nothing is lost. */
export class ReportFiles {
  readonly #targets: readonly ReportTarget[];
  readonly #streams: readonly LineStream[];
  readonly #io: CliIo;

  /** @throws UsageError when a file cannot be written */
  constructor(targets: readonly ReportTarget[], io: CliIo) {
    for (const { file } of targets) refuseUnwritable(file, io);
    this.#targets = targets.filter(({ format }) => format !== 'ndjson');
    this.#streams = targets.filter(({ format }) => format === 'ndjson').map(({ file }) => new LineStream(file, io));
    this.#io = io;
  }

  /** Writes an event down at once where the stream is asked for. */
  event(event: RunEvent, redact: Redactor): void {
    if (this.#streams.length === 0) return;
    const line = eventLine(event, redact);
    for (const stream of this.#streams) stream.write(line);
  }

  /**
   * Writes every report that can be written.
   * @throws UsageError that names those that could not
   */
  finish(run: FinishedRun): void {
    const failures = this.#targets.flatMap(({ format, file }) => {
      if (format === 'ndjson') return [];
      return attempt(file, () => writeWhole(file, renderReport(format, run), this.#io));
    });
    for (const stream of this.#streams) stream.end(conclusionLine(run));
    const all = [...failures, ...this.#streams.flatMap(({ failure }) => failure ?? [])];
    if (all.length > 0) throw new UsageError(all.join('; '));
  }
}

/** Lines of JSON, each written as it comes. After a failure nothing more is tried. */
class LineStream {
  readonly #file: string;
  readonly #write: (text: string) => void;
  readonly #close: () => void;
  failure: string | undefined;

  constructor(file: string, io: CliIo) {
    this.#file = file;
    if (file === STANDARD_OUTPUT) {
      this.#write = (text) => io.stdout.write(text);
      this.#close = () => undefined;
      return;
    }
    const handle = openSync(resolve(io.cwd, file), 'w');
    this.#write = (text) => { writeSync(handle, text); };
    this.#close = () => closeSync(handle);
  }

  write(line: unknown): void {
    if (this.failure !== undefined) return;
    [this.failure] = attempt(this.#file, () => this.#write(`${JSON.stringify(line)}\n`));
  }

  end(line: unknown): void {
    this.write(line);
    this.failure ??= attempt(this.#file, this.#close)[0];
  }
}

/** Said before the run: after it, the report would be lost. */
export function refuseUnwritable(file: string, io: CliIo): void {
  if (file === STANDARD_OUTPUT) return;
  const path = resolve(io.cwd, file);
  try {
    accessSync(existsSync(path) ? path : dirname(path), constants.W_OK);
    if (existsSync(path) && statSync(path).isDirectory()) throw new Error('it is a folder');
  } catch (error) {
    throw new UsageError(cannotWrite(file, error));
  }
}

/** @throws UsageError */
export function writeFile(file: string, text: string, io: CliIo): void {
  const [failure] = attempt(file, () => writeWhole(file, [text], io));
  if (failure !== undefined) throw new UsageError(failure);
}

function writeWhole(file: string, pieces: Iterable<string>, io: CliIo): void {
  if (file === STANDARD_OUTPUT) {
    for (const text of inChunks(pieces)) io.stdout.write(text);
    return;
  }
  const handle = openSync(resolve(io.cwd, file), 'w');
  try {
    for (const text of inChunks(pieces)) writeFileSync(handle, text);
  } finally {
    closeSync(handle);
  }
}

/** Pieces put together until they are worth a call to write them. */
function* inChunks(pieces: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

function attempt(file: string, write: () => void): readonly string[] {
  try {
    write();
    return [];
  } catch (error) {
    return [cannotWrite(file, error)];
  }
}

const cannotWrite = (file: string, error: unknown): string => `cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`;
