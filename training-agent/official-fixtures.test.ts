/** What the official storyboards seed, seeded: real input for the controller and the catalogue. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { JsonObject } from '../src/protocol/envelope.ts';
import { openedSandbox } from '../test/support/opened-sandbox.ts';
import { hasOfficial, OFFICIAL_STORYBOARDS as STORYBOARDS, officialSchemas } from '../test/support/official-schemas.ts';

/** Kinds of fixtures in the order in which the harness seeds them, with what names a row. Plans are for buyers' agents. */
const KINDS = [
  ['accounts', 'seed_account', ['account_id']], ['products', 'seed_product', ['product_id']],
  ['pricing_options', 'seed_pricing_option', ['product_id', 'pricing_option_id']], ['creative_formats', 'seed_creative_format', ['format_id']],
  ['creatives', 'seed_creative', ['creative_id']], ['media_buys', 'seed_media_buy', ['media_buy_id']],
] as const;

const isRow = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

function fixturesOf(file: string): [scenario: string, params: JsonObject][] {
  const fixtures: unknown = (parse(readFileSync(join(STORYBOARDS, file), 'utf8')) as JsonObject | null)?.['fixtures'];
  if (!isRow(fixtures)) return [];
  return KINDS.flatMap(([kind, scenario, ids]) => (Array.isArray(fixtures[kind]) ? fixtures[kind].filter(isRow) : []).map((row): [string, JsonObject] => {
    const named = Object.entries(row).filter(([name]) => (ids as readonly string[]).includes(name));
    return [scenario, { ...Object.fromEntries(named), fixture: Object.fromEntries(Object.entries(row).filter(([name]) => !(ids as readonly string[]).includes(name))) }];
  }));
}

test('every fixture of the official storyboards can be seeded, and again, and makes valid products and formats', { timeout: 60_000 }, async () => {
  if (!hasOfficial('the fixtures of the official storyboards')) return;
  const official = officialSchemas();
  const open = await openedSandbox();
  const refused: unknown[] = [];
  let seeds = 0;
  for (const file of globSync('**/*.yaml', { cwd: STORYBOARDS }).sort()) {
    const session = `file-${file.replaceAll(/\W+/g, '-')}`.slice(0, 60);
    const calls = fixturesOf(file);
    for (const [scenario, params] of [...calls, ...calls]) {
      const account = { brand: { domain: 'acmeoutdoor.example' }, operator: 'acmeoutdoor.example', sandbox: true };
      const outcome = await open.call('comply_test_controller', { account, scenario, params }, undefined, session);
      seeds += 1;
      if (outcome['success'] !== true) refused.push([file, scenario, params, outcome['error_detail']]);
    }
    if (calls.length === 0) continue;
    const caller = await open.caller(undefined, session);
    for (const product of await open.desk.catalogue.products(caller)) refused.push(...official.validate('core/product.json', product).map((issue) => [file, product.product_id, issue]));
    for (const format of await open.desk.catalogue.formats(caller)) refused.push(...official.validate('core/format.json', format).map((issue) => [file, format.format_id.id, issue]));
  }
  await open.close();
  expect(refused).toEqual([]);
  expect(seeds).toBeGreaterThan(100);
});
