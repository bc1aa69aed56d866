import { jsonEquals } from '../json/equality.ts';
import { own } from '../json/object.ts';
import type { Step } from '../storyboard.ts';

/** What is known about the accounts that earlier steps of the storyboard made, or were to make. */
export interface AccountHistory {
  /** Most accounts that one `sync_accounts` reply listed. */
  readonly synced: number;
  /** Most accounts that a `sync_accounts` step which did not run was to create. */
  readonly planned: number;
}

const HAS_MORE = 'pagination.has_more';
const CURSOR = 'pagination.cursor';

/**
 * A step that pages through `list_accounts` cannot be graded when the seller has fewer accounts than fill a page. Gives
 * the context keys that are then left unset, undefined when the step is graded as usual.
 */
export function terminalPageKeys(step: Step, request: unknown, data: unknown, history: AccountHistory): readonly string[] | undefined {
  const size = own(own(request, 'pagination'), 'max_results');
  if (step.task !== 'list_accounts' || typeof size !== 'number' || !wantsAnotherPage(step)) return undefined;
  if (history.synced > size || history.planned > size || !isTerminal(data, size)) return undefined;
  return step.context_outputs.filter((output) => output.kind === 'path' && output.path === CURSOR).map((output) => output.key);
}

function wantsAnotherPage(step: Step): boolean {
  const expectsMore = step.validations.some(({ authored }) => authored['path'] === HAS_MORE && jsonEquals(authored['value'], true));
  const usesCursor = step.validations.some(({ authored }) => authored['path'] === CURSOR)
    || step.context_outputs.some((output) => output.kind === 'path' && output.path === CURSOR);
  return expectsMore && usesCursor;
}

function isTerminal(data: unknown, size: number): boolean {
  const accounts = own(data, 'accounts');
  const pagination = own(data, 'pagination');
  if (!Array.isArray(accounts)) return false;
  if (pagination === undefined) return accounts.length < size;
  const total = own(pagination, 'total_count');
  if (own(pagination, 'has_more') !== false || (typeof total === 'number' && total > accounts.length)) return false;
  return accounts.length < size || (typeof total === 'number' && total <= accounts.length);
}
