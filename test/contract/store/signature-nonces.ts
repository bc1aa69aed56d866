import { describe, expect, test } from 'vitest';
import { freshStore, type OpenStore } from './opening.ts';

const at = (minute: number): string => new Date(Date.UTC(2026, 10, 20, 12, minute)).toISOString();
const nonce = (name: string, minute = 0, more: object = {}) => ({ signer_id: 'northlight', keyid: 'key-1', nonce: name, at: at(minute), expires_at: at(minute + 6), ...more });

export function signatureNonces(open: OpenStore): void {
  describe('nonces of signatures', () => {
    test('are taken once, for each signer and key', async () => {
      const store = await freshStore(open);
      expect([await store.claimNonce(nonce('a')), await store.claimNonce(nonce('a')), await store.claimNonce(nonce('b'))]).toEqual([true, false, true]);
      expect([await store.claimNonce(nonce('a', 0, { keyid: 'key-2' })), await store.claimNonce(nonce('a', 0, { signer_id: 'other' }))]).toEqual([true, true]);
    });

    test('are taken once when they come at the same time', async () => {
      const store = await freshStore(open);
      const claimed = await Promise.all(Array.from({ length: 8 }, () => store.claimNonce(nonce('a'))));
      expect(claimed.filter(Boolean)).toHaveLength(1);
    });

    test('are kept until their signatures have expired, and then make room', async () => {
      const store = await freshStore(open);
      await store.claimNonce(nonce('a'));
      await store.claimNonce(nonce('b', 5));
      expect(await store.claimNonce(nonce('a', 5))).toBe(false);
      await store.claimNonce(nonce('c', 7));
      expect([await store.claimNonce(nonce('a', 7)), await store.claimNonce(nonce('b', 7))]).toEqual([true, false]);
    });
  });
}
