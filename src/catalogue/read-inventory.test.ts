import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inventoryOf } from './reload.ts';

const OWNER = { agent_url: 'https://ads.example/mcp', publisher_domain: 'daily-trail.example' };
const PRICE = 'pricing_options: [{ pricing_option_id: cpm, pricing_model: cpm, currency: USD, fixed_price: 5 }]';
const product = (product_id: string, more = '') => `
  - product_id: ${product_id}
    name: ${product_id}
    description: Here.
    delivery_type: guaranteed
    format_ids: [{ id: display_300x250 }]
    ${PRICE}${more}`;

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'adwright-inventory-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
function read(...paths: string[]) {
  const found = inventoryOf(paths.length > 0 ? paths : [folder], OWNER);
  if (found.kind === 'faults') throw new Error(found.faults.join('\n'));
  return found.inventory;
}
function faults(...paths: string[]): string[] {
  const found = inventoryOf(paths.length > 0 ? paths : [folder], OWNER);
  return found.kind === 'faults' ? found.faults.map((fault) => fault.replaceAll(`${folder}/`, '')) : [];
}
const idsOf = ({ products }: ReturnType<typeof read>) => products.map(({ product_id }) => product_id);

describe('an inventory', () => {
  test('is read from YAML and JSON, file after file; a folder goes by name, and its order is the rank', () => {
    write('20-more.json', JSON.stringify({ products: [{ product_id: 'c', name: 'c', description: 'c', delivery_type: 'guaranteed', format_ids: [{ id: 'video_15s' }], pricing_options: [{ pricing_option_id: 'x', pricing_model: 'cpm', currency: 'USD', fixed_price: 1 }] }] }));
    write('10-first.yaml', `products:${product('a')}${product('b')}`);
    write('.hidden.yaml', 'nonsense: [');
    write('notes.txt', 'not inventory');
    expect(idsOf(read())).toEqual(['a', 'b', 'c']);
    expect(idsOf(read(join(folder, '20-more.json'), join(folder, '10-first.yaml')))).toEqual(['c', 'a', 'b']);
  });

  test('gets what every row would say in the same words: the agent, the publisher, how it reports', () => {
    write('a.yaml', `products:${product('a', '\n    placements: [{ placement_id: p, kind: seller_inline, mode: included, name: Top, format_ids: [{ id: display_300x250 }] }]\n    reporting_capabilities: { timezone: Europe/Berlin }')}
formats: [{ format_id: { id: card }, name: Card }]
signals: [{ signal_agent_segment_id: s, signal_ref: { scope: product, signal_id: s }, name: S, description: S, value_type: binary, signal_type: owned }]`);
    const { products: [a], formats, signals } = read();
    const format = { agent_url: OWNER.agent_url, id: 'display_300x250' };
    expect(a).toMatchObject({
      publisher_properties: [{ publisher_domain: 'daily-trail.example', selection_type: 'all' }], format_ids: [format], placements: [{ format_ids: [format] }],
      reporting_capabilities: { timezone: 'Europe/Berlin', available_reporting_frequencies: ['daily'] },
    });
    expect(formats).toEqual([{ format_id: { agent_url: OWNER.agent_url, id: 'card' }, name: 'Card' }]);
    expect(signals[0]!.deployments).toEqual([{ type: 'agent', agent_url: OWNER.agent_url, is_live: true }]);
  });

  test('has a file\'s defaults under its products, which count less than what a product says', () => {
    write('a.yaml', `defaults: { delivery_type: non_guaranteed, channels: [olv], enforced_policies: [no_gambling] }\nproducts:${product('a')}`);
    write('b.yaml', `products:${product('b')}`);
    expect(read().products).toMatchObject([{ delivery_type: 'guaranteed', channels: ['olv'], enforced_policies: ['no_gambling'] }, {}]);
    expect(read().products[1]).not.toHaveProperty('channels');
  });
});

describe('an inventory is refused', () => {
  test('with every fault, in file, line and column', () => {
    write('a.yaml', `products:${product('a')}\n  - product_id: b\n    description: 5\n`);
    write('b.yaml', 'prodcts: []\n');
    write('c.yaml', 'products: [\n');
    expect(faults()).toEqual([
      'b.yaml:1:1: unknown key "prodcts"',
      expect.stringMatching(/^c\.yaml:2:1: /),
      'a.yaml:8:5: products[1].name is missing; it must be text',
      'a.yaml:9:18: products[1].description must be text',
      'a.yaml:8:5: products[1].format_ids is missing; give one of format_ids, format_options',
      'a.yaml:8:5: products[1].delivery_type is missing; it must be one of guaranteed, non_guaranteed',
      'a.yaml:8:5: products[1].pricing_options is missing; it must be a list of at least 1 item',
    ]);
  });

  test.each([
    ['a product twice', 'a.yaml:8:5: product products[1] stands twice; it is first at a.yaml:2:5', `products:${product('a')}${product('a')}`],
    ['a price twice', 'a.yaml:7:102: products[0].pricing_options[1] "cpm" stands twice',
      `products:${product('a').replace('fixed_price: 5 }', 'fixed_price: 5 }, { pricing_option_id: cpm, pricing_model: cpm, currency: EUR, fixed_price: 5 }')}`],
    ['a price of two kinds', 'a.yaml:7:23: products[0].pricing_options[0] has a fixed price and a floor; a price has one or the other',
      `products:${product('a').replace('fixed_price: 5', 'fixed_price: 5, floor_price: 1')}`],
    ['nothing for sale', 'a.yaml: no product is for sale here; list some under "products"', 'formats: []'],
  ])('that holds %s', (_what, fault, text) => {
    write('a.yaml', text);
    expect(faults()).toEqual([fault]);
  });

  test('when one product stands in two files, or there is nothing to read', () => {
    write('a.yaml', `products:${product('a')}`);
    write('b.yaml', `products:${product('a')}`);
    expect(faults()).toEqual(['b.yaml:2:5: product products[0] stands twice; it is first at a.yaml:2:5']);
    expect(faults(join(folder, 'none.yaml'))).toEqual(['none.yaml: cannot be read (ENOENT)']);
    rmSync(join(folder, 'a.yaml'));
    rmSync(join(folder, 'b.yaml'));
    expect(inventoryOf([folder], OWNER)).toEqual({ kind: 'faults', faults: [`${folder}: the folder holds no YAML or JSON file`] });
  });
});
