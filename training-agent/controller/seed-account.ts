import { Type, type Static } from 'typebox';
import type { AccountRecord } from '../../src/domain/account.ts';
import { provisioned } from '../../src/domain/provisioning.ts';
import { checkShape } from '../../src/protocol/request-check.ts';
import { ACCOUNT_STATUSES, BILLING_PARTIES, PAYMENT_TERMS } from '../../src/protocol/wire/core/account.ts';
import { BrandRef } from '../../src/protocol/wire/core/brand-ref.ts';
import { Domain } from '../../src/protocol/wire/core/texts.ts';
import { fixtureOf } from './fixture.ts';
import { brandOf } from './home-account.ts';
import { refusal, seeded, type Scenario } from './scenario.ts';

const AccountFixture = Type.Object({
  brand: Type.Optional(BrandRef),
  operator: Type.Optional(Domain),
  name: Type.Optional(Type.String({ minLength: 1 })),
  billing: Type.Optional(Type.Enum(BILLING_PARTIES)),
  payment_terms: Type.Optional(Type.Enum(PAYMENT_TERMS)),
  status: Type.Optional(Type.Enum(ACCOUNT_STATUSES)),
  sandbox: Type.Optional(Type.Boolean()),
});
type AccountFixture = Static<typeof AccountFixture>;

/** An account under an id of the test's choice. Seeding the id again changes what the fixture states, and keeps the rest. */
export const seedAccount: Scenario<'seed_account'> = async (params, asker) => {
  const { caller: { principal }, desk } = asker;
  const fixture = fixtureOf(params);
  const flaw = checkShape(AccountFixture, fixture, ['params', 'fixture']);
  if (flaw) return refusal('INVALID_PARAMS', flaw.message);
  const { brand, operator, sandbox, ...stated } = fixture as AccountFixture;
  const { account_id } = params;

  const known = await desk.store.account(principal.principal_id, account_id);
  const owner = brand ?? known?.brand ?? brandOf(asker);
  const naming = { brand: owner, operator: operator ?? known?.operator ?? owner.domain, sandbox: sandbox ?? known?.sandbox ?? true };
  const fresh = provisioned(naming, principal, desk.scope, { account_id, now: desk.clock.now().toISOString() }, desk.seller);
  const account: AccountRecord = {
    ...fresh, ...known, brand: fresh.brand, operator: fresh.operator, sandbox: fresh.sandbox, library: fresh.library,
    ...pick(stated, ['name', 'billing', 'payment_terms', 'status']),
  };
  return seeded(`account ${account_id} is seeded`, [{ kind: 'put_account', account }], [`account:${account_id}`]);
};

function pick<From extends object, Name extends keyof From>(from: From, names: readonly Name[]): Pick<From, Name> {
  return Object.fromEntries(names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]]))) as Pick<From, Name>;
}
