/** Pages of a list (seller specification §1.7): an opaque cursor, bound to the caller and to what was asked. */
import { canonicalHash } from '../protocol/canonical-json.ts';
import { invalid, type Refused } from '../protocol/errors.ts';

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

/** What a cursor belongs to: the caller and the whole request but for its page. Another list's cursor does not fit. */
export function listIdentity(task: string, principal_id: string, request: Readonly<Record<string, unknown>>): string {
  const { pagination: _page, context: _context, idempotency_key: _key, ext: _ext, adcp_version: _version, adcp_major_version: _major, ...asked } = request;
  return canonicalHash([task, principal_id, asked]).slice(0, 16);
}

/** Reads a page request. A cursor that was not given for this list is refused. */
export function pagePosition(asked: AskedPage | undefined, identity: string, fallback = DEFAULT_PAGE): PagePosition | Refused {
  const limit = Math.min(asked?.max_results ?? fallback, MAX_PAGE);
  if (asked?.cursor === undefined) return { kind: 'page', limit };
  const [after, bound, ...rest] = decoded(asked.cursor);
  if (after === undefined || bound !== identity || rest.length > 0 || !POSITION.test(after))
    return invalid('pagination.cursor', 'pagination.cursor was not given for this list; start again without it');
  return { kind: 'page', limit, after };
}

/** @param last the position of the page's last item when more follows */
export function pageInfo(last: string | undefined, identity: string, total?: number): PageInfo {
  return { has_more: last !== undefined, ...(last === undefined ? {} : { cursor: encoded(last, identity) }), ...(total === undefined ? {} : { total_count: total }) };
}

/** A page of a list that is whole in memory. */
export function pageOfList<Item>(items: readonly Item[], { after, limit }: PagePosition): { items: readonly Item[]; last?: string; total: number } {
  const from = after === undefined ? 0 : Number(after);
  const until = from + limit;
  return { items: items.slice(from, until), total: items.length, ...(until < items.length ? { last: String(until) } : {}) };
}

const encoded = (after: string, identity: string): string => btoa(`${after}.${identity}`).replaceAll('=', '');

function decoded(cursor: string): string[] {
  try {
    return atob(cursor).split('.');
  } catch {
    return [];
  }
}
