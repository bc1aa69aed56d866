/** Which deliveries a step is about. */
import { jsonEquals } from '../../json/equality.ts';
import type { JsonObject } from '../../json/object.ts';
import { parsePath, valueAt } from '../../json/path.ts';
import type { Delivery } from './delivery.ts';

export interface DeliveryFilter {
  /** Names of receiver addresses; undefined: any. */
  readonly receivers?: ReadonlySet<string>;
  /** Earlier deliveries belong to other steps. */
  readonly since_ms: number;
  /** Dotted path -> value. */
  readonly body: JsonObject;
}

/** A member of a payload that is not what the filter wants. */
export interface Mismatch {
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/** Whether a delivery came to the right place at the right time, whatever it says. */
export function isAddressed({ receiver, at_ms: at }: Delivery, { receivers, since_ms: since }: DeliveryFilter): boolean {
  return at >= since && (receivers === undefined || receivers.has(receiver));
}

/** What keeps a payload from being the one that is looked for, empty when nothing does. */
export function mismatches({ payload }: Delivery, { body }: DeliveryFilter): readonly Mismatch[] {
  return Object.entries(body).flatMap(([path, expected]) => {
    const parsed = parsePath(path);
    const actual = parsed.kind === 'path' ? valueAt(payload, parsed.segments) : undefined;
    return jsonEquals(actual, expected) ? [] : [{ path, expected, actual: actual ?? null }];
  });
}
