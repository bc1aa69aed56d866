import { describe, expect, it } from 'vitest';
import { testProduct } from '../../test/support/desk.ts';
import type { ProductFilters } from '../protocol/wire/core/product-filters.ts';
import type { Product } from '../protocol/wire/core/product.ts';
import type { ProductSignalOption } from '../protocol/wire/core/signal.ts';
import { ALL_FEATURES } from './features.ts';
import { narrowed } from './product-filters.ts';

const AGENT = 'https://seller.example/mcp';
const auction = { pricing_option_id: 'auction', pricing_model: 'cpm', currency: 'USD', floor_price: 2 } as const;
const fixed = { pricing_option_id: 'fixed', pricing_model: 'cpm', currency: 'USD', fixed_price: 8, min_spend_per_package: 500 } as const;
const euro = { pricing_option_id: 'euro', pricing_model: 'cpm', currency: 'EUR', fixed_price: 7 } as const;

const display = testProduct('display', { pricing_options: [auction, fixed] });
const video = testProduct('video', {
  channels: ['olv'],
  delivery_type: 'guaranteed',
  exclusivity: 'exclusive',
  video_placement_types: ['instream'],
  pricing_options: [euro],
  format_ids: [{ agent_url: AGENT, id: 'video_30s' }],
  performance_standards: [
    { metric: 'viewability', threshold: 0.7, vendor: { domain: 'meter.example' }, standard: 'mrc' },
    { metric: 'ivt', threshold: 0.02, vendor: { domain: 'meter.example' } },
  ],
  forecast: { method: 'estimate', currency: 'EUR', points: [{ metrics: { impressions: { low: 100, high: 5000 } } }] },
  reporting_capabilities: {
    ...display.reporting_capabilities,
    available_metrics: ['impressions', 'spend', 'completed_views'],
    vendor_metrics: [{ vendor: { domain: 'meter.example' }, metric_id: 'attention' }],
  },
  trusted_match: { context_match: true },
});

const SELLER = { features: { ...ALL_FEATURES, catalogs: false }, signals: [] };
const kept = (filters: ProductFilters, products: readonly Product[] = [display, video]) =>
  narrowed(products, filters, SELLER).products.map(({ product_id }) => product_id);
const signal = (more: Partial<ProductSignalOption>, currency: string | undefined): ProductSignalOption => ({
  signal_ref: { scope: 'product', signal_id: 'commuters' }, name: 'Commuters', value_type: 'binary',
  pricing_options: [{ pricing_option_id: 'signal_price', model: 'cpm', cpm: 1, ...(currency ? { currency } : {}) }], ...more,
});

describe('a filter keeps', () => {
  const cases: readonly [string, ProductFilters, readonly string[]][] = [
    ['the delivery type', { delivery_type: 'guaranteed' }, ['video']],
    ['the exclusivity, none where the product says nothing', { exclusivity: 'none' }, ['display']],
    ['products with a fixed price', { is_fixed_price: true }, ['display', 'video']],
    ['products with an auction', { is_fixed_price: false }, ['display']],
    ['products in a currency', { pricing_currencies: ['EUR'] }, ['video']],
    ['a format by agent and id', { format_ids: [{ agent_url: AGENT, id: 'video_30s' }] }, ['video']],
    ['no format of another agent', { format_ids: [{ agent_url: 'https://other.example', id: 'video_30s' }] }, []],
    ['any of the channels', { channels: ['olv', 'ctv'] }, ['video']],
    ['the kind of placement that was declared', { video_placement_types: ['instream', 'standalone'] }, ['video']],
    ['metrics that are reported', { required_metrics: ['completed_views'] }, ['video']],
    ['ratios whose parts are reported', { required_metrics: ['completion_rate'] }, ['video']],
    ['all metrics or nothing', { required_metrics: ['clicks', 'completed_views'] }, []],
    ['metrics of a vendor', { required_vendor_metrics: [{ vendor: { domain: 'meter.example' } }] }, ['video']],
    ['a metric of any vendor', { required_vendor_metrics: [{ metric_id: 'attention' }] }, ['video']],
    ['vendor and metric together', { required_vendor_metrics: [{ vendor: { domain: 'other.example' }, metric_id: 'attention' }] }, []],
    [
      'a performance standard that is at least as strict',
      { required_performance_standards: [{ metric: 'viewability', threshold: 0.6, vendor: { domain: 'meter.example' } }] },
      ['video'],
    ],
    [
      'no standard that is laxer',
      { required_performance_standards: [{ metric: 'viewability', threshold: 0.8, vendor: { domain: 'meter.example' } }] },
      [],
    ],
    [
      'invalid traffic below the bound',
      { required_performance_standards: [{ metric: 'ivt', threshold: 0.03, vendor: { domain: 'meter.example' } }] },
      ['video'],
    ],
    ['budgets that cover the least spend', { budget_range: { max: 600, currency: 'USD' } }, ['display']],
    ['auctions for budgets below the least spend of a fixed option', { budget_range: { max: 100, currency: 'USD' } }, ['display']],
    ['exposures that the forecast allows', { min_exposures: 6000 }, ['display']],
    [
      'features that the seller declares',
      { required_features: { inline_creative_management: true, catalog_management: false } },
      ['display', 'video'],
    ],
    ['nothing for a feature that it does not', { required_features: { catalog_management: true } }, []],
    [
      'geographies that it targets',
      { required_geo_targeting: [{ level: 'country' }, { level: 'metro', system: 'nielsen_dma' }] },
      ['display', 'video'],
    ],
    ['nothing for one that it does not', { required_geo_targeting: [{ level: 'postal_area' }] }, []],
    ['trusted match where it is offered', { trusted_match: {} }, ['video']],
    [
      'nothing for signals',
      { signal_targeting: [{ signal_ref: { scope: 'product', signal_id: 'a' }, value_type: 'binary', value: true }] },
      [],
    ],
    ['nothing for exchanges', { required_axe_integrations: ['https://exchange.example'] }, []],
    ['keywords of every match type', { keywords: [{ keyword: 'tents', match_type: 'exact' }] }, ['display', 'video']],
    ['only what passes every filter', { delivery_type: 'guaranteed', channels: ['display'] }, []],
  ];
  it.each(cases)('%s', (_what, filters, expected) => {
    expect(kept(filters)).toEqual(expected);
  });

  it('a product whose targetable placement is of the kind, though it is mixed itself', () => {
    const place = { kind: 'seller_inline' as const, placement_id: 'p', name: 'Player', video_placement_types: ['instream' as const] };
    const mixed = (mode: 'targetable' | 'included') => ({
      ...video,
      video_placement_types: ['instream' as const, 'standalone' as const],
      placements: [{ ...place, mode }],
    });
    expect(kept({ video_placement_types: ['instream'] }, [mixed('targetable')])).toEqual(['video']);
    expect(kept({ video_placement_types: ['instream'] }, [mixed('included')])).toEqual([]);
  });
});

describe('price filters', () => {
  it('leave only the options that may be selected', () => {
    const [one] = narrowed([display], { is_fixed_price: true }, SELLER).products;
    expect(one!.pricing_options).toEqual([fixed]);
    const both = narrowed(
      [testProduct('x', { pricing_options: [auction, euro] })],
      { is_fixed_price: true, pricing_currencies: ['USD'] },
      SELLER,
    );
    expect(both.products).toEqual([]);
  });
  it('leave out a product whose mandatory signals are sold in other currencies', () => {
    const sold = (option: ProductSignalOption, mode?: 'required' | 'fixed' | 'optional') =>
      testProduct('x', {
        signal_targeting_allowed: true,
        signal_targeting_options: [option],
        ...(mode ? { signal_targeting_rules: { selection_mode: mode } } : {}),
      });
    expect(kept({ pricing_currencies: ['USD'] }, [sold(signal({}, 'EUR'), 'required')])).toEqual([]);
    expect(kept({ pricing_currencies: ['USD'] }, [sold(signal({}, undefined), 'fixed')])).toEqual([]);
    expect(kept({ pricing_currencies: ['USD'] }, [sold(signal({ default_selected: true }, 'EUR'))])).toEqual([]);
    expect(kept({ pricing_currencies: ['USD'] }, [sold(signal({}, 'USD'), 'required')])).toEqual(['x']);
    expect(kept({ pricing_currencies: ['USD'] }, [sold(signal({}, 'EUR'), 'optional')])).toEqual(['x']);
  });
});

describe('the filter by signals', () => {
  const commuters = { signal_ref: { scope: 'product', signal_id: 'commuters' }, value_type: 'binary', value: true } as const;
  const taking = (more: Partial<Product>) => testProduct('x', { signal_targeting_allowed: true, signal_targeting_options: [signal({}, 'USD')], ...more });

  it('keeps products on which every wanted signal can be selected, in the wanted way', () => {
    expect(kept({ signal_targeting: [commuters] }, [display, taking({})])).toEqual(['x']);
    expect(kept({ signal_targeting: [commuters, { ...commuters, signal_ref: { scope: 'product', signal_id: 'others' } }] }, [taking({})])).toEqual([]);
    expect(kept({ signal_targeting: [{ ...commuters, targeting_mode: 'exclude' }] }, [taking({ signal_targeting_options: [signal({ allowed_targeting_modes: ['include'] }, 'USD')] })])).toEqual([]);
    expect(kept({ signal_targeting: [commuters] }, [taking({ signal_targeting_rules: { selection_mode: 'fixed' } })])).toEqual([]);
  });
});

describe('diagnostics', () => {
  it('count for each filter what it alone excluded', () => {
    expect(
      narrowed([display, video], { delivery_type: 'guaranteed', channels: ['olv'], exclusivity: 'none' }, SELLER).diagnostics,
    ).toEqual({
      semantics: 'only',
      total_candidates: 2,
      excluded_by: { exclusivity: { count: 1 } },
    });
  });
  it('are absent when nothing was excluded', () => {
    expect(narrowed([display], { channels: ['display'] }, SELLER)).not.toHaveProperty('diagnostics');
  });
  it('name filters that could not be applied', () => {
    const { products, diagnostics } = narrowed([display], { countries: ['US'] }, SELLER);
    expect(products).toHaveLength(1);
    expect(diagnostics!.excluded_by!['countries']).toMatchObject({ count: 0, notes: expect.stringContaining('not applied') });
  });
});
