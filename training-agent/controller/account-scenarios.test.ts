import { describe, expect, test } from 'vitest';
import { controllerBench, failed, OK } from '../../test/support/controller-bench.ts';

const bench = controllerBench();

describe('seed_account', () => {
  test('an account under an id of the test\'s choice, listed like any other', async () => {
    expect(await bench.control('seed_account', {
      account_id: 'acct_x', fixture: { brand: { domain: 'north.example' }, operator: 'agency.example', billing: 'operator', status: 'suspended', sandbox: true },
    })).toMatchObject(OK);
    expect(await bench.call('list_accounts', {})).toMatchObject({
      accounts: [{ account_id: 'acct_x', brand: { domain: 'north.example' }, operator: 'agency.example', status: 'suspended', sandbox: true }],
    });
  });

  test('a thin one is of the caller\'s brand, and active', async () => {
    await bench.control('seed_account', { account_id: 'acct_x' });
    expect(await bench.open.store.account(bench.principal_id, 'acct_x')).toMatchObject({ brand: { domain: 'acmeoutdoor.example' }, operator: 'acmeoutdoor.example', status: 'active', sandbox: true });
  });

  test('seeding again changes what is stated and keeps the rest', async () => {
    await bench.control('seed_account', { account_id: 'acct_x', fixture: { operator: 'agency.example', status: 'suspended' } });
    await bench.control('seed_account', { account_id: 'acct_x', fixture: { name: 'New name' } });
    expect(await bench.open.store.account(bench.principal_id, 'acct_x')).toMatchObject({ operator: 'agency.example', status: 'suspended', name: 'New name' });
  });

  test('takes a fixture that the harness has wrapped once more', async () => {
    await bench.control('seed_account', { account_id: 'acct_x', fixture: { fixture: { status: 'suspended' } } });
    expect(await bench.open.store.account(bench.principal_id, 'acct_x')).toMatchObject({ status: 'suspended' });
  });

  test('refuses what could be no account', async () => {
    expect(await bench.control('seed_account', { account_id: 'acct_x', fixture: { status: 'asleep' } })).toMatchObject(failed('INVALID_PARAMS'));
    expect(await bench.control('seed_account', { account_id: 'acct_x', fixture: { brand: 'acme' } })).toMatchObject(failed('INVALID_PARAMS'));
    expect(await bench.open.store.account(bench.principal_id, 'acct_x')).toBeUndefined();
  });
});

describe('force_account_status', () => {
  test('moves along the edges and back, and no further than they lead', async () => {
    await bench.control('seed_account', { account_id: 'acct_x' });
    const force = (status: string) => bench.control('force_account_status', { account_id: 'acct_x', status });
    for (const status of ['suspended', 'active', 'payment_required', 'active', 'active']) expect(await force(status)).toMatchObject({ ...OK, current_state: status });
    expect(await force('pending_approval')).toMatchObject(failed('INVALID_TRANSITION', { current_state: 'active' }));
    await force('closed');
    expect(await force('active')).toMatchObject(failed('INVALID_TRANSITION', { current_state: 'closed' }));
  });

  test('an account of another caller is not found', async () => {
    await bench.control('seed_account', { account_id: 'acct_x' });
    expect(await bench.control('force_account_status', { account_id: 'acct_x', status: 'closed' }, {}, 'demo-nova-motors-v1')).toMatchObject(failed('NOT_FOUND'));
  });
});
