/** How many signals of a product's options a package selects, in all and of each selection group. */
import { adcpError, type AdcpError } from '../../protocol/errors.ts';
import type { SelectionGroupRule, SignalTargetingGroups } from '../../protocol/wire/core/signal.ts';
import { sameSignal } from '../signals/reference.ts';
import type { PackageLine } from './line.ts';

const invalid = (field: string, why: string): AdcpError => adcpError('INVALID_REQUEST', `${field} ${why}`, { field });

/** @param field of the groups */
export function selectionFlaws(
  { groups }: SignalTargetingGroups, { signal_targeting_rules: rules = {}, signal_targeting_options: options = [] }: PackageLine['terms'], field: string,
): AdcpError[] {
  const chosen = groups.flatMap((group) => group.signals.map(({ signal_ref }) => ({
    mode: group.operator === 'any' ? 'include' : 'exclude', group: options.find((option) => sameSignal(option, { signal_ref }))?.selection_group,
  })));
  const least = rules.min_selected_signals ?? (rules.selection_mode === 'required' ? 1 : 0);
  const inGroups = new Set(chosen.flatMap(({ group }) => group ?? []));
  return [
    ...counted(chosen.length, least, rules.max_selected_signals, field, 'the product'),
    ...[...inGroups].flatMap((group) => counted(chosen.filter((each) => each.group === group).length, 0, rules.max_selected_per_group, field, `selection group "${group}"`)),
    ...(rules.selection_group_rules ?? []).flatMap((rule) => groupFlaws(chosen.filter(({ group }) => group === rule.selection_group), rule, field)),
  ];
}

function groupFlaws(chosen: readonly { readonly mode: string }[], rule: SelectionGroupRule, field: string): AdcpError[] {
  const name = `selection group "${rule.selection_group}"`;
  const { targeting_mode: mode } = rule;
  if (rule.selection_mode === 'fixed' && chosen.length > 0) return [invalid(field, `selects from ${name}, which is not for buyers to select from`)];
  if (mode !== undefined && chosen.some((each) => each.mode !== mode)) return [invalid(field, `selects from ${name} otherwise than to ${mode} people`)];
  return counted(chosen.length, rule.min_selected_signals ?? (rule.selection_mode === 'required' ? 1 : 0), rule.max_selected_signals, field, name);
}

function counted(count: number, least: number, most: number | undefined, field: string, of: string): AdcpError[] {
  if (count < least) return [invalid(field, `selects ${count} signals; ${of} wants ${least} at least`)];
  return most !== undefined && count > most ? [invalid(field, `selects ${count} signals; ${of} takes ${most} at most`)] : [];
}
