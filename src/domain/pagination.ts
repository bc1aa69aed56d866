/** Pages of a list (seller specification §1.7): an opaque cursor, bound to the caller and to what was asked. */
import { canonicalHash } from '../protocol/canonical-json.ts';
import { invalid, type Refused } from '../protocol/errors.ts';
import type { Principal } from './caller.ts';
import type { Cursors } from './ports/cursors.ts';

/** Where a page begins, as the store tells it: a count, or a count and the key of a row. */
const POSITION = /^\d{1,15}(?:~[nt][\w-]*)?$/;

export const DEFAULT_PAGE = 50;
export const MAX_PAGE = 100;

export interface AskedPage {
  readonly max_results?: number;
  readonly cursor?: string;
}

export interface PagePosition {
  readonly kind: 'page';
  readonly limit: number;
  readonly after?: string;
}

/** AdCP's answer to a page request; `cursor` stands exactly when there is more. */
export interface PageInfo {
  readonly has_more: boolean;
  readonly cursor?: string;
  readonly total_count?: number;
}

/** What a cursor belongs to. */
export interface PagedList {
  readonly identity: string;
  readonly cursors: Cursors;
}

/** A list is known by the caller, its accounts, and what is asked of it; not by the page, nor by how the answer is to come. Another list's cursor does not fit. */
export function pagedList(task: string, { principal_id, grant }: Principal, request: Readonly<Record<string, unknown>>, { cursors }: { readonly cursors: Cursors }): PagedList {
  const { pagination: _page, push_notification_config: _webhook, context: _context, idempotency_key: _key, ext: _ext, adcp_version: _version, adcp_major_version: _major, ...asked } = request;
  return { cursors, identity: canonicalHash([task, principal_id, grant?.account_ids ?? null, asked]).slice(0, 16) };
}

/** Reads a page request. A cursor that was not given for this list is refused. */
export function pagePosition(asked: AskedPage | undefined, { identity, cursors }: PagedList, fallback = DEFAULT_PAGE): PagePosition | Refused {
  const limit = Math.min(asked?.max_results ?? fallback, MAX_PAGE);
  if (asked?.cursor === undefined) return { kind: 'page', limit };
  const after = cursors.open(asked.cursor, identity);
  if (after === undefined || !POSITION.test(after))
    return invalid('pagination.cursor', 'pagination.cursor was not given for this list; start again without it');
  return { kind: 'page', limit, after };
}

/** @param last the position of the page's last item when more follows */
export function pageInfo(last: string | undefined, { identity, cursors }: PagedList, total?: number): PageInfo {
  return { has_more: last !== undefined, ...(last === undefined ? {} : { cursor: cursors.seal(last, identity) }), ...(total === undefined ? {} : { total_count: total }) };
}

/** A page of a list that is whole in memory. */
export function pageOfList<Item>(items: readonly Item[], { after, limit }: PagePosition): { items: readonly Item[]; last?: string; total: number } {
  const from = after === undefined ? 0 : Number(after);
  const until = from + limit;
  return { items: items.slice(from, until), total: items.length, ...(until < items.length ? { last: String(until) } : {}) };
}
