import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LIES } from '../../training-agent/broken/index.ts';
import { storyboard } from '../support/judge.ts';
import { startSeller } from '../support/seller.ts';

const ROOT = join(import.meta.dirname, '..', '..');

interface Report {
  readonly step_results: readonly { readonly address: string; readonly outcome: string }[];
}

/** Which steps of our own storyboards fail on a seller, and what the judge concludes. */
async function grade(trainingAgent?: string): Promise<{ readonly failed: string[]; readonly passed: number; readonly code: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'adwright-lie-'));
  const seller = await startSeller(trainingAgent === undefined ? {} : { trainingAgent });
  try {
    const { code } = await storyboard(['run', seller.url, '--token', seller.token, '--json', join(folder, 'report.json')], { cwd: ROOT });
    const { step_results } = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report;
    const failed = step_results.filter(({ outcome }) => outcome === 'failed').map(({ address }) => address.replace('media_buy_seller/', ''));
    return { failed: failed.sort(), passed: step_results.filter(({ outcome }) => outcome === 'passed').length, code };
  } finally {
    await seller.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The steps that each lie must fail, and no others. Steps that build on a failed one are skipped, not failed. */
const CAUGHT_BY: Readonly<Record<string, readonly string[]>> = {
  'accepts-phantom-event-source': [
    'event_dedup_flow#refusals/create_with_unregistered_second_source',
    'per_creative_conversion_attribution#refusals/create_with_unregistered_source_in_second_package',
    'performance_buy_flow#refusals/create_with_unregistered_source',
  ],
  'accepts-phantom-audience': ['audience_buy_flow#refusals/create_with_unknown_audience'],
  'forwards-no-events': [
    'per_creative_conversion_attribution#conversions/log_event', 'performance_buy_flow#conversions/log_event', 'performance_buy_flow_roas#conversions/log_event',
  ],
  'counts-duplicates': ['event_dedup_flow#conversions/get_delivery_of_events', 'event_dedup_flow#delivery/get_delivery'],
  'omits-cpa': ['event_dedup_flow#delivery/get_delivery', 'performance_buy_flow#delivery/get_delivery', 'performance_buy_flow_roas#delivery/get_delivery'],
  'roas-without-value': ['late_events#newest/get_june', 'performance_buy_flow_roas#delivery/get_delivery'],
  'credits-first-creative-only': ['per_creative_conversion_attribution#delivery/get_delivery'],
  'exceeds-frequency-cap': ['frequency_cap_enforcement#delivery/get_delivery'],
  'accepts-unsupported-reach-unit': ['reach_buy_flow#refusals/create_with_unsupported_unit'],
  'drops-context-on-errors': [
    'audience_buy_flow#refusals/create_with_unknown_audience',
    'clicks_buy_flow#refusals/create_with_unsupported_target',
    'completed_views_buy_flow#refusals/create_with_unsupported_duration',
    'event_dedup_flow#refusals/create_with_unregistered_second_source',
    'frequency_cap_enforcement#refusals/create_with_cap_of_zero',
    'per_creative_conversion_attribution#refusals/create_with_unregistered_source_in_second_package',
    'performance_buy_flow#refusals/create_with_unregistered_source',
    'budget_after_spend#refusals/lower_below_spend',
    'late_events#refusals/log_from_unknown_till',
    'package_flights#change_refusals/move_beyond_the_year',
    'package_flights#refusals/create_reversed_season',
    'package_flights#refusals/create_season_after_the_year',
    'pages_under_insertion#refusals/list_from_a_guess',
    'performance_buy_flow_roas#refusals/create_without_value_field',
    'proposal_terms_hold#refusals/create_after_the_refusal',
    'proposal_terms_hold#refusals/create_from_the_draft',
    'proposal_terms_hold#refusals/finalize_beside_a_wish',
    'reach_buy_flow#refusals/create_with_unsupported_unit',
    'reach_buy_flow#refusals/create_without_unit',
    'two_colleagues#second/raise_bid_too_late',
    'two_currencies#refusals/create_mixed',
    'sales_non_guaranteed#buy/create_below_floor',
    'sales_non_guaranteed#key_conflict/conflict',
  ],
  'moves-status-backwards': ['sales_non_guaranteed#monitoring/get_media_buys'],
  'drops-late-events': ['late_events#late/get_all'],
  'forgets-flights': [
    'package_flights#extension/get_extended', 'package_flights#monitoring/get_media_buys', 'package_flights#refusals/create_reversed_season',
    'package_flights#refusals/create_season_after_the_year',
  ],
  'takes-back-what-is-spent': ['budget_after_spend#refusals/lower_below_spend'],
  'tells-dollars': ['two_currencies#delivery/get_delivery'],
  'resets-what-it-is-not-told': ['two_colleagues#again/get_both'],
  'counts-rows': ['pages_under_insertion#next_page/list_next_page'],
  // What was sold as a draft cannot be bought once more.
  'sells-drafts': ['proposal_terms_hold#buy/create_media_buy', 'proposal_terms_hold#refusals/create_after_the_refusal', 'proposal_terms_hold#refusals/create_from_the_draft'],
  'leaks-payload-on-conflict': ['sales_non_guaranteed#key_conflict/conflict'],
};

describe('a seller that tells one lie fails exactly the steps that ask for that promise:', () => {
  test.each(LIES.map(({ name, promise, module }) => [name, promise, module] as const))('%s (%s)', async (name, _promise, module) => {
    const { failed, code } = await grade(module);
    expect(failed).toEqual([...CAUGHT_BY[name]!].sort());
    expect(code).toBe(1);
  }, 60_000);
});
