import { StoreUnavailable, type HindranceKind } from '../../domain/ports/hindrance.ts';

/** By SQLSTATE, or its class; what is not among them is a fault of ours. */
const STATES: readonly (readonly [begins: string, kind: HindranceKind])[] = [
  ['08', 'database_lost'], ['57P0', 'database_lost'], ['28', 'database_lost'], ['3D', 'database_lost'],
  ['53100', 'disk_full'], ['53', 'database_lost'], ['58', 'disk_failing'], ['XX001', 'damaged'], ['XX002', 'damaged'],
  ['25006', 'read_only'], ['55P03', 'locked'], ['57014', 'locked'], ['40', 'locked'],
];
/** What the system says of a connection that it cannot make or keep. */
const SYSTEM = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EPIPE', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOENT']);
/** The driver's own words have no code. */
const DRIVER = /connection terminated|timeout exceeded when trying to connect|not queryable|connection error/i;

interface Failure {
  readonly code?: unknown;
  readonly message?: string;
}

const kindOf = ({ code, message = '' }: Failure): HindranceKind | undefined => {
  if (typeof code !== 'string') return DRIVER.test(message) ? 'database_lost' : undefined;
  return SYSTEM.has(code) ? 'database_lost' : STATES.find(([begins]) => code.startsWith(begins))?.[1];
};

/**
 * The same error, told as what hinders the store when that is what it is.
 * @param committing it came in answer to a commit, which may have been made or not when the connection was lost
 */
export function told(error: unknown, committing = false): unknown {
  const failure = error as Failure;
  const kind = kindOf(failure);
  if (kind === undefined) return error;
  return new StoreUnavailable({ kind: committing && kind === 'database_lost' ? 'writer_lost' : kind, detail: `${failure.message ?? ''} (${String(failure.code ?? 'no code')})` });
}
