import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ANYBODY } from '../domain/caller.ts';
import { ALL_FEATURES } from '../domain/features.ts';
import { feedVersion } from '../domain/feed-version.ts';
import { inventoryCatalogue, type InventoryCatalogue } from './inventory-catalogue.ts';
import { inventoryOf, keepInventory } from './reload.ts';

const OWNER = { agent_url: 'https://ads.example/mcp', publisher_domain: 'daily-trail.example' };
const text = (...ids: string[]) => `products:${ids.map((id) => `
  - { product_id: ${id}, name: ${id}, description: ${id}, delivery_type: guaranteed, format_ids: [{ id: display_300x250 }], pricing_options: [{ pricing_option_id: cpm, pricing_model: cpm, currency: USD, fixed_price: 5 }] }`).join('')}`;

let folder: string;
let catalogue: InventoryCatalogue;
let broken: (readonly string[])[];
let stop: () => void;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'adwright-reload-'));
  writeFileSync(join(folder, 'a.yaml'), text('a'));
  const read = inventoryOf([folder], OWNER);
  if (read.kind === 'faults') throw new Error(read.faults[0]);
  catalogue = inventoryCatalogue(read.inventory, ALL_FEATURES);
  broken = [];
  stop = keepInventory({
    paths: [folder], owner: OWNER, clock: { sleep: () => new Promise((resolve) => { setTimeout(resolve, 5); }) },
    replace: (inventory) => catalogue.replace(inventory), broken: (faults) => broken.push(faults),
  });
});
afterEach(() => {
  stop();
  rmSync(folder, { recursive: true, force: true });
});
const ids = async () => (await catalogue.products(ANYBODY)).map(({ product_id }) => product_id);

test('sells what the files hold, as they are written, come and go', async () => {
  expect(await ids()).toEqual(['a']);
  writeFileSync(join(folder, 'a.yaml'), text('a', 'a2'));
  await vi.waitFor(async () => expect(await ids()).toEqual(['a', 'a2']));
  writeFileSync(join(folder, 'b.part'), text('b'));
  renameSync(join(folder, 'b.part'), join(folder, 'b.yaml'));
  await vi.waitFor(async () => expect(await ids()).toEqual(['a', 'a2', 'b']));
  rmSync(join(folder, 'a.yaml'));
  await vi.waitFor(async () => expect(await ids()).toEqual(['b']));
  expect(broken).toEqual([]);
});

test('sells on what it had while a file is broken, says so once, and goes on when it is mended', async () => {
  writeFileSync(join(folder, 'a.yaml'), 'products: [{}]');
  await vi.waitFor(() => expect(broken).toHaveLength(1));
  expect([broken[0]![0], await ids()]).toEqual([expect.stringMatching(/a\.yaml:1:12: products\[0\]\.product_id is missing/), ['a']]);
  rmSync(join(folder, 'a.yaml'));
  await vi.waitFor(() => expect(broken).toHaveLength(2));
  expect(await ids()).toEqual(['a']);
  writeFileSync(join(folder, 'a.yaml'), text('mended'));
  await vi.waitFor(async () => expect(await ids()).toEqual(['mended']));
  expect(broken).toHaveLength(2);
});

test('a call goes on with what it began with, and the feed has a new version', async () => {
  const begun = await catalogue.products(ANYBODY);
  writeFileSync(join(folder, 'a.yaml'), text('next'));
  await vi.waitFor(async () => expect(await ids()).toEqual(['next']));
  expect(begun.map(({ product_id }) => product_id)).toEqual(['a']);
  expect(feedVersion(begun)).not.toBe(feedVersion(await catalogue.products(ANYBODY)));
  expect([await catalogue.product(ANYBODY, 'a'), (await catalogue.product(ANYBODY, 'next'))?.name]).toEqual([undefined, 'next']);
});
