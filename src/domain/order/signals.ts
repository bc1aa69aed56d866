/** Signals that a package selects (seller specification §3.7): each known and meant as it is sold, as many as the product allows. */
import { adcpError, type AdcpError } from '../../protocol/errors.ts';
import type { PackageSignal, SignalTargetingGroups, SignalTargetingRules, TargetingMode } from '../../protocol/wire/core/signal.ts';
import type { VendorPricingOption } from '../../protocol/wire/core/vendor-pricing-option.ts';
import { selectable, type Selectable } from '../signals/selectable.ts';
import type { LineCheck, OrderFacts, PackageLine } from './line.ts';
import { selectionFlaws } from './signal-selection.ts';

const invalid = (field: string, why: string): AdcpError => adcpError('INVALID_REQUEST', `${field} ${why}`, { field });
const unsupported = (field: string, why: string): AdcpError => adcpError('UNSUPPORTED_FEATURE', `${field} ${why}`, { field });

export const signals: LineCheck = ({ path, asked, terms, product }, facts) => {
  const chosen = asked.targeting_overlay?.signal_targeting_groups;
  const field = `${path}.targeting_overlay.signal_targeting_groups`;
  if (chosen === undefined) {
    const decided = product !== undefined || asked.targeting_overlay !== undefined;
    return decided && terms.signal_targeting_rules?.selection_mode === 'required' ? [invalid(field, 'is missing: the product is sold with signals that the buyer selects')] : [];
  }
  if (!facts.features.signals) return [unsupported(field, 'is not supported: this seller offers no signals')];
  if (terms.signal_targeting_allowed !== true) return [unsupported(field, 'is not possible: the product takes no signals')];
  const { signal_targeting_rules: rules = {} } = terms;
  if (rules.selection_mode === 'fixed') return [invalid(field, 'is not possible: the product comes with its signals, and buyers select none')];
  const unknown = chosen.groups.flatMap((group, g) => group.signals.flatMap((signal, s) => signalFlaws(signal, group.operator, `${field}.groups[${g}].signals[${s}]`, terms, facts)));
  return [...groupFlaws(chosen, rules, field), ...unknown, ...(unknown.length > 0 ? [] : selectionFlaws(chosen, terms, field))];
};

function groupFlaws({ groups }: SignalTargetingGroups, rules: SignalTargetingRules, field: string): AdcpError[] {
  const { max_signal_targeting_groups: most = Infinity, max_signals_per_targeting_group: each = Infinity } = rules;
  return [
    ...(groups.length > most ? [invalid(`${field}.groups`, `has ${groups.length} groups; the product takes ${most} at most`)] : []),
    ...groups.flatMap((group, g) => (group.signals.length > each ? [invalid(`${field}.groups[${g}].signals`, `has ${group.signals.length} signals; the product takes ${each} in a group at most`)] : [])),
  ];
}

function signalFlaws(signal: PackageSignal, operator: 'any' | 'none', field: string, terms: PackageLine['terms'], { signals: feed }: OrderFacts): AdcpError[] {
  const known = selectable(signal.signal_ref, terms, feed);
  if (known === undefined) return [invalid(`${field}.signal_ref`, 'names no signal that the product or this seller offers; list them with get_signals')];
  const mode: TargetingMode = operator === 'any' ? 'include' : 'exclude';
  const { allowed_targeting_modes: modes, signal_agent_segment_id: segment, pricing_options: prices = [] } = known;
  return [
    ...(modes && !modes.includes(mode) ? [invalid(`${field}.signal_ref`, `may not be used to ${mode} people`)] : []),
    ...(signal.signal_agent_segment_id !== undefined && segment !== undefined && signal.signal_agent_segment_id !== segment
      ? [invalid(`${field}.signal_agent_segment_id`, `is not the segment of this signal, "${segment}"`)] : []),
    ...valueFlaws(signal, known, field),
    ...priceFlaws(signal, prices, field),
  ];
}

function valueFlaws(signal: PackageSignal, { value_type, categories, range }: Selectable, field: string): AdcpError[] {
  if (value_type !== undefined && signal.value_type !== value_type) return [invalid(`${field}.value_type`, `is "${signal.value_type}"; the signal is ${value_type}`)];
  switch (signal.value_type) {
    case 'binary':
      return [];
    case 'categorical':
      return signal.values.flatMap((value, at) => (categories && !categories.includes(value) ? [invalid(`${field}.values[${at}]`, `"${value}" is not one of ${categories.join(', ')}`)] : []));
    case 'numeric':
      return (['min_value', 'max_value'] as const).flatMap((member) => {
        const value = signal[member];
        return value !== undefined && range && (value < range.min || value > range.max) ? [invalid(`${field}.${member}`, `lies outside ${range.min} to ${range.max}`)] : [];
      });
  }
}

/** Where there is a choice of prices, the buyer makes it. */
function priceFlaws({ pricing_option_id: chosen }: PackageSignal, prices: readonly VendorPricingOption[], field: string): AdcpError[] {
  const ids = prices.map(({ pricing_option_id }) => pricing_option_id);
  if (chosen === undefined) return ids.length > 1 ? [invalid(`${field}.pricing_option_id`, `is missing: the signal is sold as ${ids.join(' or ')}`)] : [];
  return ids.includes(chosen) ? [] : [invalid(`${field}.pricing_option_id`, `"${chosen}" is not a pricing option of the signal${ids.length > 0 ? `; it has ${ids.join(', ')}` : ''}`)];
}
