/** What changed between two reports: of each step its outcome, and which checks decided it. */
import { isObject, own } from '../json/object.ts';

export type Change =
  /** It failed, and does not any more; or it does now, and did not. */
  | { readonly kind: 'mended' | 'broken'; readonly address: string; readonly before: string; readonly after: string }
  /** Another outcome of the same weight: other checks fail, or it is skipped for another reason. */
  | { readonly kind: 'other'; readonly address: string; readonly before: string; readonly after: string }
  | { readonly kind: 'new' | 'gone'; readonly address: string; readonly outcome: string };

export interface Changes {
  readonly changes: readonly Change[];
  /** Steps that came out as before. */
  readonly same: number;
}

/** @param before @param after reports as JSON; steps in the order of the later one, those that are gone last */
export function changesBetween(before: unknown, after: unknown): Changes {
  const [earlier, later] = [outcomes(before), outcomes(after)];
  const addresses = [...later.keys(), ...[...earlier.keys()].filter((address) => !later.has(address))];
  const changes = addresses.flatMap((address) => changeOf(address, earlier.get(address), later.get(address)) ?? []);
  return { changes, same: addresses.length - changes.length };
}

/** Whether a document is a report that can be compared. */
export function isReport(value: unknown): boolean {
  return isObject(value) && typeof own(value['run'], 'seller_url') === 'string' && Array.isArray(value['step_results']);
}

function changeOf(address: string, before: string | undefined, after: string | undefined): Change | undefined {
  if (before === undefined) return { kind: 'new', address, outcome: after! };
  if (after === undefined) return { kind: 'gone', address, outcome: before };
  if (before === after) return undefined;
  const [failedBefore, failsNow] = [before, after].map((outcome) => outcome.startsWith('failed'));
  return { kind: failedBefore === failsNow ? 'other' : failsNow ? 'broken' : 'mended', address, before, after };
}

function outcomes(report: unknown): ReadonlyMap<string, string> {
  const steps = own(report, 'step_results');
  return new Map((Array.isArray(steps) ? steps : []).filter(isObject).map((step) => [String(step['address']), outcomeOf(step)]));
}

/** `passed`; `failed: field_value, response_schema`; `skipped: missing_tool`. */
function outcomeOf(step: Readonly<Record<string, unknown>>): string {
  const outcome = String(step['outcome']);
  const failed = (Array.isArray(step['validations']) ? step['validations'] : [])
    .filter((each) => own(each, 'grade') === 'failed' && own(each, 'severity') === 'required').map((each) => own(each, 'id') ?? own(each, 'check'));
  const why = outcome === 'failed' ? [step['error_code'], ...failed] : [own(step['skip'], 'reason'), own(step['skip'], 'cause')];
  const told = why.filter((each) => typeof each === 'string');
  return told.length === 0 ? outcome : `${outcome}: ${[...new Set(told)].join(', ')}`;
}
