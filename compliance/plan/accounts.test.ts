import { expect, test } from 'vitest';
import { phase, step, storyboard } from '../../test/support/storyboards.ts';
import type { JsonObject } from '../json/object.ts';
import type { Step, Storyboard } from '../storyboard.ts';
import { accountsOf } from './accounts.ts';

const asking = (task: string, request: JsonObject, more: Partial<Step> = {}): Step => ({ ...step(task), task, sample_request: request, ...more });
const board = (steps: readonly Step[], more: Partial<Storyboard> = {}) => storyboard([phase('p', steps)], more);
const keys = (...steps: Step[]) => {
  const accounts = accountsOf(board(steps), 'kit.example');
  return accounts === 'unknown' ? accounts : [...accounts].sort().join(', ');
};
const buy = (account: unknown) => asking('create_media_buy', { account });

test.for([
  ['the brand of an account', buy({ brand: { domain: 'a.example' }, operator: 'o.example' }), 'brand a.example'],
  ['its id', buy({ account_id: 'acct_1' }), 'account acct_1'],
  ['every account of a list', asking('sync_accounts', { accounts: [{ brand: { domain: 'a.example' } }, { account_id: 'b' }] }), 'account b, brand a.example'],
  ['an account deep inside', asking('sync_governance', { entries: [{ account: { account_id: 'c' } }] }), 'account c'],
  ['the brand of the kit, when a request names no account', asking('get_products', {}), 'brand kit.example'],
  ['the brand of the kit, when an account says no more than sandbox', buy({ sandbox: true }), 'brand kit.example'],
  ['nothing for an account that is generated', buy({ brand: { domain: '$generate:opaque_id#brand' } }), ''],
  ['nothing for a task that is answered alike everywhere', asking('get_adcp_capabilities', {}), ''],
  ['nothing for what the judge itself does', asking('assert_contribution', {}), ''],
  ['no account that can be told from a captured one', buy({ account_id: '$context.account_id' }), 'unknown'],
  ['no account that can be told from one that is injected', asking('get_products', {}, { context_inputs: [{ key: 'a', inject_at: 'account.account_id' }] }), 'unknown'],
] as const)('finds %s', ([, one, expected]) => expect(keys(one)).toBe(expected));

test('a captured account is one that the storyboard itself made, when it makes some', () => {
  const made = asking('sync_accounts', { accounts: [{ brand: { domain: 'a.example' } }] });
  expect(keys(made, buy({ account_id: '$context.account_id' }))).toBe('brand a.example');
});

test('seeding goes to the account of the kit', () => {
  const steps = [buy({ account_id: 'a' })];
  expect(accountsOf(board(steps, { controller_seeding: true }), 'kit.example')).toEqual(new Set(['account a', 'brand kit.example']));
});

test('without a kit a request that names no account may mean any', () => {
  expect(accountsOf(board([asking('get_products', {})]), undefined)).toBe('unknown');
});
