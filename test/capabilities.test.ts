/** No promise without proof: what `get_adcp_capabilities` declares is held to test/capability-proofs.yaml, and that to what exists. */
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { toolCaller, type Tool } from './support/mcp-call.ts';
import { hasOfficial, OFFICIAL_STORYBOARDS } from './support/official-schemas.ts';
import { promisesOf, PROOFS, proves } from './support/proofs.ts';
import { startSeller, type TestSeller } from './support/seller.ts';

interface Step { readonly id: string; readonly sample_request?: object; readonly validations?: readonly object[] }
interface Board { readonly id?: string; readonly phases?: readonly { readonly id: string; readonly steps?: readonly Step[] }[] }
interface Declared {
  readonly media_buy: {
    readonly supported_pricing_models: string[]; readonly portfolio: { readonly publisher_domains: string[]; readonly primary_channels: string[] };
    readonly conversion_tracking: { readonly supported_event_types: string[]; readonly supported_action_sources: string[] };
  };
}

const ROOT = join(import.meta.dirname, '..');
const ACCOUNT = { brand: { domain: 'trailandtent.example' }, operator: 'northlight-media.example', sandbox: true };

let keptIn: string;
let seller: TestSeller;
let call: Tool;
let declared: Record<string, unknown>;
beforeAll(async () => {
  keptIn = mkdtempSync(join(tmpdir(), 'adwright-capabilities-'));
  const jwks_file = join(keptIn, 'jwks.json');
  writeFileSync(jwks_file, JSON.stringify({ keys: [] }));
  seller = await startSeller({
    public_url: 'https://seller.adwright.example/mcp',
    config: { request_signing: { required_for: ['create_media_buy'], warn_for: ['sync_creatives'], protocol_methods_required_for: ['tasks/cancel'], signers: [{ principal_id: 'acme-outdoor', jwks_file }] } },
  });
  call = toolCaller(seller.url, seller.token);
  declared = (await call('get_adcp_capabilities', {})).document;
});
afterAll(async () => {
  await seller.close();
  rmSync(keptIn, { recursive: true, force: true });
});
const mediaBuy = () => (declared as unknown as Declared).media_buy;

describe('what the seller declares', () => {
  test('is promised nowhere but in the list of proofs', () => {
    expect(promisesOf(declared).filter((promise) => !PROOFS.some((proof) => proves(proof, promise)))).toEqual([]);
  });

  test('is all that the list proves', () => {
    const promises = promisesOf(declared);
    expect(PROOFS.filter((proof) => !promises.some((promise) => proves(proof, promise)))).toEqual([]);
    const names = PROOFS.map(({ promise }) => promise);
    expect(names.filter((promise, at) => names.indexOf(promise) !== at)).toEqual([]);
  });
});

const steps = hasOfficial('that the official steps which prove our capabilities exist') ? stepsBelow(OFFICIAL_STORYBOARDS, join(ROOT, 'storyboards')) : undefined;

/** Steps by address, of official storyboards and ours. */
function stepsBelow(...folders: readonly string[]): Map<string, Step> {
  const boards = folders.flatMap((folder) => globSync('{universal,protocols,specialisms}/**/*.yaml', { cwd: folder }).map((file) => parse(readFileSync(join(folder, file), 'utf8')) as Board | null));
  return new Map(boards.flatMap((board) => (board?.phases ?? []).flatMap((phase) => (phase.steps ?? []).map((step) => [`${board!.id}#${phase.id}/${step.id}`, step] as const))));
}

/** What a step does and checks; not how it is told. */
const withoutProse = (name: string, value: unknown): unknown => (['title', 'narrative', 'expected', 'description'].includes(name) ? undefined : value);

describe('a proof', () => {
  test.skipIf(steps === undefined)('by a storyboard names a step that says something about the promise', () => {
    const empty = PROOFS.filter((proof) => {
      if (!('step' in proof)) return false;
      const step = steps!.get(proof.step);
      return step === undefined || !JSON.stringify(step, withoutProse).includes(proof.about);
    });
    expect(empty).toEqual([]);
  });

  test('by a test names one that is there; every proof is by one or the other', () => {
    const titles = (file: string) => readFileSync(join(ROOT, file), 'utf8').replaceAll(String.raw`\'`, "'");
    const isThere = (file: string, name: string) => ['test', 'it'].some((word) => titles(file).includes(`${word}('${name}'`));
    expect(PROOFS.filter((proof) => ('test' in proof ? !isThere(proof.test, proof.name) : !('step' in proof)))).toEqual([]);
  });
});

describe('what no storyboard asks one by one', () => {
  const logged = async (events: readonly object[]) => (await call('log_event', { idempotency_key: `every-${events.length}-0123456789`, event_source_id: 'everything', events })).document;
  beforeAll(async () => {
    await call('sync_event_sources', { idempotency_key: 'every-source-0123456789', account: ACCOUNT, event_sources: [{ event_source_id: 'everything' }] });
  });

  test('takes an event of every type that is declared', async () => {
    const { supported_event_types: types } = mediaBuy().conversion_tracking;
    const events = types.map((event_type, at) => ({
      event_id: `type-${at}`, event_type, event_time: '2026-03-01T10:00:00Z',
      ...(event_type === 'custom' ? { custom_event_name: 'test ride' } : {}), ...(event_type === 'watch_milestone' ? { custom_data: { progress_percent: 50 } } : {}),
    }));
    expect(await logged(events)).toMatchObject({ events_received: types.length, events_processed: types.length });
  });

  test('takes an event from every place that is declared', async () => {
    const { supported_action_sources: sources } = mediaBuy().conversion_tracking;
    const events = sources.map((action_source, at) => ({ event_id: `place-${at}`, event_type: 'purchase', event_time: '2026-03-01T10:00:00Z', action_source }));
    expect(await logged(events)).toMatchObject({ events_received: sources.length, events_processed: sources.length });
  });

  test('has something for sale at every place and in every channel of the portfolio, and at every kind of price', async () => {
    const { document } = await call('get_products', { buying_mode: 'wholesale', pagination: { max_results: 100 } });
    const products = document['products'] as { channels?: string[]; publisher_properties: { publisher_domain?: string }[]; pricing_options: { pricing_model: string }[] }[];
    const sold = {
      channels: new Set(products.flatMap(({ channels = [] }) => channels)),
      domains: new Set(products.flatMap(({ publisher_properties }) => publisher_properties.map(({ publisher_domain }) => publisher_domain))),
      models: new Set(products.flatMap(({ pricing_options }) => pricing_options.map(({ pricing_model }) => pricing_model))),
    };
    const { portfolio, supported_pricing_models } = mediaBuy();
    expect(sold).toEqual({ channels: new Set(portfolio.primary_channels), domains: new Set(portfolio.publisher_domains), models: new Set(supported_pricing_models) });
  });
});
