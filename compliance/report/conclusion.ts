/** What a run comes to: one verdict, one exit code. */
import type { KeptPlan, RunRecord } from './run-record.ts';
import { verdictOf } from './run-record.ts';
import { type BaselineComparison, failingAddresses } from './baseline.ts';

export type Conclusion =
  | { readonly kind: 'unreachable' | 'refused' | 'nothing_selected' | 'incomplete'; readonly exit_code: 3; readonly detail: string }
  | { readonly kind: 'broken_storyboards'; readonly exit_code: 2; readonly detail: string }
  | { readonly kind: 'fails' | 'unproven' | 'baseline_outdated'; readonly exit_code: 1; readonly detail: string }
  /** `not_applicable`: nothing of what was selected applies to this seller, so that nothing was shown. */
  | { readonly kind: 'conforms' | 'conforms_but_known' | 'not_applicable'; readonly exit_code: 0; readonly detail: string };

/** Precedence: what kept the run from being whole, then broken storyboards, then what the seller did. */
export function conclude(record: RunRecord, comparison: BaselineComparison | undefined): Conclusion {
  const seller = graded(record, comparison);
  return unfinished(record) ?? broken(record, seller) ?? seller;
}

function unfinished(record: RunRecord): Conclusion | undefined {
  const { discoveryFailure, refusal, plan, ended } = record;
  if (discoveryFailure !== undefined)
    return {
      kind: 'unreachable', exit_code: 3,
      detail: discoveryFailure.authentication ? 'the seller refused the credential' : 'the seller could not be reached',
    };
  if (refusal !== undefined) return { kind: 'refused', exit_code: 3, detail: refusal.message };
  if (ended === undefined || ended.kind !== 'completed') return { kind: 'incomplete', exit_code: 3, detail: endDetail(record) };
  if (plan === undefined || plan.entries.every(isUnresolved)) return { kind: 'nothing_selected', exit_code: 3, detail: nothingSelected(plan) };
  const open = [...record.storyboards.values()].filter((storyboard) => verdictOf(storyboard) === 'incomplete').length;
  return open === 0 ? undefined : { kind: 'incomplete', exit_code: 3, detail: `${open} storyboards were not finished` };
}

/** A name that leads to no storyboard of the bundle. */
const isUnresolved = (entry: KeptPlan['entries'][number]): boolean => entry.kind === 'skip' && entry.skip.cause === 'unresolved_scenario_reference';

function nothingSelected(plan: KeptPlan | undefined): string {
  const absent = plan?.entries.length ?? 0;
  return absent === 0 ? 'nothing was selected' : `nothing was selected: the bundle holds none of the ${absent} storyboards that are named`;
}

function endDetail({ ended }: RunRecord): string {
  switch (ended?.kind) {
    case 'interrupted': return 'the run was interrupted';
    case 'deadline': return `the run did not end within ${ended.after_ms / 1000} s`;
    case 'seller_lost': return 'the seller stopped answering';
    default: return 'the run did not end';
  }
}

function broken({ plan }: RunRecord, seller: Conclusion): Conclusion | undefined {
  const count = plan?.entries.filter(({ kind }) => kind === 'broken').length ?? 0;
  if (count === 0) return undefined;
  const others = seller.exit_code === 0 ? '' : `; of the others, ${seller.detail}`;
  return { kind: 'broken_storyboards', exit_code: 2, detail: `${plural(count, 'storyboard is broken', 'storyboards are broken')}${others}` };
}

function graded(record: RunRecord, comparison: BaselineComparison | undefined): Conclusion {
  const fresh = comparison?.fresh ?? failingAddresses(record);
  const steps = fresh.filter((address) => address.includes('#')).length;
  if (steps > 0)
    return {
      kind: 'fails', exit_code: 1,
      detail: `${plural(steps, 'step fails', 'steps fail')}${comparison === undefined ? '' : ' that the baseline does not name'}`,
    };
  if (fresh.length > 0)
    return { kind: 'unproven', exit_code: 1, detail: `nothing of ${fresh.join(', ')} could be shown: its required steps were skipped` };
  const mended = comparison?.mended.length ?? 0;
  if (mended > 0) {
    const what = plural(mended, 'entry of the baseline passes', 'entries of the baseline pass');
    return { kind: 'baseline_outdated', exit_code: 1, detail: `${what} now: remove what is mended, or run with --update-baseline` };
  }
  const known = comparison?.known.length ?? 0;
  if (known > 0) return { kind: 'conforms_but_known', exit_code: 0, detail: plural(known, 'known failure', 'known failures') };
  const optional = record.reports.filter(({ outcome }) => outcome.kind === 'failed' && !outcome.counted).length;
  if (![...record.storyboards.values()].some((storyboard) => verdictOf(storyboard) === 'passed'))
    return {
      kind: 'not_applicable', exit_code: 0, detail: `nothing that ${optional === 0 ? 'was selected' : 'counts'} applies to this seller`,
    };
  return {
    kind: 'conforms', exit_code: 0,
    detail: optional === 0 ? 'every step that applies passed'
      : `every step that counts passed; ${plural(optional, 'step fails', 'steps fail')} in optional phases`,
  };
}

export const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
