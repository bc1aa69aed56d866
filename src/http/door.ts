/** Who is kept out before anything of a request is read: everybody while there is too much to do, and addresses from which too much comes. */
import type { IncomingMessage } from 'node:http';
import type { Clock } from '../domain/ports/clock.ts';
import type { Admission } from '../pipeline/admission.ts';
import { TokenBuckets, type Rate } from '../pipeline/token-buckets.ts';
import { adcpError, type AdcpError } from '../protocol/errors.ts';
import { peerOf } from './peer.ts';
import { RPC, written, type RpcRefusal } from './rpc-error.ts';

export interface Door {
  /** Takes a request that has just come. @returns why nothing of it is read */
  enter(): RpcRefusal | undefined;
  /** Takes a request that brings no credentials. */
  stranger(request: IncomingMessage): RpcRefusal | undefined;
  /** Why credentials from there are not looked at now: too many have been wrong. */
  barsCredentials(request: IncomingMessage): RpcRefusal | undefined;
  wrongCredentials(request: IncomingMessage): void;
  /** Takes a message that calls no task. */
  message(principal_id: string): RpcRefusal | undefined;
}

export interface DoorOptions {
  readonly admission: Pick<Admission, 'isFull' | 'message'>;
  /** Asked once for each request. */
  readonly isLate: () => boolean;
  /** Of one address: requests without credentials, and requests with wrong ones. */
  readonly strangers: Rate;
  readonly wrong_credentials: Rate;
  /** See `peerOf`. */
  readonly proxies?: number;
  readonly clock: Clock;
}

export function door({ admission, isLate, strangers, wrong_credentials, proxies, clock }: DoorOptions): Door {
  const [unknown, wrong] = [new TokenBuckets(strangers), new TokenBuckets(wrong_credentials)];
  return {
    enter: () => (isLate() || admission.isFull() ? BUSY : undefined),
    stranger: (request) => limited(unknown.take(peerOf(request, proxies), clock.now()), 'too many requests without credentials from this address'),
    barsCredentials: (request) => (wrong.untouched ? undefined : limited(wrong.look(peerOf(request, proxies), clock.now()), 'too many wrong credentials from this address')),
    wrongCredentials: (request) => void wrong.take(peerOf(request, proxies), clock.now()),
    message: (principal_id) => limited(admission.message(principal_id), 'too many messages of this caller in a short time'),
  };
}

const refusal = (status: number, code: number, error: AdcpError): RpcRefusal =>
  ({ status, code, message: error.message, data: error, headers: { 'retry-after': String(error.retry_after) } });

const BUSY = written(refusal(503, RPC.unavailable, adcpError('SERVICE_UNAVAILABLE', 'the seller is asked more than it can do; nothing was read', { retry_after: 1 })));

const limited = (retry_after: number, message: string): RpcRefusal | undefined =>
  (retry_after === 0 ? undefined : refusal(429, RPC.rateLimited, adcpError('RATE_LIMITED', message, { retry_after })));
