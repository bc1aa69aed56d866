import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assigned, buyer, type Buyer, type Change } from '../../test/support/buying.ts';
import { record } from '../../test/support/desk.ts';
import { creativeRecord } from '../../test/support/library-records.ts';
import { MEDIA_BUY_EDGES, type MediaBuyStatus } from '../domain/media-buy.ts';
import type { PackageUpdate } from '../protocol/wire/core/package-update.ts';
import { updateMediaBuy } from './update-media-buy.ts';

type Asked = Omit<Change, 'media_buy_id'>;

const creatives = fc.constantFrom([], ['banner'], ['unknown'], ['banner', 'unknown']).map((ids) => assigned(...ids));
const ofPackage: fc.Arbitrary<Omit<PackageUpdate, 'package_id'>> = fc.oneof(
  fc.record({ budget: fc.integer({ min: 0, max: 500_000 }).map((cents) => cents / 100) }),
  fc.record({ bid_price: fc.integer({ min: 0, max: 9 }) }),
  creatives,
  fc.record({ paused: fc.boolean() }),
  fc.record({ canceled: fc.constant(true as const) }),
  fc.record({ end_time: fc.constantFrom('2026-12-15T00:00:00Z', '2027-01-01T00:00:00Z', '2028-01-01T00:00:00Z') }),
);
const ofBuy: fc.Arbitrary<Asked> = fc.oneof(
  fc.record({ paused: fc.boolean() }),
  fc.record({ revision: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ start_time: fc.constantFrom('asap', '2026-12-12T00:00:00Z') }),
  fc.record({ end_time: fc.constantFrom('2026-12-20T00:00:00Z', '2027-01-11T00:00:00Z', '2027-03-01T00:00:00Z') }),
  fc.constant<Asked>({ new_packages: [{ product_id: 'display_fixed', pricing_option_id: 'fixed', budget: 250.25 }] }),
  fc.constant({ canceled: true as const }),
);
const life = fc.array(
  fc.oneof(
    fc.record({ days: fc.integer({ min: 1, max: 20 }) }),
    fc.record({ buy: ofBuy }),
    fc.record({ first: ofPackage }),
    fc.record({ buy: ofBuy, first: ofPackage }),
  ),
  { minLength: 1, maxLength: 10 },
);

/** Asks for a change as the pipeline would. @returns whether it was accepted */
async function ask({ desk, caller }: Buyer, media_buy_id: string, asked: Asked): Promise<boolean> {
  const stored = await desk.store.mediaBuy(caller.reach, media_buy_id);
  const decision = await updateMediaBuy(
    { idempotency_key: 'k'.repeat(16), account: { account_id: caller.account.account_id }, media_buy_id, ...asked },
    caller,
    desk,
  );
  if (decision.kind === 'answer') await record(desk, decision);
  const now = await desk.store.mediaBuy(caller.reach, media_buy_id);
  expect(JSON.stringify(now) === JSON.stringify(stored)).toBe(decision.kind === 'refused');
  return decision.kind === 'answer';
}

const legal = (from: MediaBuyStatus, to: MediaBuyStatus) => from === to || MEDIA_BUY_EDGES[from].includes(to);

it('moves a buy along the legal edges, counts each change, adds its budgets up and keeps it whole, whatever is asked and however long it takes', async () => {
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(fc.boolean(), life, async (covered, steps) => {
      const who = await buyer();
      await record(who.desk, [{ kind: 'put_creative', creative: creativeRecord('banner') }]);
      const {
        media_buy_id,
        packages: [opening],
      } = await who.create({ packages: [covered ? assigned('banner') : {}, {}] });
      let revision = 1;
      for (const each of steps) {
        if ('days' in each) who.desk.clock.at = new Date(Date.parse(who.desk.clock.at) + each.days * 86_400_000).toISOString();
        else {
          const packages = 'first' in each ? { packages: [{ package_id: opening!.package_id, ...each.first }] } : {};
          const done = await ask(who, media_buy_id, { ...('buy' in each ? each.buy : {}), ...packages });
          revision += done ? 1 : 0;
          accepted += done ? 1 : 0;
        }
        const shown = await who.one(media_buy_id);
        expect(shown.revision).toBe(revision);
        expect(Math.round(shown.total_budget * 100)).toBe(
          shown.packages.reduce((sum, { budget = 0 }) => sum + Math.round(budget * 100), 0),
        );
      }
      const { history } = (await who.desk.store.mediaBuy(who.caller.reach, media_buy_id))!;
      expect(history.filter(({ status }, at) => at > 0 && !legal(history[at - 1]!.status, status))).toEqual([]);
    }),
    { numRuns: 60 },
  );
  expect(accepted).toBeGreaterThan(20);
});
