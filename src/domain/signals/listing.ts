/** Finds signals: what fits a request, in the order in which it is answered (seller specification §2.20b). */
import type { Destination } from '../../protocol/wire/core/deployment.ts';
import type { VendorPricingOption } from '../../protocol/wire/core/vendor-pricing-option.ts';
import type { GetSignalsRequest, Signal } from '../../protocol/wire/get-signals.ts';
import { briefWords, wordsOf } from '../brief-words.ts';
import { sameSignal } from './reference.ts';

/** Best first. Words order and never exclude; names, countries and filters exclude. */
export function signalsFound(feed: readonly Signal[], request: GetSignalsRequest): Signal[] {
  const { signal_spec, destinations = [] } = request;
  const named = [...(request.signal_refs ?? []).map((signal_ref) => ({ signal_ref })), ...(request.signal_ids ?? []).map((signal_id) => ({ signal_id }))];
  const fitting = feed.filter((signal) => fits(signal, request));
  const first = named.flatMap((name) => fitting.find((signal) => sameSignal(signal, name)) ?? []);
  // A text beside names only says what they are for.
  const rest = named.length > 0 ? [] : signal_spec === undefined ? fitting : byWords(fitting, signal_spec);
  return [...new Set([...first, ...rest])].map((signal) => (destinations.length > 0 ? { ...signal, deployments: [...signal.deployments, ...missing(signal, destinations)] } : signal));
}

function fits(signal: Signal, { countries = [], filters = {} }: GetSignalsRequest): boolean {
  const { catalog_types, data_providers, max_cpm, max_percent, min_coverage_percentage: least } = filters;
  return (
    (countries.length === 0 || signal.countries === undefined || signal.countries.some((country) => countries.includes(country))) &&
    (catalog_types === undefined || catalog_types.includes(signal.signal_type)) &&
    (data_providers === undefined || (signal.data_provider !== undefined && data_providers.includes(signal.data_provider))) &&
    (least === undefined || (signal.coverage_percentage ?? 0) >= least) &&
    within(signal, 'cpm', max_cpm) && within(signal, 'percent_of_media', max_percent)
  );
}

/** A limit on one way to pay excludes what is sold in that way only, and always above it. */
function within({ pricing_options = [] }: Signal, model: 'cpm' | 'percent_of_media', most: number | undefined): boolean {
  if (most === undefined) return true;
  const price = (option: VendorPricingOption) => (option.model === model ? (model === 'cpm' ? option.cpm : option.percent) : undefined) ?? 0;
  return pricing_options.length === 0 || pricing_options.some((option) => price(option) <= most);
}

function byWords(signals: readonly Signal[], spec: string): Signal[] {
  const { wanted, unwanted } = briefWords(spec);
  const score = ({ name, description, data_provider = '', segmentation_criteria = '', categories = [] }: Signal) => {
    const [title, text] = [wordsOf(name), wordsOf([description, data_provider, segmentation_criteria, ...categories].join(' '))];
    const weight = (word: string) => (title.includes(word) ? 2 : text.includes(word) ? 1 : 0);
    return wanted.reduce((sum, word) => sum + weight(word), 0) - 2 * unwanted.reduce((sum, word) => sum + weight(word), 0);
  };
  return signals.map((signal, at) => ({ signal, at, score: score(signal) })).sort((a, b) => b.score - a.score || a.at - b.at).map(({ signal }) => signal);
}

/** Places that were asked about and do not have the signal. It is not activated elsewhere. */
function missing({ deployments }: Signal, destinations: readonly Destination[]): Signal['deployments'] {
  const place = (where: Destination) => (where.type === 'agent' ? where.agent_url : where.platform);
  return destinations
    .filter((asked) => !deployments.some((known) => known.type === asked.type && place(known) === place(asked)))
    .map((asked) => ({ ...asked, is_live: false }));
}
