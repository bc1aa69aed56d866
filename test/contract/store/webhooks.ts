import { describe, expect, test } from 'vitest';
import type { WebhookAttempt, WebhookRecord } from '../../../src/domain/webhook.ts';
import { freshStore, given, opened, type OpenStore } from './opening.ts';

const webhook = (webhook_id: string, more: Partial<WebhookRecord> = {}): WebhookRecord => ({
  webhook_id, principal_id: 'buyer', about: 'task:task_1', notification: 'task', url: 'https://buyer.example/hooks',
  authentication: { schemes: ['Bearer'], credentials: 'sealed' }, token: 'sealed', created_at: '2026-11-20T12:00:00.000Z', body: '{"b":1,"a":"ü"}', ...more,
});
const attempt = (number: number, more: Partial<WebhookAttempt> = {}): WebhookAttempt => ({
  attempt: number, fired_at: '2026-11-20T12:00:01.000Z', completed_at: '2026-11-20T12:00:02.000Z', outcome: 'failed', http_status_code: 503,
  response_time_ms: 1000, reason: 'answered 503', ...more,
});

/** The outbox keeps every event with its bytes, and what became of it. */
export function webhooks(open: OpenStore): void {
  describe('webhooks', () => {
    test('keep their bytes over a restart', async () => {
      const { store, reopen } = await opened(open);
      await given(store, { kind: 'put_webhook', webhook: webhook('whk_1') });
      const again = await reopen();
      expect(await again.webhook('whk_1')).toEqual({ webhook: webhook('whk_1'), status: 'pending', attempts: [] });
      expect(await again.webhook('whk_2')).toBeUndefined();
    });

    test('remember each attempt in order, and what it left behind', async () => {
      const store = await freshStore(open);
      await given(store, { kind: 'put_webhook', webhook: webhook('whk_1') });
      const [first, second] = [attempt(1), attempt(2, { outcome: 'success', http_status_code: 200 })];
      await store.attempted('whk_1', first, 'pending');
      expect(await store.webhook('whk_1')).toMatchObject({ status: 'pending', attempts: [first] });
      await store.attempted('whk_1', second, 'delivered');
      await store.attempted('whk_1', second, 'delivered');
      expect(await store.webhook('whk_1')).toMatchObject({ status: 'delivered', attempts: [first, second] });
    });

    test('are listed newest first, by principal, subject and status', async () => {
      const store = await freshStore(open);
      await given(store, ...[webhook('a'), webhook('b', { about: 'media_buy:mb_1' }), webhook('c', { principal_id: 'other' })].map((each) => ({ kind: 'put_webhook', webhook: each }) as const));
      await store.attempted('a', attempt(1), 'failed');
      const ids = async (...asked: Parameters<typeof store.webhooks>) => (await store.webhooks(...asked)).map((each) => each.webhook.webhook_id);
      expect(await ids({}, 10)).toEqual(['c', 'b', 'a']);
      expect(await ids({}, 2)).toEqual(['c', 'b']);
      expect(await ids({ principal_id: 'buyer' }, 10)).toEqual(['b', 'a']);
      expect(await ids({ about: 'media_buy:mb_1' }, 10)).toEqual(['b']);
      expect(await ids({ status: 'failed' }, 10)).toEqual(['a']);
    });
  });
}
