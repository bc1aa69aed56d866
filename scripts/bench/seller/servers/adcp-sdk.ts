/** The server framework of `@adcp/sdk` at its quickest: one agent kept for all calls, a handler that answers from memory, nothing durable. */
import { serve } from '@adcp/sdk';
import { createAdcpServerFromPlatform, createInMemoryTaskRegistry, definePlatform, defineSalesCorePlatform, InMemoryStateStore } from '@adcp/sdk/server';
import { catalogueOfEight } from '../operator.ts';

const products = catalogueOfEight();
const bought = (packages: readonly object[]) => packages.map((each, at) => ({ ...each, package_id: `pkg_${at}` }));
let sold = 0;

const platform = definePlatform({
  capabilities: { specialisms: ['sales-non-guaranteed'], channels: ['display'], pricingModels: ['cpm'] },
  accounts: { resolve: async () => ({ id: 'acct', name: 'Bench', status: 'active', ctx_metadata: {}, authInfo: { kind: 'api_key' } }) },
  sales: defineSalesCorePlatform({
    getProducts: async () => ({ products }),
    createMediaBuy: async (request: { packages?: readonly object[] }) => ({
      media_buy_id: `mb_${(sold += 1)}`, status: 'pending_creatives', confirmed_at: new Date().toISOString(), revision: 1, packages: bought(request.packages ?? []),
    }),
    updateMediaBuy: async (media_buy_id: string) => ({ media_buy_id, status: 'active' }),
    getMediaBuyDelivery: async () => ({
      currency: 'USD', reporting_period: { start: '2026-05-01T00:00:00Z', end: '2026-05-31T23:59:59Z' },
      media_buy_deliveries: [{ media_buy_id: 'mb_1', status: 'active', totals: { impressions: 1000, spend: 5 }, by_package: [] }],
    }),
    getMediaBuys: async () => ({ media_buys: [{ media_buy_id: 'mb_1', status: 'active', currency: 'USD', total_budget: 3000, packages: [] }] }),
  } as never),
} as never);

const agent = createAdcpServerFromPlatform(platform as never, {
  name: 'bench', version: '1.0.0', taskRegistry: createInMemoryTaskRegistry(), stateStore: new InMemoryStateStore(), validation: { requests: 'off', responses: 'off' },
} as never);
serve(() => agent, { port: 0, reuseAgent: true, onListening: (url: string) => process.send!({ url }) } as never);
process.on('disconnect', () => process.exit());
