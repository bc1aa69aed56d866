import { expect, test } from 'vitest';
import { accountName } from './account-name.ts';

test('an account is said back by what names it', () => {
  const brand = { domain: 'trailandtent.example', brand_id: 'boots', brand_kit_override: { tagline: 'Out there' } };
  expect(accountName({ account_id: 'acct_1' })).toEqual({ account_id: 'acct_1' });
  expect(accountName({ brand, operator: 'northlight.example', sandbox: true })).toEqual({ brand: { domain: 'trailandtent.example', brand_id: 'boots' }, operator: 'northlight.example', sandbox: true });
  expect(accountName({ brand: { domain: 'a.example' }, operator: 'b.example' })).toEqual({ brand: { domain: 'a.example' }, operator: 'b.example' });
});
