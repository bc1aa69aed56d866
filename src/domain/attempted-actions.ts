/** Which actions an update amounts to, told by what it would change (seller specification §3.3). */
import { canonicalJson } from '../protocol/canonical-json.ts';
import type { MediaBuyAction } from '../protocol/wire/core/media-buy-action.ts';
import type { PackageUpdate } from '../protocol/wire/core/package-update.ts';
import type { TargetingOverlay } from '../protocol/wire/core/targeting.ts';
import type { UpdateMediaBuyRequest } from '../protocol/wire/update-media-buy.ts';
import { withKeywords } from './keyword-deltas.ts';
import type { MediaBuyRecord, PackageRecord } from './media-buy.ts';
import { toMicros } from './money.ts';
import { resolvedStart } from './order/flight.ts';
import { withoutTokens } from './overlay-lists.ts';

/** One action that an update amounts to. */
export interface Attempt {
  readonly action: MediaBuyAction;
  /** Where the request asks for it. */
  readonly path: string;
  /** The package that it touches; absent: the whole buy. */
  readonly package_id?: string;
}

/** Every action that the update attempts. Asking for what is already so attempts nothing; a cancellation attempts nothing else. */
export function attemptedActions(buy: MediaBuyRecord, request: UpdateMediaBuyRequest, now: string): Attempt[] {
  if (request.canceled) return [{ action: 'cancel', path: 'canceled' }];
  return [
    ...pausing(buy, request),
    ...flight(buy, request, buy, now, ''),
    ...budgets(buy, request.packages ?? []),
    ...(request.packages ?? []).flatMap((change, at) => packageAttempts(buy, change, `packages[${at}]`, now)),
    ...(request.new_packages ? [{ action: 'add_packages' as const, path: 'new_packages' }] : []),
  ];
}

function pausing({ hold }: MediaBuyRecord, { paused }: UpdateMediaBuyRequest): Attempt[] {
  return paused === undefined || paused === hold ? [] : [{ action: paused ? 'pause' : 'resume', path: 'paused' }];
}

interface Times {
  readonly start_time?: string | undefined;
  readonly end_time?: string | undefined;
}

/** Moving the end alone extends or shortens; moving the start is another matter, whatever the end does. */
function flight(buy: Times, asked: Times, before: Times, now: string, path: string): Attempt[] {
  const moved = (from: string | undefined, to: string | undefined) =>
    from === undefined || to === undefined ? 0 : Date.parse(to) - Date.parse(from);
  const start = asked.start_time === undefined ? undefined : resolvedStart(asked.start_time, now);
  if (moved(before.start_time ?? buy.start_time, start) !== 0) return [{ action: 'update_flight_dates', path: `${path}start_time` }];
  const later = moved(before.end_time ?? buy.end_time, asked.end_time);
  return later === 0 ? [] : [{ action: later > 0 ? 'extend_flight' : 'shorten_flight', path: `${path}end_time` }];
}

/** Budgets that go up and down with the same sum are a reallocation. */
function budgets(buy: MediaBuyRecord, changes: readonly PackageUpdate[]): Attempt[] {
  const moves = changes.flatMap(({ package_id, budget }, at) => {
    const by = budget === undefined ? 0 : toMicros(budget) - toMicros(recordOf(buy, package_id)?.package.budget ?? 0);
    return by === 0 ? [] : [{ package_id, by, path: `packages[${at}].budget` }];
  });
  const sum = moves.reduce((total, { by }) => total + by, 0);
  return moves.map(({ package_id, by, path }) => ({
    package_id,
    path,
    action: sum === 0 ? 'reallocate_budget' : by > 0 ? 'increase_budget' : 'decrease_budget',
  }));
}

function packageAttempts(buy: MediaBuyRecord, change: PackageUpdate, path: string, now: string): Attempt[] {
  const record = recordOf(buy, change.package_id);
  if (record === undefined) return [];
  const { package: before } = record;
  const found: Omit<Attempt, 'package_id'>[] = [
    ...(change.canceled && before.canceled !== true ? [{ action: 'remove_packages' as const, path: `${path}.canceled` }] : []),
    ...flight(buy, change, before, now, `${path}.`),
    ...overlayAttempts(before.targeting_overlay, change, path),
    ...(change.pacing !== undefined && change.pacing !== before.pacing
      ? [{ action: 'update_pacing' as const, path: `${path}.pacing` }]
      : []),
    ...creativeAttempts(record, change, path),
  ];
  return found.map((attempt) => ({ ...attempt, package_id: change.package_id }));
}

function overlayAttempts(before: TargetingOverlay | undefined, change: PackageUpdate, path: string): Omit<Attempt, 'package_id'>[] {
  const after = withKeywords(change.targeting_overlay ?? before, change);
  const { frequency_cap: capBefore, ...restBefore } = before ?? {};
  const { frequency_cap: capAfter, ...restAfter } = after ? withoutTokens(after) : {};
  const delta = (['keyword_targets_add', 'keyword_targets_remove', 'negative_keywords_add', 'negative_keywords_remove'] as const).find(
    (member) => change[member] !== undefined,
  );
  return [
    ...(same(restBefore, restAfter)
      ? []
      : [{ action: 'update_targeting' as const, path: `${path}.${change.targeting_overlay ? 'targeting_overlay' : delta}` }]),
    ...(same(capBefore, capAfter) ? [] : [{ action: 'update_frequency_caps' as const, path: `${path}.targeting_overlay.frequency_cap` }]),
  ];
}

function creativeAttempts(
  { package: before }: PackageRecord,
  { creative_assignments: assigned, creatives }: PackageUpdate,
  path: string,
): Omit<Attempt, 'package_id'>[] {
  const changes = assigned !== undefined && !same(assigned, before.creative_assignments ?? []);
  return [
    ...(changes
      ? [
          {
            action: assigned.length === 0 ? ('remove_creative' as const) : ('update_creative_assignments' as const),
            path: `${path}.creative_assignments`,
          },
        ]
      : []),
    ...(creatives === undefined ? [] : [{ action: 'replace_creative' as const, path: `${path}.creatives` }]),
  ];
}

const recordOf = (buy: MediaBuyRecord, package_id: string): PackageRecord | undefined =>
  buy.packages.find((each) => each.package.package_id === package_id);

const same = (a: unknown, b: unknown): boolean => a === b || (a !== undefined && b !== undefined && canonicalJson(a) === canonicalJson(b));
