/** What the buyer may do to a media buy now, and in which mode (seller specification §3.3). */
import type { ActionMode, AvailableAction, MediaBuyAction, ProductAllowedAction } from '../protocol/wire/core/media-buy-action.ts';
import type { Features } from './features.ts';
import { isTerminal, type MediaBuyRecord, type MediaBuyStatus } from './media-buy.ts';

/** Older, coarse words and the fine ones that they stand for. */
export const COARSE_ACTIONS: Readonly<Partial<Record<MediaBuyAction, readonly MediaBuyAction[]>>> = {
  update_budget: ['increase_budget', 'decrease_budget', 'reallocate_budget'],
  update_dates: ['extend_flight', 'shorten_flight', 'update_flight_dates'],
  update_packages: ['update_targeting', 'update_pacing', 'update_frequency_caps', 'reallocate_budget', 'remove_packages'],
  sync_creatives: ['replace_creative', 'update_creative_assignments', 'remove_creative'],
};

/** Of an action's declarations the one that speaks for it: its own, else that of a coarse word. */
export function declarationOf(action: MediaBuyAction, declared: readonly ProductAllowedAction[]): ProductAllowedAction | undefined {
  return declared.find((each) => each.action === action) ?? declared.find((each) => COARSE_ACTIONS[each.action]?.includes(action));
}

/** Whether a declaration holds in a status; one that names none holds until the buy ends. */
export const holdsIn = ({ allowed_statuses }: ProductAllowedAction, status: MediaBuyStatus): boolean =>
  allowed_statuses?.includes(status) ?? true;

/** What needs a library of creatives. */
const OF_THE_LIBRARY: readonly MediaBuyAction[] = ['sync_creatives', ...COARSE_ACTIONS.sync_creatives!];

/**
 * The actions that are open now: those that every package allows, in the strictest of their modes. A package whose product
 * declares nothing allows what its status allows. Nothing is open on a buy that has ended, and nothing about creatives with a seller
 * that has no library.
 */
export function availableActions(buy: MediaBuyRecord, { creative_library }: Pick<Features, 'creative_library'>): AvailableAction[] {
  if (isTerminal(buy.status)) return [];
  const live = buy.packages.filter(({ package: { canceled } }) => canceled !== true);
  const declared = live.map(({ terms: { allowed_actions } }) => allowed_actions);
  const surfaces = (declared.length > 0 ? declared : [undefined]).map((actions) =>
    (actions ?? defaults(buy)).filter((each) => holdsIn(each, buy.status)),
  );
  const names = [...new Set(surfaces.flat().map(({ action }) => action))];
  const open = names
    .filter((action) => creative_library || !OF_THE_LIBRARY.includes(action))
    .flatMap((action) => shared(action, surfaces) ?? []);
  const waits = buy.status === 'pending_creatives' && open.every(({ action }) => action !== 'sync_creatives');
  return waits ? [...open, { action: 'sync_creatives', mode: 'self_serve' }] : open;
}

const STRICTNESS: readonly ActionMode[] = ['self_serve', 'conditional_self_serve', 'requires_approval'];

function shared(action: MediaBuyAction, surfaces: readonly (readonly ProductAllowedAction[])[]): AvailableAction | undefined {
  const found = surfaces.map((surface) => declarationOf(action, surface));
  if (!found.every((each) => each !== undefined)) return undefined;
  const resolved = found.map((each) => ({ ...each, mode: each.modes.includes('self_serve') ? ('self_serve' as const) : each.modes[0]! }));
  const { mode, sla, terms_ref } = resolved.reduce((strictest, each) =>
    STRICTNESS.indexOf(each.mode) > STRICTNESS.indexOf(strictest.mode) ? each : strictest,
  );
  return { action, mode, ...(sla ? { sla } : {}), ...(terms_ref === undefined ? {} : { terms_ref }) };
}

/** What is open where a product says nothing. */
function defaults({ status, hold }: MediaBuyRecord): ProductAllowedAction[] {
  const names = defaultNames(status, hold);
  return names.map((action) => ({ action, modes: ['self_serve'] }));
}

function defaultNames(status: MediaBuyStatus, hold: boolean): MediaBuyAction[] {
  switch (status) {
    case 'pending_creatives':
    case 'pending_start':
      return [
        'pause',
        ...(hold ? ['resume' as const] : []),
        'cancel',
        'sync_creatives',
        'update_budget',
        'update_dates',
        'update_packages',
      ];
    case 'active':
      return ['pause', 'cancel', 'update_budget', 'update_dates', 'update_packages', 'add_packages', 'sync_creatives'];
    case 'paused':
      return ['resume', 'cancel', 'update_budget', 'update_dates', 'update_packages', 'add_packages', 'sync_creatives'];
    case 'completed':
    case 'rejected':
    case 'canceled':
      return [];
  }
}
