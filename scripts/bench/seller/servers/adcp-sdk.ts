/**
 * The server framework of `@adcp/sdk` with handlers that answer from memory, nothing durable.
 * `documented` serves as its documentation shows: an agent for every call, requests held against the schemas, as ours are.
 * `quickest` is what it can be brought to: one agent kept for all calls, which then wait for each other, and nothing is checked.
 * Both answer with the documents that our seller answers with.
 */
import { readFileSync } from 'node:fs';
import { serve } from '@adcp/sdk';
import { createAdcpServerFromPlatform, createInMemoryTaskRegistry, definePlatform, defineSalesCorePlatform, InMemoryStateStore } from '@adcp/sdk/server';

const [manner, file] = process.argv.slice(2);
const documents = JSON.parse(readFileSync(file!, 'utf8')) as Readonly<Record<string, object>>;
let sold = 0;

const platform = definePlatform({
  capabilities: { specialisms: ['sales-non-guaranteed'], channels: ['display'], pricingModels: ['cpm'] },
  accounts: { resolve: async () => ({ id: 'acct', name: 'Bench', status: 'active', ctx_metadata: {}, authInfo: { kind: 'api_key' } }) },
  sales: defineSalesCorePlatform({
    getProducts: async () => documents['get_products'],
    createMediaBuy: async () => ({ ...documents['create_media_buy'], media_buy_id: `mb_${(sold += 1)}` }),
    updateMediaBuy: async (media_buy_id: string) => ({ media_buy_id, status: 'active' }),
    getMediaBuyDelivery: async () => documents['get_media_buy_delivery'],
    getMediaBuys: async () => documents['get_media_buys'],
  } as never),
} as never);

const shared = { taskRegistry: createInMemoryTaskRegistry(), stateStore: new InMemoryStateStore() };
const agent = () => createAdcpServerFromPlatform(platform as never, {
  name: 'bench', version: '1.0.0', ...shared, validation: { requests: manner === 'documented' ? 'strict' : 'off', responses: 'off' },
} as never);
const kept = agent();
const listening = { port: 0, onListening: (url: string) => process.send!({ url }) };
if (manner === 'documented') serve(agent, listening as never);
else serve(() => kept, { ...listening, reuseAgent: true } as never);
process.on('disconnect', () => process.exit());
