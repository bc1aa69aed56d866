import { describe, expect, test } from 'vitest';
import type { AccountRecord } from '../src/domain/account.ts';
import type { Principal } from '../src/domain/caller.ts';
import { sandboxAccountScope as scope } from './account-scope.ts';

const acme: Principal = { principal_id: 'acme-outdoor', mode: 'sandbox' };
const live: Principal = { principal_id: 'acme-outdoor-live', mode: 'live' };
const brand = { domain: 'acmeoutdoor.example' };

const account = (more: Partial<AccountRecord> = {}): AccountRecord => ({
  account_id: 'acct_1', principal_id: acme.principal_id, library: scope.library(acme, brand, 'agency.example', 'acct_1'), row_version: 1,
  brand, operator: 'agency.example', sandbox: true, name: 'Acme', status: 'active', billing: 'operator', account_scope: 'operator_brand',
  created_at: '2026-01-01T00:00:00Z', ...more,
});

describe('in a sandbox', () => {
  test('what is registered belongs to the caller and the brand, whatever the operator', () => {
    expect(scope.library(acme, brand, 'one.example', 'acct_1')).toBe(scope.library(acme, { ...brand, brand_id: 'x' }, 'two.example', 'acct_2'));
    expect(scope.library(acme, brand, 'a', 'b')).not.toBe(scope.library(acme, { domain: 'other.example' }, 'a', 'b'));
    expect(scope.library(acme, brand, 'a', 'b')).not.toBe(scope.library({ ...acme, principal_id: 'acme-outdoor/run-1' }, brand, 'a', 'b'));
  });

  test('ids are found in all accounts of the caller, those of the brand first', () => {
    expect(scope.reach(acme, account(), undefined)).toEqual({ principal_id: 'acme-outdoor', wide: true, library: account().library });
    expect(scope.reach(acme, undefined, { brand })).toEqual({ principal_id: 'acme-outdoor', wide: true, library: account().library });
    expect(scope.reach(acme, undefined, { account_id: 'acct_never_made' })).toEqual({ principal_id: 'acme-outdoor', wide: true });
  });

  test('an idempotency key is unique for caller and brand, so that another operator meets the same key', () => {
    expect(scope.idempotencyScope(acme, account(), undefined)).toBe(scope.idempotencyScope(acme, undefined, { brand, operator: 'other.example' }));
    expect(scope.idempotencyScope(acme, account(), undefined)).not.toBe(scope.idempotencyScope(acme, undefined, { brand: { domain: 'other.example' } }));
    expect(scope.idempotencyScope(acme, undefined, undefined)).not.toBe(scope.idempotencyScope(live, undefined, undefined));
  });

  test('the sandbox flag and the brand id fit when they are left out, and must agree when they are stated', () => {
    expect(scope.choose(acme, { brand, operator: 'agency.example' }, [account()])).toEqual([account()]);
    expect(scope.choose(acme, { brand: { ...brand, brand_id: 'acme' }, operator: 'agency.example', sandbox: true }, [account()])).toEqual([account()]);
    expect(scope.choose(acme, { brand, operator: 'agency.example', sandbox: false }, [account()])).toEqual([]);
    expect(scope.choose(acme, { brand: { ...brand, brand_id: 'acme' }, operator: 'agency.example' }, [account({ brand: { ...brand, brand_id: 'apex' } })])).toEqual([]);
  });

  test('of several that fit, one is meant: that with the same brand id', () => {
    const own = account({ account_id: 'acct_2', brand: { ...brand, brand_id: 'acme' } });
    expect(scope.choose(acme, { brand: { ...brand, brand_id: 'acme' }, operator: 'agency.example' }, [account(), own])).toEqual([own]);
    expect(scope.choose(acme, { brand, operator: 'agency.example' }, [own, account()])).toEqual([account()]);
  });

  test('another operator is another account; without one the brand operates for itself', () => {
    expect(scope.choose(acme, { brand, operator: 'other.example' }, [account()])).toEqual([]);
    expect(scope.choose(acme, { brand }, [account(), account({ operator: brand.domain })])).toEqual([account({ operator: brand.domain })]);
  });

  test('reads go on without an unknown account, writes provision a natural key and refuse an id', () => {
    expect(scope.unknown(acme, { account_id: 'acct_x' }, false)).toBe('without');
    expect(scope.unknown(acme, { brand }, false)).toBe('without');
    expect(scope.unknown(acme, { brand }, true)).toBe('provision');
    expect(scope.unknown(acme, { account_id: 'acct_x' }, true)).toBe('refuse');
    expect(scope.unknown(acme, {}, true)).toBe('refuse');
  });

  test('an advertiser finds an account of its own brand, in every session', () => {
    expect(scope.initial(acme)).toEqual({ brand, operator: brand.domain, sandbox: true });
    expect(scope.initial({ ...acme, principal_id: 'acme-outdoor/run-1' })).toEqual(scope.initial(acme));
  });
});

describe('for a live caller', () => {
  test('everything is exact', () => {
    expect(scope.library(live, brand, 'a', 'acct_9')).toBe('acct_9');
    expect(scope.reach(live, account(), undefined)).toMatchObject({ wide: false });
    expect(scope.idempotencyScope(live, account(), undefined)).toContain('acct_1');
    expect(scope.choose(live, { brand, operator: 'agency.example' }, [account()])).toEqual([]);
    expect(scope.choose(live, { brand, operator: 'agency.example', sandbox: true }, [account()])).toEqual([account()]);
    expect(scope.unknown(live, { brand }, false)).toBe('refuse');
    expect(scope.unknown(live, { brand }, true)).toBe('refuse');
    expect(scope.initial(live)).toBeUndefined();
  });
});
