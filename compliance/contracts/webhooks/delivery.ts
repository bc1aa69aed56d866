import { parseBounded } from '../../execute/rpc-reply.ts';
import { isObject, type JsonObject } from '../../json/object.ts';
import type { SignedMessage } from '../signatures/message.ts';

/** One request that reached a receiver address of the judge. */
export interface Delivery {
  /** The name under which the address was handed out: the id of a step, as a rule. */
  readonly receiver: string;
  readonly at_ms: number;
  /** As it came, addressed as the seller was told to. */
  readonly message: SignedMessage;
  /** The body as JSON; undefined when it is none, or no object. */
  readonly payload?: JsonObject;
  /** The status that the judge answered with. */
  readonly answered: number;
}

/** The body of a request as a JSON object, undefined when it is none, or nests deeper than anything that is graded. */
export function payloadOf(body: Uint8Array): JsonObject | undefined {
  const parsed = parseBounded(Buffer.from(body).toString('utf8'));
  return parsed.kind === 'json' && isObject(parsed.value) ? parsed.value : undefined;
}

/** The key by which deliveries of one event are recognised. */
export function idempotencyKeyOf({ payload }: Delivery): unknown {
  return payload?.['idempotency_key'];
}
