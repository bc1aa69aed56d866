import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/protocol/envelope.ts';
import { controllerBench, failed, OK } from '../../test/support/controller-bench.ts';

const bench = controllerBench();

describe('seed_creative and force_creative_status', () => {
  const stored = async (creative_id = 'c1') => (await bench.open.store.creatives({ principal_id: bench.principal_id, wide: true }, [creative_id]))[0];

  test('a thin creative is approved, of an image, and in the library of the brand that the call names', async () => {
    expect(await bench.control('seed_creative', { creative_id: 'c1' }, { account: { brand: { domain: 'north.example' }, operator: 'north.example', sandbox: true } })).toMatchObject(OK);
    expect(await stored()).toMatchObject({
      status: 'approved', library: JSON.stringify([bench.principal_id, 'north.example']), creative: { creative_id: 'c1', name: 'c1', format_kind: 'image', assets: {} },
    });
    expect(await bench.call('list_accounts', {})).toMatchObject({ accounts: [{ brand: { domain: 'north.example' }, account_id: (await stored())!.account_id }] });
  });

  test('one under an account that nobody made belongs to the caller\'s own brand, with a format of our own', async () => {
    await bench.control('seed_creative', { creative_id: 'c1', fixture: { status: 'pending_review', name: 'Hero', format_id: { id: 'display_static' } } }, { account: { account_id: 'acct_never_made' } });
    expect(await stored()).toMatchObject({
      status: 'pending_review', library: JSON.stringify([bench.principal_id, 'acmeoutdoor.example']),
      creative: { name: 'Hero', format_id: { agent_url: 'http://127.0.0.1:4100/mcp', id: 'display_static' } },
    });
    expect((await stored())!.creative).not.toHaveProperty('status');
  });

  test('seeding again replaces it and keeps the day it came', async () => {
    await bench.control('seed_creative', { creative_id: 'c1', fixture: { name: 'One' } });
    bench.open.pass(60_000);
    await bench.control('seed_creative', { creative_id: 'c1', fixture: { name: 'Two', status: 'rejected' } });
    expect(await stored()).toMatchObject({ status: 'rejected', creative: { name: 'Two' }, created_date: '2026-11-20T12:00:00.000Z', updated_date: '2026-11-20T12:01:00.000Z' });
  });

  test('refuses what could be no creative', async () => {
    for (const fixture of [{ status: 'superb' }, { name: 7 }, { format_id: 'text' }, { format_id: { id: 'a' }, format_kind: 'image' }])
      expect(await bench.control('seed_creative', { creative_id: 'c1', fixture })).toMatchObject(failed('INVALID_PARAMS'));
    expect(await stored()).toBeUndefined();
  });

  test('moves along the edges, keeps the reason of a rejection while it lasts, and stays where it is', async () => {
    await bench.control('seed_creative', { creative_id: 'c1' });
    const force = (status: string, more: JsonObject = {}) => bench.control('force_creative_status', { creative_id: 'c1', status, ...more });
    expect(await force('approved')).toMatchObject({ ...OK, previous_state: 'approved', current_state: 'approved' });
    expect(await force('rejected', { rejection_reason: 'too loud' })).toMatchObject({ previous_state: 'approved', current_state: 'rejected' });
    expect(await stored()).toMatchObject({ status: 'rejected', rejection_reason: 'too loud' });
    expect(await force('approved')).toMatchObject(failed('INVALID_TRANSITION', { current_state: 'rejected' }));
    expect(await force('pending_review')).toMatchObject(OK);
    expect(await stored()).not.toHaveProperty('rejection_reason');
    await force('approved');
    await force('archived');
    expect(await force('processing')).toMatchObject(failed('INVALID_TRANSITION', { current_state: 'archived' }));
  });

  test('a creative of another caller is not found', async () => {
    await bench.control('seed_creative', { creative_id: 'c1' });
    expect(await bench.control('force_creative_status', { creative_id: 'c1', status: 'rejected' }, {}, 'demo-nova-motors-v1')).toMatchObject(failed('NOT_FOUND'));
    expect(await bench.control('force_creative_status', { creative_id: 'c2', status: 'rejected' })).toMatchObject(failed('NOT_FOUND'));
  });
});
