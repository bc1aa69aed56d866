import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attributeOf, collector, type CollectedSpan, type Collector } from '../support/collector.ts';
import { toolCaller } from '../support/mcp-call.ts';
import { webhookReceiver, type Receiver } from '../support/receiver.ts';
import { startSeller } from '../support/seller.ts';

const ACCOUNT = { brand: { domain: 'trailandtent.example' }, operator: 'northlight-media.example', sandbox: true };
const [TRACE, SPAN] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'];
const SECRET = 'webhook-secret-0123456789-0123456789';
const order = {
  account: ACCOUNT, brand: ACCOUNT.brand, start_time: 'asap', end_time: '2099-12-31T23:59:59Z', context: { correlation_id: 'c', note: 'nobody-elses-business' },
  packages: [{ product_id: 'test-product', pricing_option_id: 'default', budget: 5000 }],
};

let traces: Collector;
let receiver: Receiver;
let spans: readonly CollectedSpan[];
/** A buyer's call within its own trace, and all that comes of it; a stop sends what has ended. */
beforeAll(async () => {
  [traces, receiver] = await Promise.all([collector(), webhookReceiver()]);
  const seller = await startSeller({ config: { traces: { url: `${traces.origin}/v1/traces`, service_name: 'desk', sampled: 1 } } });
  const call = toolCaller(seller.url, seller.token, { traceparent: `00-${TRACE}-${SPAN}-01`, 'x-correlation-id': 'order-7' });
  const push_notification_config = { url: `${receiver.origin}/hooks/${SECRET}`, operation_id: 'op-1', authentication: { schemes: ['Bearer'], credentials: SECRET } };
  await call('create_media_buy', { ...order, idempotency_key: randomUUID(), push_notification_config });
  await receiver.arrived(1);
  await toolCaller(seller.url, seller.token)('get_media_buys', { media_buy_ids: 7 });
  await seller.close();
  ({ spans } = traces);
});
afterAll(() => Promise.all([traces.close(), receiver.close()]));

const named = (name: string): CollectedSpan => {
  const found = spans.find((span) => span.name === name);
  if (found === undefined) throw new Error(`no span ${name} among ${spans.map((span) => span.name).join(', ')}`);
  return found;
};

test('a call is a span of the caller\'s trace, and its commit one below it', () => {
  const call = named('create_media_buy');
  expect([call.traceId, call.parentSpanId]).toEqual([TRACE, SPAN]);
  expect(['adwright.outcome', 'adwright.correlation_id'].map((name) => attributeOf(call, name))).toEqual(['ok', 'order-7']);
  const commit = spans.find(({ name, parentSpanId }) => name === 'commit' && parentSpanId === call.spanId);
  expect(commit?.traceId).toBe(TRACE);
});

test('a refusal tells its code, and a call without a trace begins one', () => {
  const refused = named('get_media_buys');
  expect([attributeOf(refused, 'adwright.outcome'), refused.parentSpanId ?? '']).toEqual(['INVALID_REQUEST', '']);
  expect(refused.traceId).not.toBe(TRACE);
});

test('the work that a call leaves is linked to its commit, and what is sent for it tells the trace to others', () => {
  const job = named('job deliver_webhook');
  const [link] = job.links ?? [];
  expect(link?.traceId).toBe(TRACE);
  expect(spans.find(({ spanId }) => spanId === link?.spanId)?.name).toBe('commit');
  const sent = spans.find(({ parentSpanId }) => parentSpanId === job.spanId && attributeOf(named('job deliver_webhook'), 'adwright.outcome') === 'done')!;
  expect([sent.name, attributeOf(sent, 'http.response.status_code')]).toEqual([`POST ${receiver.origin}`, '204']);
  expect(receiver.deliveries[0]!.headers['traceparent']).toBe(`00-${sent.traceId}-${sent.spanId}-01`);
  expect(named('job push_upstream').links?.[0]?.traceId).toBe(TRACE);
});

test('no payload and no secret goes along', () => {
  const text = traces.texts.join('\n');
  expect(text).toContain('"desk"');
  for (const hidden of [SECRET, 'nobody-elses-business', 'trailandtent']) expect(text).not.toContain(hidden);
});
