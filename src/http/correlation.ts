import type { IncomingMessage } from 'node:http';
import type { Ids } from '../domain/ports/ids.ts';

/** What finds a request in the log; sent back with every answer, whatever it is. */
export const CORRELATION_HEADER = 'x-correlation-id';

const USABLE = /^[\w.:-]{1,128}$/;

/** The id that the caller gave the request, when it is one that a log can hold, or else one of ours. */
export function correlationOf({ headers }: Pick<IncomingMessage, 'headers'>, ids: Ids): string {
  const given = headers[CORRELATION_HEADER];
  return typeof given === 'string' && USABLE.test(given) ? given : ids.next('cor');
}
