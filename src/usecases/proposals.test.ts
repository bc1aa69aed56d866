import { beforeEach, describe, expect, it } from 'vitest';
import { END, START } from '../../test/support/buying.ts';
import { callerWithAccount, catalogueOf, record, refusalOf, testDesk, testProduct, type TestDesk } from '../../test/support/desk.ts';
import { expectOfficial } from '../../test/support/official.ts';
import type { Caller } from '../domain/caller.ts';
import { ALL_FEATURES } from '../domain/features.ts';
import type { Product } from '../protocol/wire/core/product.ts';
import type { CreateMediaBuyRequest } from '../protocol/wire/create-media-buy.ts';
import type { GetProductsRequest, GetProductsSuccess, RefineEntry } from '../protocol/wire/get-products.ts';
import { createMediaBuy } from './create-media-buy.ts';
import { getProducts } from './get-products.ts';

const AGENT = 'https://seller.example/mcp';
const price = (fixed_price: number, more = {}): Product['pricing_options'] => [{ pricing_option_id: 'fixed', pricing_model: 'cpm', currency: 'USD', fixed_price, ...more }];
const SHELF: readonly Product[] = [
  testProduct('banner', { name: 'Banner', channels: ['display'], pricing_options: price(5) }),
  testProduct('spot', { name: 'Spot', channels: ['olv'], delivery_type: 'guaranteed', pricing_options: price(20, { min_spend_per_package: 1_000 }), format_ids: [{ agent_url: AGENT, id: 'video_30s' }] }),
  testProduct('living_room', { name: 'Living room', channels: ['ctv'], delivery_type: 'guaranteed', pricing_options: price(35), format_ids: [{ agent_url: AGENT, id: 'video_30s' }] }),
  testProduct('euro', { name: 'Euro', channels: ['podcast'], pricing_options: [{ pricing_option_id: 'eur', pricing_model: 'cpm', currency: 'EUR', fixed_price: 9 }] }),
];
const BRIEF = 'Video and display, $50K budget';

let desk: TestDesk;
let caller: Caller;
beforeEach(async () => {
  desk = testDesk({ catalogue: catalogueOf(SHELF) });
  caller = await callerWithAccount(desk);
});

async function read(request: GetProductsRequest, who = caller): Promise<GetProductsSuccess> {
  const body = await record(desk, await getProducts(request, who, desk));
  expectOfficial('get_products', body);
  return body;
}
const brief = (text = BRIEF, who = caller) => read({ buying_mode: 'brief', brief: text }, who);
const refine = (...entries: RefineEntry[]) => read({ buying_mode: 'refine', refine: entries });
const refusedRefine = async (...entries: RefineEntry[]) => refusalOf(await getProducts({ buying_mode: 'refine', refine: entries }, caller, desk));
const finalize = (proposal_id: string): RefineEntry => ({ scope: 'proposal', proposal_id, action: 'finalize' });
const sharesOf = ({ proposals }: GetProductsSuccess, at = 0) => Object.fromEntries(proposals![at]!.allocations.map(({ product_id, allocation_percentage }) => [product_id, allocation_percentage]));
const first = async () => (await brief()).proposals![0]!.proposal_id;

describe('proposals for a brief', () => {
  it('are two plans whose parts add up to a hundred, in one currency, with the budget of the brief', async () => {
    const { proposals = [] } = await brief();
    expect(proposals).toHaveLength(2);
    for (const { allocations, proposal_status, total_budget_guidance } of proposals) {
      expect(allocations.reduce((sum, each) => sum + each.allocation_percentage, 0)).toBe(100);
      expect(allocations.map(({ product_id }) => product_id)).not.toContain('euro');
      expect([proposal_status, total_budget_guidance]).toEqual(['draft', { min: expect.any(Number) as number, recommended: 50_000, currency: 'USD' }]);
    }
  });
  it('are the same drafts for the same brief until somebody changes one', async () => {
    const ids = (body: GetProductsSuccess) => body.proposals!.map(({ proposal_id }) => proposal_id);
    const [spread, focus] = ids(await brief());
    expect(ids(await brief())).toEqual([spread, focus]);
    await refine(finalize(spread!));
    const [another, same] = ids(await brief());
    expect([another === spread, same]).toEqual([false, focus]);
  });
  it('are in the currency that the budget is told in', async () => {
    expect(sharesOf(await brief('anything for 20,000 EUR'))).toEqual({ euro: 100 });
  });
  it('leave out what the budget cannot pay the least spend of', async () => {
    expect(Object.keys(sharesOf(await brief('Video and display, $1,500')))).not.toContain('spot');
    const { proposals } = await brief('Video and display, $1,500');
    expect(proposals!.map(({ total_budget_guidance }) => total_budget_guidance)).toEqual([{ min: 0, recommended: 1_500, currency: 'USD' }, { min: expect.any(Number) as number, recommended: 1_500, currency: 'USD' }]);
  });
  it('stand on the first page only, and are none without a brief, for nobody in particular, or when they are switched off', async () => {
    const page = await brief();
    expect(page.pagination?.cursor ?? 'none').toBe('none');
    expect(await read({ buying_mode: 'brief' })).not.toHaveProperty('proposals');
    expect(await read({ buying_mode: 'wholesale' })).not.toHaveProperty('proposals');
    expect(await brief(BRIEF, { principal: { principal_id: 'anonymous', mode: 'live' }, reach: { principal_id: 'anonymous', wide: false } })).not.toHaveProperty('proposals');
    desk = testDesk({ catalogue: catalogueOf(SHELF), features: { ...ALL_FEATURES, proposals: false } });
    expect(await brief()).not.toHaveProperty('proposals');
  });
});

describe('refining a proposal', () => {
  it('changes the draft in place as the text asks, and says so clause by clause', async () => {
    const proposal_id = await first();
    const refined = await refine({ scope: 'proposal', proposal_id, ask: 'Put 60% of the money on CTV. Drop the banner and move what that frees to the spot.' });
    expect(refined.proposals!.map((each) => each.proposal_id)).toEqual([proposal_id]);
    expect(sharesOf(refined)).toEqual({ living_room: 60, spot: 40 });
    expect(refined.refinement_applied).toMatchObject([{ scope: 'proposal', proposal_id, status: 'applied' }]);
    expect(refined.products!.map(({ product_id }) => product_id).sort()).toEqual(['living_room', 'spot']);
    expect(sharesOf(await refine({ scope: 'proposal', proposal_id }))).toEqual({ living_room: 60, spot: 40 });
  });
  it('is partial when it is understood in part, unable when nothing is, and never a guess', async () => {
    const proposal_id = await first();
    const before = sharesOf(await refine({ scope: 'proposal', proposal_id }));
    const vague = await refine({ scope: 'proposal', proposal_id, ask: 'Make it sing' });
    expect([vague.refinement_applied![0]!.status, sharesOf(vague)]).toEqual(['unable', before]);
    const mixed = await refine({ scope: 'proposal', proposal_id, ask: 'Make it sing. Drop the banner.' });
    expect([mixed.refinement_applied![0]!.status, Object.keys(sharesOf(mixed))]).toEqual(['partial', expect.not.arrayContaining(['banner'])]);
    expect((await refine({ scope: 'proposal', proposal_id, ask: 'Only cinema' })).refinement_applied![0]!.status).toBe('unable');
  });
  it('takes a wish about the whole to every proposal that is named', async () => {
    const [a, b] = (await brief()).proposals!;
    const refined = await refine({ scope: 'proposal', proposal_id: a!.proposal_id }, { scope: 'proposal', proposal_id: b!.proposal_id }, { scope: 'request', ask: 'Only guaranteed' });
    expect([0, 1].map((at) => Object.keys(sharesOf(refined, at)).includes('banner'))).toEqual([false, false]);
    expect(refined.refinement_applied![2]).toMatchObject({ scope: 'request', status: 'applied' });
  });
  it('leaves out a proposal that is omitted', async () => {
    const refined = await refine({ scope: 'proposal', proposal_id: await first(), action: 'omit' });
    expect([refined.proposals ?? [], refined.refinement_applied]).toMatchObject([[], [{ status: 'applied' }]]);
  });
  it('refuses one that is unknown, another buyer\'s, or expired, at its place', async () => {
    const proposal_id = await first();
    expect(await refusedRefine({ scope: 'request', ask: 'Only guaranteed' }, { scope: 'proposal', proposal_id: 'prop_unknown' })).toMatchObject({ code: 'PROPOSAL_NOT_FOUND', field: 'refine[1].proposal_id', recovery: 'correctable' });
    const stranger = await callerWithAccount(desk, { principal_id: 'stranger' });
    expect(refusalOf(await getProducts({ buying_mode: 'refine', refine: [finalize(proposal_id)] }, stranger, desk)).code).toBe('PROPOSAL_NOT_FOUND');
    const neighbour = await callerWithAccount(desk, { account_id: 'acct_other', library: 'acct_other', operator: 'other.example' });
    expect(refusalOf(await getProducts({ buying_mode: 'refine', refine: [finalize(proposal_id)] }, neighbour, desk)).code).toBe('PROPOSAL_NOT_FOUND');
    desk.clock.at = '2026-12-01T00:00:00.000Z';
    expect(await refusedRefine(finalize(proposal_id))).toMatchObject({ code: 'PROPOSAL_EXPIRED', field: 'refine[0].proposal_id' });
  });
});

describe('finalising', () => {
  it('commits the proposal with an insertion order and a date, and again is the same', async () => {
    const proposal_id = await first();
    const { proposals, refinement_applied } = await refine(finalize(proposal_id));
    expect(proposals).toMatchObject([{ proposal_id, proposal_status: 'committed', expires_at: '2026-11-22T12:00:00.000Z', insertion_order: { io_id: expect.any(String) as string, requires_signature: false } }]);
    expect(refinement_applied).toMatchObject([{ status: 'applied' }]);
    expect((await refine(finalize(proposal_id))).proposals).toEqual(proposals);
  });
  it('commits several at once, or none of them', async () => {
    const [a, b] = (await brief()).proposals!.map(({ proposal_id }) => proposal_id) as [string, string];
    expect(await refusedRefine(finalize(a), finalize('prop_unknown'))).toMatchObject({ code: 'PROPOSAL_NOT_FOUND', field: 'refine[1].proposal_id' });
    expect((await refine({ scope: 'proposal', proposal_id: a })).proposals![0]!.proposal_status).toBe('draft');
    const both = await refine(finalize(a), finalize(b));
    expect(both.proposals!.map(({ proposal_id, proposal_status }) => [proposal_id, proposal_status])).toEqual([[a, 'committed'], [b, 'committed']]);
  });
  it('refuses other entries beside it, and one proposal twice', async () => {
    const id = await first();
    expect(await refusedRefine(finalize(id), { scope: 'request', ask: 'more CTV' })).toMatchObject({ code: 'INVALID_REQUEST', field: 'refine[1]' });
    expect(await refusedRefine({ scope: 'proposal', proposal_id: id }, finalize(id))).toMatchObject({ code: 'INVALID_REQUEST', field: 'refine[0]' });
    expect(await refusedRefine(finalize(id), finalize(id))).toMatchObject({ code: 'INVALID_REQUEST', field: 'refine[1]' });
  });
  it('refuses a plan whose product is gone', async () => {
    const id = await first();
    desk = { ...desk, catalogue: catalogueOf(SHELF.slice(1)) };
    expect(await refusedRefine(finalize(id))).toMatchObject({ code: 'PRODUCT_NOT_FOUND', field: 'refine[0].proposal_id' });
  });
  it('leaves firm terms alone afterwards', async () => {
    const proposal_id = await first();
    await refine(finalize(proposal_id));
    expect((await refine({ scope: 'proposal', proposal_id, ask: 'Drop the banner' })).refinement_applied).toMatchObject([{ status: 'unable' }]);
  });
});

describe('buying a proposal', () => {
  const order = (more: Partial<CreateMediaBuyRequest>): CreateMediaBuyRequest => ({
    idempotency_key: 'create-0123456789', account: { account_id: 'acct_test' }, brand: { domain: 'trailandtent.example' }, start_time: START, end_time: END,
    total_budget: { amount: 10_000.01, currency: 'USD' }, ...more,
  });
  const buy = async (more: Partial<CreateMediaBuyRequest>) => {
    const body = await record(desk, await createMediaBuy(order(more), caller, desk));
    expectOfficial('create_media_buy', JSON.parse(JSON.stringify(body)));
    return body;
  };
  const refused = async (more: Partial<CreateMediaBuyRequest>) => refusalOf(await createMediaBuy(order(more), caller, desk));
  const committed = async () => (await refine(finalize(await first()))).proposals![0]!;

  it('makes a package of each part; together they are the total', async () => {
    const { proposal_id, allocations } = await committed();
    const { packages, total_budget } = await buy({ proposal_id });
    expect(packages.map(({ product_id }) => product_id)).toEqual(allocations.map(({ product_id }) => product_id));
    expect(total_budget).toBe(10_000.01);
    expect(packages.every(({ budget }) => Number.isInteger(Math.round(budget! * 1e6) / 1e4))).toBe(true);
  });
  it('holds the promised price when the catalogue has another one since', async () => {
    const { proposal_id } = await committed();
    desk = { ...desk, catalogue: catalogueOf(SHELF.map((product) => ({ ...product, pricing_options: price(99) }))) };
    const { media_buy_id } = await buy({ proposal_id });
    const stored = (await desk.store.mediaBuy(caller.reach, media_buy_id))!;
    expect(stored.packages.map(({ pricing }) => pricing!.fixed_price).sort()).not.toContain(99);
    expect(stored.executes).toEqual({ proposal_id });
  });
  it('happens once', async () => {
    const { proposal_id } = await committed();
    await buy({ proposal_id });
    expect(await refused({ proposal_id })).toMatchObject({ code: 'INVALID_STATE', field: 'proposal_id' });
  });
  it('refuses what is unknown, expired or a draft', async () => {
    expect(await refused({ proposal_id: 'prop_unknown' })).toMatchObject({ code: 'PROPOSAL_NOT_FOUND', field: 'proposal_id', recovery: 'correctable' });
    expect(await refused({ proposal_id: await first() })).toMatchObject({ code: 'PROPOSAL_NOT_COMMITTED', field: 'proposal_id' });
    const { proposal_id } = await committed();
    desk.clock.at = '2026-11-23T00:00:00.000Z';
    expect(await refused({ proposal_id })).toMatchObject({ code: 'PROPOSAL_EXPIRED', field: 'proposal_id' });
  });
  it('needs the insertion order of the proposal where the seller wants it signed, and never another one', async () => {
    const acceptance = (io_id: string) => ({ io_acceptance: { io_id, accepted_at: '2026-03-15T14:30:00Z', signatory: 'ops@trailandtent.example' } });
    desk = { ...desk, seller: { ...desk.seller, signed_insertion_orders: true } };
    const { proposal_id, insertion_order } = await committed();
    expect(insertion_order!.requires_signature).toBe(true);
    expect(await refused({ proposal_id })).toMatchObject({ code: 'IO_REQUIRED', recovery: 'correctable' });
    expect(await refused({ proposal_id, ...acceptance('io_other') })).toMatchObject({ code: 'IO_REQUIRED' });
    await buy({ proposal_id, ...acceptance(insertion_order!.io_id) });
  });
  it('refuses a budget in another currency, or below the least spend of a part, and packages beside it', async () => {
    const { proposal_id } = await committed();
    expect(await refused({ proposal_id, total_budget: { amount: 10_000, currency: 'EUR' } })).toMatchObject({ code: 'INVALID_REQUEST', field: 'total_budget.currency' });
    expect(await refused({ proposal_id, total_budget: { amount: 10, currency: 'USD' } })).toMatchObject({ code: 'BUDGET_TOO_LOW', field: 'total_budget.amount' });
    expect(await refused({ proposal_id, packages: [{ product_id: 'banner', pricing_option_id: 'fixed', budget: 1 }] })).toMatchObject({ code: 'INVALID_REQUEST', field: 'packages' });
  });
});

describe('refining products', () => {
  const ids = ({ products }: GetProductsSuccess) => products!.map(({ product_id }) => product_id);

  it('narrows by what is understood, and says what is not', async () => {
    const refined = await refine({ scope: 'request', ask: 'Only guaranteed ones. Completion rate of 80% at least.' }, { scope: 'product', product_id: 'banner', ask: 'Raise its money to $30K' });
    expect(ids(refined)).toEqual(['banner', 'spot', 'living_room']);
    expect(refined.refinement_applied).toMatchObject([{ scope: 'request', status: 'partial' }, { scope: 'product', product_id: 'banner', status: 'unable' }]);
  });
  it('leaves out, keeps and likens products', async () => {
    expect(ids(await refine({ scope: 'product', product_id: 'banner', action: 'omit' }))).toEqual(['spot', 'living_room', 'euro']);
    expect(ids(await refine({ scope: 'product', product_id: 'spot' }, { scope: 'product', product_id: 'euro', action: 'include' }))).toEqual(['spot', 'euro']);
    desk = { ...desk, catalogue: catalogueOf([...SHELF, testProduct('spot_2', { channels: ['olv'] })]) };
    const like = await refine({ scope: 'product', product_id: 'spot', action: 'more_like_this' });
    expect([ids(like), like.refinement_applied]).toMatchObject([['spot', 'spot_2'], [{ status: 'applied' }]]);
  });
  it('is unable about a product that is not on offer, and goes on', async () => {
    const refined = await refine({ scope: 'product', product_id: 'nowhere' }, { scope: 'request', ask: 'CTV only' });
    expect([ids(refined), refined.refinement_applied]).toMatchObject([['living_room'], [{ product_id: 'nowhere', status: 'unable' }, { status: 'applied' }]]);
  });
  it('takes out prices that a product is not wanted at', async () => {
    const refined = await refine({ scope: 'request', ask: 'CPM under $6' });
    expect(ids(refined)).toEqual(['banner']);
  });
  it('is refused without entries, and when it is switched off', async () => {
    expect(refusalOf(await getProducts({ buying_mode: 'refine' }, caller, desk))).toMatchObject({ code: 'INVALID_REQUEST', field: 'refine' });
    desk = { ...desk, features: { ...ALL_FEATURES, refine: false } };
    expect(await refusedRefine({ scope: 'request', ask: 'x' })).toMatchObject({ code: 'UNSUPPORTED_FEATURE', field: 'buying_mode' });
  });
});
