import { expect, test } from 'vitest';
import { openedSandbox } from '../test/support/opened-sandbox.ts';

const order = (proposal_id: string, more: object = {}) => ({
  idempotency_key: `order-of-${proposal_id}`.slice(0, 40), account: { brand: { domain: 'acmeoutdoor.example' }, operator: 'pinnacle-agency.example' },
  brand: { domain: 'acmeoutdoor.example' }, proposal_id, total_budget: { amount: 50_000, currency: 'USD' }, start_time: 'asap', end_time: '2099-06-30T23:59:59Z', ...more,
});

test('a sandbox has one proposal that has expired; what else it does not know, it does not know', async () => {
  const open = await openedSandbox();
  const code = async (proposal_id: string, more?: object) => ((await open.call('create_media_buy', order(proposal_id, more)))['errors'] as { code: string; field: string }[])[0];
  expect(await code('expired-proposal-sentinel-v1')).toMatchObject({ code: 'PROPOSAL_EXPIRED', recovery: 'correctable', field: 'proposal_id' });
  expect(await code('expired-proposal-sentinel-v2')).toMatchObject({ code: 'PROPOSAL_NOT_FOUND', field: 'proposal_id' });
  expect(await code('expired-proposal-sentinel-v1', { end_time: '2001-01-01T00:00:00Z' })).toMatchObject({ code: 'INVALID_REQUEST', field: 'end_time' });
  await open.close();
});
