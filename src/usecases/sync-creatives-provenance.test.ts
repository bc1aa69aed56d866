/** Products that want to know where creatives come from: what a sync refuses, whom it asks, what it keeps. */
import { describe, expect, test } from 'vitest';
import type { Verifier, VerifierQuestion, VerifierReply } from '../domain/ports/verifier.ts';
import type { CreativeAsset } from '../protocol/wire/core/creative-asset.ts';
import type { CreativePolicy } from '../protocol/wire/core/creative-policy.ts';
import { banner, creativeSetting, short } from '../../test/support/creatives.ts';
import { PRODUCTS } from '../../test/support/desk.ts';
import { testBuy, testPackage } from '../../test/support/running-buys.ts';

const AGENT = 'https://verifier.example';
const policy = (more: Partial<CreativePolicy> = {}): CreativePolicy => ({
  co_branding: 'optional', landing_page: 'any', templates_available: false, provenance_required: true, accepted_verifiers: [{ agent_url: AGENT, feature_id: 'ai_generated' }], ...more,
});
const STRICT = policy({ provenance_requirements: { require_digital_source_type: true, require_disclosure_metadata: true, require_embedded_provenance: true } });
const embedded = (agent_url = AGENT) => [{ method: 'provenance_markers', provider: 'P', verify_agent: { agent_url } }];
const WHOLE = { digital_source_type: 'digital_capture', disclosure: { required: false }, embedded_provenance: embedded() };
const from = (provenance: object | undefined, id = 'a', assets?: object): CreativeAsset => banner(id, { ...(provenance ? { provenance } : {}), ...(assets ? { assets } : {}) } as never);

function asking(reply: VerifierReply | ((question: VerifierQuestion) => VerifierReply) = { kind: 'told', features: [], observations: [] }): Verifier & { readonly asked: VerifierQuestion[] } {
  const asked: VerifierQuestion[] = [];
  return { asked, async ask(question) { asked.push(question); return typeof reply === 'function' ? reply(question) : reply; } };
}
const holding = (verifier: Verifier | undefined, ...policies: CreativePolicy[]) => creativeSetting({ library_policies: async () => policies }, verifier);
const found = (value: boolean | number | string, confidence?: number, feature_id = 'ai_generated') =>
  asking({ kind: 'told', observations: [], features: [{ feature_id, value, ...(confidence === undefined ? {} : { confidence }) }] });

describe('what a creative has to say', () => {
  test.each<[string, object | undefined, string, string]>([
    ['nothing at all', undefined, 'PROVENANCE_REQUIRED', 'creatives[0].provenance'],
    ['no source', {}, 'PROVENANCE_DIGITAL_SOURCE_TYPE_MISSING', 'creatives[0].provenance.digital_source_type'],
    ['an agent that nobody accepts, before anything else that is missing', { digital_source_type: 'digital_capture', embedded_provenance: embedded('https://elsewhere.example') },
      'PROVENANCE_VERIFIER_NOT_ACCEPTED', 'creatives[0].provenance.embedded_provenance[0].verify_agent.agent_url'],
    ['no disclosure', { digital_source_type: 'digital_capture' }, 'PROVENANCE_DISCLOSURE_MISSING', 'creatives[0].provenance.disclosure'],
    ['nothing embedded', { digital_source_type: 'digital_capture', disclosure: { required: false } }, 'PROVENANCE_EMBEDDED_MISSING', 'creatives[0].provenance.embedded_provenance'],
  ])('%s', async (_what, provenance, code, field) => {
    const verifier = asking();
    const { sync, library } = await holding(verifier, STRICT);
    const [creative] = await sync([from(provenance)]);
    expect(creative).toMatchObject({ action: 'failed', errors: [{ code, field, recovery: 'correctable' }] });
    expect([await library(), verifier.asked]).toEqual([[], []]);
  });

  test('what stands in an asset counts, and its agents are looked at as well', async () => {
    const asset = (provenance: object) => ({ image: { asset_type: 'image', url: 'https://cdn.example/a.png', width: 300, height: 250, provenance } });
    const { sync } = await holding(asking(), STRICT);
    expect(short(await sync([from(undefined, 'a', asset(WHOLE))]))).toEqual(['a created approved']);
    const watermark = { ...WHOLE, watermarks: [{ media_type: 'image', provider: 'W', verify_agent: { agent_url: 'https://elsewhere.example' } }] };
    expect((await sync([from(undefined, 'b', asset(watermark))]))[0]).toMatchObject({
      errors: [{ code: 'PROVENANCE_VERIFIER_NOT_ACCEPTED', field: 'creatives[0].assets.image.provenance.watermarks[0].verify_agent.agent_url' }],
    });
  });

  test('another spelling of an accepted agent is that agent; a longer path is another one', async () => {
    const { sync } = await holding(asking(), STRICT);
    const spelled = (agent_url: string) => from({ ...WHOLE, embedded_provenance: embedded(agent_url) });
    expect(short(await sync([spelled('https://VERIFIER.example:443/')]))).toEqual(['a created approved']);
    expect((await sync([spelled('https://verifier.example/other')]))[0]).toMatchObject({ action: 'failed' });
    expect((await sync([spelled('https://verifier.example.evil.example')]))[0]).toMatchObject({ action: 'failed' });
  });

  test('one that fails keeps the others out, unless the call is lenient', async () => {
    const { sync, library } = await holding(asking(), STRICT);
    expect(short(await sync([from(WHOLE, 'a'), from(undefined, 'b')]))).toEqual(['a failed', 'b failed']);
    expect(await library()).toEqual([]);
    expect(short(await sync([from(WHOLE, 'a'), from(undefined, 'b')], { validation_mode: 'lenient' }))).toEqual(['a created approved', 'b failed']);
  });

  test('nothing where no product asks, or only some do', async () => {
    for (const products of [PRODUCTS, PRODUCTS.map((each, at) => (at === 0 ? { ...each, creative_policy: STRICT } : each))]) {
      const { sync } = await creativeSetting({ products: async () => products }, asking());
      expect(short(await sync([from(undefined)]))).toEqual(['a created approved']);
    }
  });

  test('what every product asks, since the creative could run nowhere', async () => {
    const products = PRODUCTS.map((each, at) => ({ ...each, creative_policy: at === 0 ? STRICT : policy() }));
    const { sync } = await creativeSetting({ products: async () => products }, asking());
    expect((await sync([from(undefined)]))[0]).toMatchObject({ errors: [{ code: 'PROVENANCE_REQUIRED' }] });
    expect(short(await sync([from({ digital_source_type: 'digital_capture' })]))).toEqual(['a created approved']);
  });
});

test('a product that asks where others do not is asked when the creative is assigned to it', async () => {
  const products = PRODUCTS.map((each, at) => (at === 0 ? { ...each, creative_policy: STRICT } : each));
  const { sync, put, buy } = await creativeSetting({ products: async () => products }, asking());
  await put(testBuy([testPackage('asks', { product_id: PRODUCTS[0]!.product_id }), testPackage('does_not', { product_id: PRODUCTS[1]!.product_id })]));
  const [creative] = await sync([from(undefined)], { assignments: [{ creative_id: 'a', package_id: 'asks' }, { creative_id: 'a', package_id: 'does_not' }] });
  expect(creative).toMatchObject({ action: 'created', assigned_to: ['does_not'], assignment_errors: { asks: expect.stringContaining('PROVENANCE_REQUIRED') as string } });
  expect((await sync([from(WHOLE)], { assignments: [{ creative_id: 'a', package_id: 'asks' }] }))[0]).toMatchObject({ assigned_to: ['asks'] });
  expect((await buy()).packages.map((each) => each.package.creative_assignments?.length)).toEqual([1, 1]);
});

describe('whether it is true', () => {
  test('is asked of the agents that it names, once each, and of the first accepted one where it names none', async () => {
    const verifier = asking();
    const { sync } = await holding(verifier, policy({ accepted_verifiers: [{ agent_url: AGENT, feature_id: 'ai_generated' }, { agent_url: 'https://second.example' }] }));
    await sync([from({ ...WHOLE, embedded_provenance: [...embedded('https://second.example'), ...embedded('https://second.example')] })]);
    await sync([from({ digital_source_type: 'digital_capture' }, 'b')]);
    expect(verifier.asked.map(({ agent_url, feature_ids, creative, principal_id }) => [agent_url, feature_ids, creative.creative_id, principal_id])).toEqual([
      ['https://second.example', [], 'a', 'buyer'], [AGENT, ['ai_generated'], 'b', 'buyer'],
    ]);
  });

  test('a finding that refutes it is told, and nothing else of what the agent said', async () => {
    const { sync, library } = await holding(found(true, 0.95), policy());
    expect((await sync([from(WHOLE)]))[0]).toMatchObject({
      action: 'failed',
      errors: [{
        code: 'PROVENANCE_CLAIM_CONTRADICTED', field: 'creatives[0].provenance.digital_source_type',
        details: { agent_url: AGENT, feature_id: 'ai_generated', claimed_value: 'digital_capture', observed_value: true, confidence: 0.95 },
      }],
    });
    expect(await library()).toEqual([]);
  });

  test.each<[string, Verifier, object]>([
    ['a doubtful finding', found(true, 0.89), WHOLE], ['another finding', found(true, 1, 'markers'), WHOLE], ['a finding that agrees', found(false, 1), WHOLE],
    ['a finding that is no yes', found('true', 1), WHOLE], ['a claim that says so itself', found(true, 1), { ...WHOLE, digital_source_type: 'trained_algorithmic_media' }],
    ['no claim', found(true, 1), { disclosure: { required: true } }],
  ])('%s refutes nothing', async (_what, verifier, provenance) => {
    const { sync } = await holding(verifier, policy());
    expect(short(await sync([from(provenance)]))).toEqual(['a created approved']);
  });

  test('an agent that does not answer leaves the creative to people, and says so', async () => {
    const { sync, library } = await holding(asking({ kind: 'silent', reason: 'no reply in time' }), policy());
    const [creative] = await sync([from(WHOLE)]);
    expect(creative).toMatchObject({ action: 'created', status: 'pending_review', warnings: [expect.stringContaining(AGENT) as string] });
    expect(await library()).toEqual(['a pending_review']);
  });

  test('what is worth a look is kept with the creative and shown to no buyer; looking again renews it', async () => {
    const observation = { code: 'OVERSIGHT_DISCLOSURE_CARVEOUT_CLAIMED', severity: 'audit-worthy', recovery: 'informational', field: 'f', message: 'm', details: { agent_url: AGENT, claimed_value: { human_oversight: 'edited', disclosure_required: false } } } as const;
    const { sync, desk, caller } = await holding(asking({ kind: 'told', features: [], observations: [observation] }), policy());
    expect(await sync([from(WHOLE)])).toEqual([{ creative_id: 'a', action: 'created', status: 'approved' }]);
    expect((await desk.store.creatives(caller.reach, ['a']))[0]).toMatchObject({ audit_observations: [observation], verified_at: expect.any(String) as string });
    expect(short(await sync([from(WHOLE)]))).toEqual(['a updated approved']);
  });

  test('a seller who can ask nobody takes the claim as it is', async () => {
    const { sync } = await holding(undefined, policy());
    expect(short(await sync([from(WHOLE)]))).toEqual(['a created approved']);
  });
});
