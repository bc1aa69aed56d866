import { StoreUnavailable, type HindranceKind } from '../../domain/ports/hindrance.ts';

/** By the beginning of SQLite's own codes; what is not among them is a fault of ours. */
const KINDS: readonly (readonly [code: string, kind: HindranceKind])[] = [
  ['SQLITE_FULL', 'disk_full'], ['SQLITE_READONLY', 'read_only'], ['SQLITE_BUSY', 'locked'], ['SQLITE_LOCKED', 'locked'],
  ['SQLITE_IOERR', 'disk_failing'], ['SQLITE_CANTOPEN', 'disk_failing'], ['SQLITE_CORRUPT', 'damaged'], ['SQLITE_NOTADB', 'damaged'],
];

/** The same error, told as what hinders the store when that is what it is. */
export function told(error: unknown): unknown {
  const { code, message } = error as { readonly code?: unknown; readonly message?: string };
  const kind = typeof code === 'string' ? KINDS.find(([begins]) => code.startsWith(begins))?.[1] : undefined;
  return kind === undefined ? error : new StoreUnavailable({ kind, detail: `${message} (${code as string})` });
}
