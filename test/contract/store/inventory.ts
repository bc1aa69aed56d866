import { describe, expect, test } from 'vitest';
import { testProduct } from '../../support/desk.ts';
import { testSignal } from '../../support/signals.ts';
import { given, opened, type OpenStore } from './opening.ts';

/** What an operator has imported for sale. */
export function inventory(open: OpenStore): void {
  describe('an inventory', () => {
    test('is none until it is imported, and then kept whole, in order, over a restart', async () => {
      const { store, reopen } = await opened(open);
      expect(await store.inventory()).toBeUndefined();
      const first = { products: [testProduct('b'), testProduct('a')], formats: [{ format_id: { agent_url: 'https://seller.example/mcp', id: 'card' }, name: 'Card' }], signals: [testSignal('s')] };
      await given(store, { kind: 'put_inventory', inventory: first });
      expect(await store.inventory()).toEqual(first);
      expect(await (await reopen()).inventory()).toEqual(first);
    });

    test('goes when another is imported', async () => {
      const { store } = await opened(open);
      for (const id of ['old', 'new']) await given(store, { kind: 'put_inventory', inventory: { products: [testProduct(id)], formats: [], signals: [] } });
      expect((await store.inventory())!.products.map(({ product_id }) => product_id)).toEqual(['new']);
    });
  });
}
