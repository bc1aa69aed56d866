import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogueOf, PRINCIPAL, refusalOf, testDesk, testProduct } from '../../test/support/desk.ts';
import { expectOfficial } from '../../test/support/official.ts';
import type { Caller } from '../domain/caller.ts';
import type { Format } from '../protocol/wire/core/format.ts';
import type { FormatId } from '../protocol/wire/core/format-id.ts';
import type { ListCreativeFormatsRequest } from '../protocol/wire/list-creative-formats.ts';
import { listCreativeFormats } from './list-creative-formats.ts';

const OWN = 'https://seller.example/mcp';
const FOREIGN = 'https://formats.example/';
const caller: Caller = { principal: PRINCIPAL, reach: { principal_id: 'buyer', wide: false } };
const described: Format[] = [
  {
    format_id: { agent_url: OWN, id: 'takeover' },
    name: 'Homepage takeover',
    assets: [{ item_type: 'individual', asset_id: 'skin', asset_type: 'html', required: true }],
    renders: [{ role: 'primary', dimensions: { width: 1920, height: 1080, unit: 'px' } }],
    accessibility: { wcag_level: 'AA' },
    disclosure_capabilities: [{ position: 'footer', persistence: ['continuous'] }],
    output_format_ids: [{ agent_url: OWN, id: 'display_300x250' }],
  },
  { format_id: { agent_url: OWN, id: 'sized' }, name: 'Sized banner', renders: [{ role: 'primary', parameters_from_format_id: true }] },
];
const desk = testDesk({
  catalogue: {
    ...catalogueOf([
      testProduct('a', {
        format_ids: [
          { agent_url: FOREIGN, id: 'native_feed' },
          { agent_url: OWN, id: 'display_300x250' },
        ],
      }),
      testProduct('b', {
        format_ids: [{ agent_url: OWN, id: 'display_300x250' }],
        format_options: [{ format_kind: 'video_hosted', params: {}, v1_format_ref: [{ agent_url: OWN, id: 'video_30s' }] }],
      }),
      testProduct('c', { format_ids: [{ agent_url: OWN, id: 'audio_15s' }] }),
    ]),
    formats: async () => described,
  },
});

async function list(request: ListCreativeFormatsRequest) {
  const decision = await listCreativeFormats(request, caller, desk);
  if (decision.kind === 'refused') throw new Error(decision.errors[0].message);
  expectOfficial('list_creative_formats', decision.body);
  return decision.body;
}
const ids = async (request: ListCreativeFormatsRequest) => (await list(request)).formats.map(({ format_id }) => format_id.id);
const one = async (format_id: FormatId) => (await list({ format_ids: [format_id] })).formats;

describe('list_creative_formats', () => {
  it('lists every format once: described ones, our own of the products, then those of other agents', async () => {
    expect(await ids({})).toEqual(['takeover', 'sized', 'display_300x250', 'video_30s', 'audio_15s', 'native_feed']);
  });
  it('pages', async () => {
    const first = await list({ pagination: { max_results: 4 } });
    expect(first.formats).toHaveLength(4);
    expect(first.pagination).toMatchObject({ has_more: true, total_count: 6 });
    const second = await list({ pagination: { max_results: 4, cursor: first.pagination!.cursor! } });
    expect(second.formats.map(({ format_id }) => format_id.id)).toEqual(['audio_15s', 'native_feed']);
    expect(second.pagination).toEqual({ has_more: false, total_count: 6 });
  });
  it('refuses a cursor of another list', async () => {
    const { pagination } = await list({ pagination: { max_results: 1 } });
    const other = await listCreativeFormats({ type: 'video', pagination: { max_results: 1, cursor: pagination!.cursor! } }, caller, desk);
    expect(refusalOf(other)).toMatchObject({ code: 'INVALID_REQUEST', field: 'pagination.cursor' });
  });
  it.each<[string, ListCreativeFormatsRequest, string[]]>([
    ['type', { type: 'video' }, ['video_30s']],
    ['sound', { type: 'audio' }, ['audio_15s']],
    ['all of the asset types', { asset_types: ['image', 'text'] }, ['native_feed']],
    ['width', { max_width: 500 }, ['display_300x250']],
    ['height', { min_height: 1000 }, ['takeover']],
    ['responsiveness', { is_responsive: true }, ['sized', 'video_30s', 'audio_15s', 'native_feed']],
    ['fixed size', { is_responsive: false }, ['takeover', 'display_300x250']],
    ['name, whatever its case', { name_search: 'TAKE' }, ['takeover']],
    ['accessibility', { wcag_level: 'A' }, ['takeover']],
    ['disclosure', { disclosure_positions: ['footer'], disclosure_persistence: ['continuous'] }, ['takeover']],
    ['what it is built into', { output_format_ids: [{ agent_url: OWN, id: 'display_300x250' }] }, ['takeover']],
    ['what it is built from', { input_format_ids: [{ agent_url: OWN, id: 'display_300x250' }] }, []],
  ])('filters by %s', async (_what, request, expected) => {
    expect(await ids(request)).toEqual(expected);
  });
  it('narrows named formats by the other filters too', async () => {
    expect(
      await ids({
        format_ids: [
          { agent_url: OWN, id: 'video_30s' },
          { agent_url: OWN, id: 'display_300x250' },
        ],
        type: 'display',
      }),
    ).toEqual(['display_300x250']);
  });
});

describe('a named format', () => {
  it('comes back described by the catalogue where it is', async () => {
    expect(await one({ agent_url: OWN, id: 'takeover' })).toMatchObject([{ name: 'Homepage takeover', assets: [{ asset_id: 'skin' }] }]);
  });
  it('takes its size from its parameters where the description says so', async () => {
    const sized = { agent_url: OWN, id: 'sized', width: 640, height: 320 };
    expect((await list({ format_ids: [sized], min_width: 600, is_responsive: false })).formats).toMatchObject([
      { format_id: sized, name: 'Sized banner' },
    ]);
    expect((await list({ format_ids: [sized], max_width: 600 })).formats).toEqual([]);
  });
  it.each([
    ['display_300x250', [['image', 'image']], { width: 300, height: 250 }],
    ['display_300x250_html', [['html', 'html']], { width: 300, height: 250 }],
    ['display_tag', [['javascript', 'javascript']], undefined],
    ['video_30s', [['video', 'video']], undefined],
    ['video_vast_30s', [['vast', 'vast']], undefined],
    ['audio_15s', [['audio', 'audio']], undefined],
    ['audio_daast', [['daast', 'daast']], undefined],
    [
      'native_feed',
      [
        ['image', 'image'],
        ['headline', 'text'],
      ],
      undefined,
    ],
    ['nobody-knows-this', [['image', 'image']], undefined],
  ])('%s is described by its name', async (id, required, size) => {
    const [format] = await one({ agent_url: FOREIGN, id });
    expect(format!.assets!.filter((asset) => asset.required).map(({ asset_id, asset_type }) => [asset_id, asset_type])).toEqual(required);
    expect(format!.renders?.[0]?.dimensions?.width).toBe(size?.width);
  });
  it('says how long a spot may be, by its name or by a parameter', async () => {
    expect((await one({ agent_url: OWN, id: 'video_30s' }))[0]!.assets![0]!.requirements).toEqual({ max_duration_ms: 30_000 });
    expect((await one({ agent_url: OWN, id: 'video', duration_ms: 6000 }))[0]).toMatchObject({
      accepts_parameters: ['duration'],
      assets: [{ requirements: { max_duration_ms: 6000 } }, {}],
    });
  });
  it('says how many cards a carousel takes', async () => {
    expect((await one({ agent_url: OWN, id: 'product_carousel_3_to_10' }))[0]!.assets![0]).toMatchObject({
      item_type: 'repeatable_group',
      min_count: 3,
      max_count: 10,
    });
  });
  it('is one entry even when it is asked for twice', async () => {
    expect(
      await ids({
        format_ids: [
          { agent_url: OWN, id: 'video_30s' },
          { agent_url: OWN, id: 'video_30s' },
        ],
      }),
    ).toEqual(['video_30s']);
  });
  it('comes back under exactly the name that was asked, whatever it is', async () => {
    const name = fc.record({
      agent_url: fc.constantFrom(OWN, FOREIGN, 'https://other.example/path/'),
      id: fc.stringMatching(/^[a-zA-Z0-9_-]{1,40}$/),
      size: fc.option(fc.record({ width: fc.integer({ min: 1, max: 4000 }), height: fc.integer({ min: 1, max: 4000 }) })),
      duration_ms: fc.option(fc.integer({ min: 1, max: 120_000 })),
    });
    await fc.assert(
      fc.asyncProperty(name, async ({ agent_url, id, size, duration_ms }) => {
        const asked: FormatId = { agent_url, id, ...size, ...(duration_ms === null ? {} : { duration_ms }) };
        expect((await one(asked)).map(({ format_id }) => format_id)).toEqual([asked]);
      }),
      { numRuns: 50 },
    );
  });
});
