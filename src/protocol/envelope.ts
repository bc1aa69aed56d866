/** The envelope around every answer (seller specification §1.2 and §1.3). */
import type { AdcpError, Refused } from './errors.ts';
import { SERVED_VERSION } from './version.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** A finished answer: the flat AdCP document, and whether MCP must flag it as an error. */
export interface Answer {
  readonly document: JsonObject;
  readonly isError: boolean;
}

/** Serialised size that an error object may not pass. */
const MAX_ERROR_BYTES = 4096;

/**
 * What a use case answers: the task's body beside the envelope's members. `context` is the request's, or absent.
 * A call that tells of a task that failed has not failed itself.
 */
export function succeeded(body: JsonObject, context: unknown): Answer {
  return { document: { status: 'completed', adcp_version: SERVED_VERSION, ...body, ...echoed(context) }, isError: body['status'] === 'failed' && body['task_id'] === undefined };
}

/** A replay of a stored body: verbatim, but for the mark and the context of the call that is answered now. */
export function replayed(body: JsonObject, context: unknown): Answer {
  const { context: _past, ...rest } = body;
  return { document: { ...rest, replayed: true, ...echoed(context) }, isError: false };
}

/** A refusal: the first error stands in `adcp_error` and, identical, in `errors[0]`. */
export function failed(refusal: Refused, context: unknown): Answer {
  const errors = refusal.errors.map(bounded);
  return { document: { status: 'failed', adcp_version: SERVED_VERSION, adcp_error: errors[0], errors, ...echoed(context) }, isError: true };
}

const echoed = (context: unknown) => (context === undefined ? {} : { context });

/** Drops the optional lists of an error that has grown too large, largest first, then cuts the message. */
function bounded(error: AdcpError): AdcpError {
  const fits = (candidate: AdcpError) => Buffer.byteLength(JSON.stringify(candidate)) <= MAX_ERROR_BYTES;
  if (fits(error)) return error;
  const { issues, ...rest } = error;
  const fewer = { ...rest, ...(issues ? { issues: issues.slice(0, 5) } : {}) };
  if (fits(fewer)) return fewer;
  if (fits(rest)) return rest;
  const { details: _details, ...bare } = rest;
  return fits(bare) ? bare : { code: bare.code, recovery: bare.recovery, message: `${bare.message.slice(0, 1000)}...`, ...(bare.field ? { field: bare.field.slice(0, 500) } : {}) };
}
