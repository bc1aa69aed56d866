/** How much the server takes on, of whom. */
import { Type, type Static } from 'typebox';

const closed = { additionalProperties: false } as const;
const amount = Type.Integer({ minimum: 1 });
const rate = { per_second: Type.Number({ exclusiveMinimum: 0 }), burst: amount } as const;

const LimitGroups = Type.Object({
  writes: Type.Object(rate, { ...closed, description: 'new idempotency keys of one account' }),
  calls: Type.Object({ ...rate, at_once: amount }, { ...closed, description: 'of one principal' }),
  strangers: Type.Object(rate, { ...closed, description: 'requests without credentials, of one address' }),
  wrong_credentials: Type.Object(rate, { ...closed, description: 'of one address' }),
  patience: Type.Object({ headers_seconds: amount, request_seconds: amount, idle_seconds: amount, stalled_seconds: amount }, { ...closed, description: 'with slow clients' }),
}, closed);

const LimitNumbers = Type.Object({
  body_bytes: Type.Integer({ minimum: 1024 }),
  at_once: Type.Integer({ minimum: 1, description: 'calls in work, whoever makes them' }),
  connections: Type.Integer({ minimum: 1, description: 'open at a time' }),
}, closed);

const { writes, calls, strangers, wrong_credentials, patience } = LimitGroups.properties;

/** As a file says them: what it leaves out is as usual. */
export const LimitSettings = Type.Object({
  ...Type.Partial(LimitNumbers).properties,
  writes: Type.Optional(writes), calls: Type.Optional(Type.Partial(calls)), strangers: Type.Optional(strangers), wrong_credentials: Type.Optional(wrong_credentials),
  patience: Type.Optional(Type.Partial(patience)),
}, closed);
export type LimitSettings = Static<typeof LimitSettings>;

/** All of them; rates are token buckets. */
export type Limits = Readonly<Static<typeof LimitNumbers>> & Readonly<Static<typeof LimitGroups>>;

export const USUAL_LIMITS: Limits = {
  body_bytes: 32 * 1024 * 1024, at_once: 1_000, connections: 4_000,
  writes: { per_second: 1_000, burst: 5_000 },
  calls: { per_second: 2_000, burst: 10_000, at_once: 250 },
  strangers: { per_second: 50, burst: 500 },
  wrong_credentials: { per_second: 2, burst: 100 },
  patience: { headers_seconds: 10, request_seconds: 60, idle_seconds: 75, stalled_seconds: 120 },
};

/** @param settings wins, member by member */
export function withSettings(limits: Limits, settings: LimitSettings = {}): Limits {
  return { ...limits, ...settings, calls: { ...limits.calls, ...settings.calls }, patience: { ...limits.patience, ...settings.patience } };
}
