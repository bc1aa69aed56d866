/** Reads the special part of a step. Limits that the contract settles at load time are held here. */
import { isObject, type JsonObject } from '../json/object.ts';
import type {
  CatalogBinding, RetryTrigger, SpecialStep, SubstitutionProbe, VectorReplay, WebhookAssertion, WebhookExpectation, WebhookFilter,
} from '../special-step.ts';
import type { FieldReader } from './field-reader.ts';

export const WEBHOOK_ASSERTIONS: ReadonlyMap<string, WebhookAssertion> = new Map([
  ['expect_webhook', 'arrives'], ['expect_no_webhook', 'stays_away'], ['expect_webhook_retry_keys_stable', 'retry_keys_stable'],
  ['expect_webhook_signature_valid', 'signature_valid'],
]);

const DEFAULT_TIMEOUT_SECONDS: Readonly<Record<WebhookAssertion, number>> = {
  arrives: 30, stays_away: 5, retry_keys_stable: 90, signature_valid: 30,
};
const MAX_TIMEOUT_SECONDS = 300;
const MAX_RETRIES = 10;
const RETRYABLE = [429, 500, 502, 503, 504];
const WEBHOOK_TAG = 'adcp/webhook-signing/v1';

/** The special part that a step's task or blocks call for, undefined for an ordinary step. */
export function readSpecial(reader: FieldReader, task: string): SpecialStep | undefined {
  const assertion = WEBHOOK_ASSERTIONS.get(task);
  if (assertion !== undefined) return readWebhook(reader, assertion);
  if (task === 'replay_webhook_vector') return readReplay(reader);
  if (task === 'expect_substitution_safe') return readSubstitution(reader);
  if (reader.has('rate_limit_trip')) return readTrip(reader.over(reader.at('rate_limit_trip')));
  return reader.has('parallel_dispatch') ? readDispatch(reader.over(reader.at('parallel_dispatch'))) : undefined;
}

function readWebhook(reader: FieldReader, assertion: WebhookAssertion): WebhookExpectation {
  const seconds = number(reader, 'timeout_seconds') ?? DEFAULT_TIMEOUT_SECONDS[assertion];
  const [trigger, schema] = [reader.text('triggered_by'), reader.text('webhook_payload_schema_ref')];
  const [events, verify] = [number(reader, 'expect_max_deliveries_per_logical_event'), reader.value('verify_signature_on_every_delivery')];
  return {
    kind: 'webhook', assertion, filter: readFilter(reader.object('filter') ?? {}),
    timeout_ms: Math.min(seconds, MAX_TIMEOUT_SECONDS) * 1000,
    expect_idempotency_key: !reader.has('expect_idempotency_key') || reader.boolean('expect_idempotency_key'),
    min_deliveries: number(reader, 'expect_min_deliveries') ?? 2, require_tag: reader.text('require_tag') ?? WEBHOOK_TAG,
    ...(trigger !== undefined && { triggered_by: trigger }), ...(schema !== undefined && { schema_ref: schema }),
    ...(events !== undefined && { max_events: events }), ...(typeof verify === 'boolean' && { verify_signatures: verify }),
    ...((assertion === 'retry_keys_stable' || reader.has('retry_trigger')) && { retry: readRetry(reader) }),
  };
}

/** Members beside `body` and `operation_id` stand for members of the payload, as authors write them. */
function readFilter({ operation_id: receiver, body, ...rest }: JsonObject): WebhookFilter {
  return { body: { ...rest, ...(isObject(body) ? body : {}) }, ...(typeof receiver === 'string' && { receiver }) };
}

function readRetry(reader: FieldReader): RetryTrigger {
  const block = reader.over(reader.at('retry_trigger'));
  const has = reader.has('retry_trigger');
  const [count, status] = [has ? number(block, 'count') ?? 3 : 3, has ? number(block, 'http_status') ?? 503 : 503];
  if (!Number.isInteger(count) || count < 1 || count > MAX_RETRIES)
    reader.refuse('invalid_value', `retry_trigger.count is ${count}`, `write a number from 1 to ${MAX_RETRIES}`, block.at('count'));
  if (!RETRYABLE.includes(status))
    reader.refuse('invalid_value', `no sender retries after status ${status}`, `write one of ${RETRYABLE.join(', ')}`, block.at('http_status'));
  return { count, http_status: status };
}

function readReplay(reader: FieldReader): VectorReplay {
  const [same, error, schema] = [reader.text('same_event_as'), reader.text('expected_error'), reader.text('webhook_payload_schema_ref')];
  return {
    kind: 'vector_replay', vector_ref: reader.requiredText('vector_ref'), ...(same !== undefined && { same_event_as: same }),
    ...(error !== undefined && { expected_error: error }), ...(schema !== undefined && { schema_ref: schema }),
  };
}

function readSubstitution(reader: FieldReader): SubstitutionProbe {
  const source = reader.text('source') ?? 'html_inline';
  if (source !== 'html_inline' && source !== 'url_fetch')
    reader.refuse('invalid_value', `source ${JSON.stringify(source)} is unknown`, 'write html_inline or url_fetch', reader.at('source'));
  return {
    kind: 'substitution', source: source === 'url_fetch' ? 'url_fetch' : 'html_inline', source_path: reader.requiredText('source_path'),
    macro_template: reader.requiredText('macro_template'), bindings: reader.maps('catalog_bindings').map(readBinding),
    require_every_binding: !reader.has('require_every_binding_observed') || reader.boolean('require_every_binding_observed'),
  };
}

function readBinding(reader: FieldReader): CatalogBinding {
  const [vector, raw, encoded] = [reader.text('vector_name'), reader.text('raw_value'), reader.text('expected_encoded')];
  if ((vector ?? raw ?? encoded) === undefined)
    reader.refuse('missing_field', 'a catalog binding names neither a vector nor what it expects', 'add `vector_name:`');
  return {
    macro: reader.requiredText('macro'), catalog_item_id: reader.text('catalog_item_id') ?? '',
    ...(vector !== undefined && { vector_name: vector }), ...(raw !== undefined && { raw_value: raw }),
    ...(encoded !== undefined && { expected_encoded: encoded }),
  };
}

function readDispatch(reader: FieldReader): SpecialStep {
  return {
    kind: 'parallel_dispatch', count: number(reader, 'count') ?? 0,
    same_idempotency_key: !reader.has('same_idempotency_key') || reader.boolean('same_idempotency_key'),
    barrier_timeout_ms: number(reader, 'barrier_timeout_ms') ?? 5000, mode: reader.text('mode') === 'distributed' ? 'distributed' : 'process_local',
  };
}

function readTrip(reader: FieldReader): SpecialStep {
  return {
    kind: 'rate_limit_trip', target_task: reader.text('trip_target_task') ?? '',
    target_request: reader.object('trip_target_sample_request') ?? {}, max_attempts: number(reader, 'max_attempts') ?? 0,
    replay_max_wait_seconds: number(reader, 'replay_max_wait_seconds') ?? 30,
  };
}

function number(reader: FieldReader, key: string): number | undefined {
  const value = reader.value(key);
  if (value === undefined || (typeof value === 'number' && value >= 0)) return value;
  reader.refuse('wrong_type', `${key} is not a number`, 'write a number', reader.at(key));
  return undefined;
}
