/** Grades what came to a receiver address. Pure: it is asked again with every delivery, until it has an answer. */
import type { SchemaCatalogue } from '../../../src/protocol/schema-catalogue.ts';
import type { FailedFinding, Fault } from '../../step-report.ts';
import type { WebhookExpectation } from '../../special-step.ts';
import { failed } from '../../judge/checks/check.ts';
import { type Delivery, idempotencyKeyOf } from './delivery.ts';
import { type DeliveryFilter, isAddressed, mismatches } from './delivery-filter.ts';

/** Something wrong with deliveries, by the name that the contract gives it. */
export interface WebhookFault {
  readonly code: string;
  readonly finding: FailedFinding;
}

export type WebhookJudgement =
  /** More has to come, or stay away, before there is an answer. */
  | { readonly kind: 'open' }
  | {
    readonly kind: 'settled';
    readonly faults: readonly WebhookFault[];
    /** The deliveries that the step is about. */
    readonly matched: readonly Delivery[];
    /** Said to people; the step does not fail by it. */
    readonly notes: readonly string[];
  };

const NOTHING_REACHED: Fault = {
  party: 'seller', reason: 'nothing reached the judge\'s address (one that delivers over https only needs --webhook-url)',
};
const KEY = /^[A-Za-z0-9_.:-]{16,255}$/;

/** @param over the time is up, so that there has to be an answer */
export function judgeDeliveries(
  expectation: WebhookExpectation, filter: DeliveryFilter, deliveries: readonly Delivery[], over: boolean, schemas: SchemaCatalogue | undefined
): WebhookJudgement {
  const addressed = deliveries.filter((each) => isAddressed(each, filter));
  const matched = addressed.filter((each) => mismatches(each, filter).length === 0);
  const settled = (...faults: readonly (WebhookFault | undefined)[]): WebhookJudgement =>
    ({ kind: 'settled', faults: faults.filter((each) => each !== undefined), matched, notes: notesOn(expectation, matched, schemas) });
  switch (expectation.assertion) {
    case 'stays_away':
      if (matched.length > 0) return settled(unexpected(matched[0]!));
      return over ? settled() : { kind: 'open' };
    case 'retry_keys_stable': {
      const fault = matched.length >= expectation.min_deliveries ? keyFault(matched) : undefined;
      if (fault !== undefined || isDone(expectation, matched)) return settled(fault);
      if (!over) return { kind: 'open' };
      return settled(matched.length === 0 ? nothingCame(filter, addressed) : tooFew(expectation, matched));
    }
    case 'arrives': case 'signature_valid': {
      const duplicate = tooManyEvents(expectation, matched);
      if (duplicate !== undefined) return settled(duplicate);
      if (!over && (matched.length === 0 || expectation.max_events !== undefined)) return { kind: 'open' };
      if (matched.length === 0) return settled(nothingCame(filter, addressed));
      return expectation.assertion === 'arrives' ? settled(...payloadFaults(expectation, matched[0]!, schemas)) : settled();
    }
  }
}

/** The sender was told that the last delivery arrived, and has nothing left to send. */
function isDone({ min_deliveries: least }: WebhookExpectation, matched: readonly Delivery[]): boolean {
  return matched.length >= least && matched.some(({ answered }) => answered < 300);
}

function payloadFaults(expectation: WebhookExpectation, delivery: Delivery, schemas: SchemaCatalogue | undefined): readonly WebhookFault[] {
  const schema = schemaFault(expectation, delivery, schemas);
  return [schema, ...(expectation.expect_idempotency_key ? [keyOfOne(delivery)] : [])].filter((each) => each !== undefined);
}

function schemaFault({ schema_ref: ref }: WebhookExpectation, delivery: Delivery, schemas: SchemaCatalogue | undefined): WebhookFault | undefined {
  if (ref === undefined || schemas?.schema(ref) === undefined) return undefined;
  const issues = schemas.validate(ref, delivery.payload);
  if (issues.length === 0) return undefined;
  return faultOf('schema_violation', delivery, 'the webhook', `breaks ${ref}`, {
    json_pointer: issues[0]!.instance_path, expected: schemas.idOf(ref), actual: issues.slice(0, 10),
    schema: { schema_id: schemas.idOf(ref), schema_url: null },
  });
}

function keyOfOne(delivery: Delivery): WebhookFault | undefined {
  const key = idempotencyKeyOf(delivery);
  const pointer = { json_pointer: '/idempotency_key', expected: { pattern: KEY.source }, actual: key ?? null };
  if (key === undefined || key === null) return faultOf('missing_idempotency_key', delivery, 'the webhook', 'has no idempotency_key', pointer);
  return typeof key === 'string' && KEY.test(key)
    ? undefined
    : faultOf('invalid_idempotency_key_format', delivery, 'the webhook', 'has an idempotency_key of another form', pointer);
}

/** A key that is missing, that changed its form, or that is another one on a later delivery. */
function keyFault(matched: readonly Delivery[]): WebhookFault | undefined {
  const [first, ...later] = matched;
  const ill = keyOfOne(first!);
  if (ill !== undefined) return ill;
  const keys = matched.map((each) => idempotencyKeyOf(each) ?? null);
  const details = { json_pointer: '/idempotency_key', expected: keys[0], actual: keys };
  const broken = later.find((each) => keyOfOne(each) !== undefined);
  if (broken !== undefined)
    return faultOf('idempotency_key_format_changed', broken, 'a later delivery', 'carries an idempotency_key of another form, or none', details);
  const other = later.find((each) => idempotencyKeyOf(each) !== keys[0]);
  return other === undefined ? undefined : faultOf('idempotency_key_rotated', other, 'a later delivery', 'carries another idempotency_key', details);
}

function tooManyEvents({ max_events: most }: WebhookExpectation, matched: readonly Delivery[]): WebhookFault | undefined {
  const events = new Map(matched.map((each) => [JSON.stringify(idempotencyKeyOf(each) ?? null), each]));
  if (most === undefined || events.size <= most) return undefined;
  const latest = [...events.values()].at(-1)!;
  return faultOf('duplicate_webhook_on_replay', latest, 'the operation', `was told of by ${events.size} events, more than ${most}`, {
    expected: { max_events: most }, actual: { events: events.size, idempotency_keys: [...events.keys()].map((key) => JSON.parse(key) as unknown) },
  });
}

function nothingCame({ body }: DeliveryFilter, addressed: readonly Delivery[]): WebhookFault {
  const near = addressed.map((each) => mismatches(each, { body, since_ms: 0 })).sort((a, b) => a.length - b.length)[0];
  const problem = near === undefined
    ? 'did not come within the time'
    : `did not come within the time: of ${addressed.length} that did, the nearest differs in ${near.map(({ path }) => path).join(', ')}`;
  return {
    code: 'no_webhook_received',
    finding: failed('the webhook', problem, {
      expected: { body }, actual: { deliveries: addressed.length, differs_in: near ?? [] },
      ...(near === undefined && { fault: NOTHING_REACHED }),
    }),
  };
}

function tooFew({ min_deliveries: least }: WebhookExpectation, matched: readonly Delivery[]): WebhookFault {
  return faultOf('insufficient_retries', matched.at(-1)!, 'the webhook', 'was not sent again after a refusal', {
    expected: { min_deliveries: least }, actual: { deliveries: matched.length, answered: matched.map(({ answered }) => answered) },
  });
}

function unexpected(delivery: Delivery): WebhookFault {
  return faultOf('unexpected_webhook_received', delivery, 'a webhook', 'came where none may', { expected: null, actual: delivery.payload ?? null });
}

function notesOn(
  { schema_ref: ref, assertion }: WebhookExpectation, matched: readonly Delivery[], schemas: SchemaCatalogue | undefined
): readonly string[] {
  const ungraded = assertion === 'arrives' && matched.length > 0 && ref !== undefined && schemas?.schema(ref) === undefined;
  return ungraded ? [`the bundle has no schema ${ref}, so that the payload was not held to it`] : [];
}

/** A fault of one delivery, with the delivery as its exchange. */
export function faultOf(code: string, delivery: Delivery, subject: string, problem: string, details: Parameters<typeof failed>[2]): WebhookFault {
  const { message, payload, answered } = delivery;
  return { code, finding: failed(subject, problem, {
    ...details, exchange: {
      request: { transport: 'http', operation: 'webhook', url: message.url, headers: message.headers, payload: payload ?? null },
      response: { transport: 'http', status: answered, payload: null },
    },
  }) };
}
