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

/** The body of a request as a JSON object. */
export function payloadOf(body: Uint8Array): JsonObject | undefined {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** The key by which deliveries of one event are recognised. */
export function idempotencyKeyOf({ payload }: Delivery): unknown {
  return payload?.['idempotency_key'];
}
