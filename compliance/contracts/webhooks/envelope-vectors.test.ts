import { describe, expect, test } from 'vitest';
import { hasOfficial, officialSchemas } from '../../../test/support/official-schemas.ts';
import { vectorFile } from '../../../test/support/official-vectors.ts';
import type { JsonObject } from '../../json/object.ts';
import type { WebhookExpectation } from '../../special-step.ts';
import type { Delivery } from './delivery.ts';
import { judgeDeliveries } from './judge-deliveries.ts';

interface Vector {
  readonly id: string;
  readonly payload: JsonObject;
  readonly same_event_as?: string;
}

const official = hasOfficial('that webhooks are told from what is none as AdCP\'s vectors say');
const { positive, negative } = official
  ? vectorFile<{ positive: readonly Vector[]; negative: readonly Vector[] }>('webhook-receiver-envelope.json')
  : { positive: [], negative: [] };
const expectation: WebhookExpectation = {
  kind: 'webhook', assertion: 'arrives', filter: { body: {} }, timeout_ms: 1, expect_idempotency_key: true, min_deliveries: 2,
  require_tag: '', schema_ref: 'core/mcp-webhook-payload.json',
};
const delivered = (payload: JsonObject): Delivery =>
  ({ receiver: 'r', at_ms: 0, payload, answered: 204, message: { method: 'POST', url: 'https://judge.example/step/r/1', headers: {}, body: Buffer.from('') } });
function faults(expected: WebhookExpectation, ...payloads: readonly JsonObject[]): readonly string[] {
  const judged = judgeDeliveries(expected, { body: {}, since_ms: 0 }, payloads.map(delivered), true, officialSchemas());
  return judged.kind === 'settled' ? judged.faults.map(({ code }) => code) : ['open'];
}

describe.runIf(official)('official vectors of webhook envelopes', () => {
  test('are all there', () => { expect([positive.length, negative.length]).toEqual([2, 3]); });

  test.each(positive)('$id is a webhook', ({ payload }) => {
    expect(faults(expectation, payload)).toEqual([]);
  });

  test.each(negative)('$id is none', ({ payload }) => {
    expect(faults(expectation, payload)).toContain('schema_violation');
  });

  test('the repetition of an event is no second event', () => {
    const both = positive.map(({ payload }) => payload);
    expect(faults({ ...expectation, max_events: 1 }, ...both)).toEqual([]);
    expect(faults({ ...expectation, max_events: 1 }, both[0]!, { ...both[1], idempotency_key: 'another-0123456789abcdef' })).toEqual(['duplicate_webhook_on_replay']);
  });
});
