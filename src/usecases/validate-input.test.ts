import { describe, expect, it } from 'vitest';
import { catalogueOf, PRINCIPAL, refusalOf, testDesk, testProduct } from '../../test/support/desk.ts';
import { expectOfficial } from '../../test/support/official.ts';
import { hasOfficial, officialSchemas } from '../../test/support/official-schemas.ts';
import { CANONICAL_SLOTS } from '../domain/input/slots.ts';
import type { CreativeManifest } from '../protocol/wire/core/creative-manifest.ts';
import type { Product } from '../protocol/wire/core/product.ts';
import type { ValidateInputRequest, ValidateInputResult } from '../protocol/wire/validate-input.ts';
import { validateInput } from './validate-input.ts';

const caller = { principal: PRINCIPAL, reach: { principal_id: 'buyer', wide: false } };
const ask = (request: ValidateInputRequest, products: readonly Product[] = []) => validateInput(request, caller, testDesk({ catalogue: catalogueOf(products) }));
async function verdicts(...args: Parameters<typeof ask>): Promise<ValidateInputResult[]> {
  const decision = await ask(...args);
  if (decision.kind === 'refused') throw new Error(decision.errors[0].message);
  expectOfficial('validate_input', decision.body);
  return decision.body.results;
}
const broken = ({ violations = [] }: ValidateInputResult) => violations.map(({ rule, field }) => [rule, field]);
const image = (more: object = {}) => ({ asset_type: 'image' as const, url: 'https://cdn.example/a.png', width: 300, height: 250, ...more });
const banner = (more: object = {}): CreativeManifest => ({ format_kind: 'image', assets: { image_main: image(more) } });
const canonical = (id: string) => [{ kind: 'canonical' as const, id }];
const onProduct = [{ kind: 'product' as const, id: 'p' }];
const declaring = (format_kind: 'image' | 'video_hosted' | 'responsive_creative', params: Record<string, unknown>): Product =>
  testProduct('p', { format_options: [{ format_kind, params, format_option_id: 'o' }] });

describe('validate_input against a canonical kind', () => {
  it('passes what is whole, and fails what lacks a slot', async () => {
    expect(await verdicts({ manifest: banner(), targets: canonical('image') })).toEqual([{ target: { kind: 'canonical', id: 'image' }, result_kind: 'validated_pass' }]);
    const [bare] = await verdicts({ manifest: { format_kind: 'image', assets: {} }, targets: canonical('image') });
    expect([bare!.result_kind, broken(bare!)]).toEqual(['validated_fail', [['required_slot', 'assets.image_main']]]);
  });
  it('fails another kind of creative, another kind of asset, and too few or too many of them', async () => {
    const text = (content: string) => ({ asset_type: 'text' as const, content });
    expect(broken((await verdicts({ manifest: banner(), targets: canonical('html5') }))[0]!)).toEqual([['format_kind', 'format_kind']]);
    expect(broken((await verdicts({ manifest: { format_kind: 'image', assets: { image_main: text('x') } }, targets: canonical('image') }))[0]!)).toEqual([['asset_type', 'assets.image_main.asset_type']]);
    const pool = { headlines: [text('a'), text('b')], descriptions: Array.from({ length: 6 }, () => text('d')), logo: image(), landing_page_url: { asset_type: 'url' as const, url: 'https://a.example' } };
    expect(broken((await verdicts({ manifest: { format_kind: 'responsive_creative', assets: pool }, targets: canonical('responsive_creative') }))[0]!))
      .toEqual([['min', 'assets.headlines'], ['max', 'assets.descriptions']]);
  });
  it('answers each target at its place, and the kind of the manifest when none is named', async () => {
    const both = await verdicts({ manifest: banner(), targets: [...canonical('html5'), ...canonical('image')] });
    expect(both.map(({ result_kind }) => result_kind)).toEqual(['validated_fail', 'validated_pass']);
    expect((await verdicts({ manifest: banner() }))[0]!.target).toEqual({ kind: 'canonical', id: 'image' });
  });
  it('reads an older name', async () => {
    const manifest = { format_id: { agent_url: 'https://seller.example/mcp', id: 'display_300x250' }, assets: { image_main: image() } };
    expect((await verdicts({ manifest, targets: canonical('image') }))[0]!.result_kind).toBe('validated_pass');
  });
  it('refuses kinds, products and definitions that it cannot look at', async () => {
    const refused = async (request: ValidateInputRequest) => refusalOf(await ask(request));
    expect(await refused({ manifest: banner(), targets: canonical('skywriting') })).toMatchObject({ code: 'INVALID_REQUEST', field: 'targets[0].id' });
    expect(await refused({ manifest: banner(), targets: onProduct })).toMatchObject({ code: 'PRODUCT_NOT_FOUND', field: 'targets[0].id' });
    expect(await refused({ manifest: banner(), targets: [{ kind: 'third_party_format', id: 'https://a.example/f' }] })).toMatchObject({ code: 'UNSUPPORTED_FEATURE', field: 'targets[0].kind' });
    expect(await refused({ manifest: { format_id: { agent_url: 'https://a.example', id: 'mystery' }, assets: {} } })).toMatchObject({ code: 'INVALID_REQUEST', field: 'targets' });
  });
});

describe('validate_input against a product', () => {
  it.each<[string, Record<string, unknown>, object, (readonly [string, string])[]]>([
    ['another size', { width: 728, height: 90 }, {}, [['width', 'assets.image_main.width'], ['height', 'assets.image_main.height']]],
    ['a size that is not listed', { sizes: [{ width: 1, height: 1 }] }, {}, [['sizes', 'assets.image_main']]],
    ['a listed size', { sizes: [{ width: 300, height: 250 }] }, {}, []],
    ['what is too narrow', { min_width: 600 }, {}, [['min_width', 'assets.image_main.width']]],
    ['what is too heavy', { max_file_size_kb: 10 }, { file_size_bytes: 20_000 }, [['max_file_size_kb', 'assets.image_main.file_size_bytes']]],
    ['what is not told', { max_file_size_kb: 10 }, {}, []],
    ['an open address', { ssl_required: true }, { url: 'http://cdn.example/a.png' }, [['ssl_required', 'assets.image_main.url']]],
  ])('judges %s', async (_what, params, asset, expected) => {
    expect(broken((await verdicts({ manifest: banner(asset), targets: onProduct }, [declaring('image', params)]))[0]!)).toEqual(expected);
  });
  it('judges lengths', async () => {
    const film = (duration_ms: number): CreativeManifest => ({ format_kind: 'video_hosted', assets: { video_main: { asset_type: 'video', url: 'https://cdn.example/a.mp4', width: 1920, height: 1080, duration_ms } } });
    const product = declaring('video_hosted', { duration_ms_range: [6000, null] });
    expect(broken((await verdicts({ manifest: film(5000), targets: onProduct }, [product]))[0]!)).toEqual([['duration_ms_range', 'assets.video_main.duration_ms']]);
    expect((await verdicts({ manifest: film(15_000), targets: onProduct }, [product]))[0]!.result_kind).toBe('validated_pass');
  });
  it('goes by the slots that the product states, and by what narrows them', async () => {
    const script = declaring('image', { slots: [{ asset_group_id: 'script', asset_type: 'text', required: true, max_chars: 3 }] });
    expect(broken((await verdicts({ manifest: { format_kind: 'image', assets: {} }, targets: onProduct }, [script]))[0]!)).toEqual([['required_slot', 'assets.script']]);
    expect(broken((await verdicts({ manifest: { format_kind: 'image', assets: { script: { asset_type: 'text', content: 'four' } } }, targets: onProduct }, [script]))[0]!)).toEqual([['max_chars', 'assets.script.content']]);
    const short = declaring('image', { headline_max_chars: 3, landing_page_url_required: true });
    const manifest = { ...banner(), assets: { image_main: image(), headline: { asset_type: 'text' as const, content: 'four' } } };
    expect(broken((await verdicts({ manifest, targets: onProduct }, [short]))[0]!)).toEqual([['max_chars', 'assets.headline.content'], ['required_slot', 'assets.landing_page_url']]);
  });
  it('cannot foresee what is made anew each time, but says what its making lacks', async () => {
    const made = declaring('image', { synthesis_nondeterministic: true, slots: [{ asset_group_id: 'image_main', asset_type: 'image', required: true }] });
    expect((await verdicts({ manifest: banner(), targets: onProduct }, [made]))[0]).toEqual({ target: onProduct[0], result_kind: 'unvalidatable_nondeterministic' });
    expect((await verdicts({ manifest: { format_kind: 'image', assets: {} }, targets: onProduct }, [made]))[0]!.result_kind).toBe('validated_fail');
  });
  it('holds the manifest against the declaration that it names, else against the one that it suits best', async () => {
    const product = testProduct('p', { format_options: [
      { format_kind: 'image', params: { width: 728, height: 90 }, format_option_id: 'wide' }, { format_kind: 'image', params: { width: 300, height: 250 }, format_option_id: 'box' },
    ] });
    const named = (format_option_id: string) => ({ ...banner(), format_option_ref: { scope: 'product' as const, format_option_id } });
    expect((await verdicts({ manifest: banner(), targets: onProduct }, [product]))[0]!.result_kind).toBe('validated_pass');
    expect((await verdicts({ manifest: named('wide'), targets: onProduct }, [product]))[0]!.result_kind).toBe('validated_fail');
    expect(broken((await verdicts({ manifest: named('none'), targets: onProduct }, [product]))[0]!)).toEqual([['format_option_ref', 'format_option_ref.format_option_id']]);
  });
  it('fails a kind that the product does not take', async () => {
    expect(broken((await verdicts({ manifest: { format_kind: 'audio_daast', assets: {} }, targets: onProduct }, [declaring('image', {})]))[0]!)).toEqual([['format_kind', 'format_kind']]);
  });
});

describe.runIf(hasOfficial('the slots of canonical kinds'))('the slots of canonical kinds', () => {
  it.each(Object.entries(CANONICAL_SLOTS))('of %s are AdCP\'s', (kind, slots) => {
    const { properties } = officialSchemas().schema(`formats/canonical/${kind}.json`) as { properties: { slots: { default: { asset_group_id: string; asset_type: string; required: boolean }[] } } };
    const plain = (list: readonly { asset_group_id: string; asset_type: string; required: boolean }[]) =>
      list.filter(({ asset_group_id }) => !(kind === 'native_in_feed' && asset_group_id === 'title'))
        .map(({ asset_group_id, asset_type, required }) => `${asset_group_id} ${asset_type} ${required}`).sort();
    expect(plain(slots)).toEqual(plain(properties.slots.default));
  });
});
