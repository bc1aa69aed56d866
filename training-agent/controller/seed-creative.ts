import type { CreativeRecord } from '../../src/domain/creative.ts';
import { checkShape } from '../../src/protocol/request-check.ts';
import { CREATIVE_STATUSES, CreativeAsset, type CreativeStatus } from '../../src/protocol/wire/core/creative-asset.ts';
import { placeCreatives } from '../../src/usecases/place-creatives.ts';
import type { Fixture } from '../catalogue/row.ts';
import { fixtureOf } from './fixture.ts';
import { homeAccount } from './home-account.ts';
import { refusal, seeded, type Scenario } from './scenario.ts';

/** A creative as if it had been synced, in any state: buys that have waited for it start. What its fixture leaves out is made up. */
export const seedCreative: Scenario<'seed_creative'> = async (params, asker) => {
  const { caller, desk } = asker;
  const { creative_id } = params;
  const { status = 'approved', ...fixture } = fixtureOf(params);
  if (!(CREATIVE_STATUSES as readonly unknown[]).includes(status)) return refusal('INVALID_PARAMS', `params.fixture.status must be one of ${CREATIVE_STATUSES.join(', ')}`);
  const creative = completed(creative_id, fixture, desk.seller.agent_url);
  const flaw = checkShape(CreativeAsset, creative, ['params', 'fixture']);
  if (flaw) return refusal('INVALID_PARAMS', flaw.message);

  const { account: { account_id, library }, changes } = await homeAccount(asker);
  const [known] = await desk.store.creatives({ principal_id: caller.principal.principal_id, library, wide: false }, [creative_id]);
  const now = desk.clock.now().toISOString();
  const record: CreativeRecord = {
    creative_id, principal_id: caller.principal.principal_id, account_id, library, row_version: known?.row_version ?? 0,
    status: status as CreativeStatus, creative, created_date: known?.created_date ?? now, updated_date: now,
  };
  const { changes: started } = await placeCreatives([], { arrived: new Map([[creative_id, record]]), gone: new Set() }, caller, desk);
  return seeded(`creative ${creative_id} is seeded`, [...changes, { kind: 'put_creative', creative: record }, ...started], [`creative:${creative_id}`]);
};

function completed(creative_id: string, fixture: Fixture, agent_url: string): CreativeAsset {
  const { format_id, format_kind } = fixture;
  const format = typeof format_id === 'object' && format_id !== null ? { format_id: { agent_url, ...format_id } }
    : format_id === undefined && format_kind === undefined ? { format_kind: 'image' } : {};
  return { name: creative_id, assets: {}, ...fixture, ...format, creative_id } as CreativeAsset;
}
