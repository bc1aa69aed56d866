/** A media buy as a few plain rules have it, written from the specification (§3.1 to §3.4) and not from the seller: what the real one is held against. */
import type { MediaBuyAction } from '../../src/protocol/wire/core/media-buy-action.ts';
import type { ProductAllowedAction } from '../../src/protocol/wire/core/media-buy-action.ts';
import type { MediaBuyStatus } from '../../src/protocol/wire/core/media-buy-status.ts';

export const DAY_MS = 86_400_000;

export interface ModelPackage {
  cents: number;
  canceled: boolean;
  creatives: string[];
  audiences: string[];
}

export const ENDED: readonly MediaBuyStatus[] = ['completed', 'rejected', 'canceled'];

/** Where a status may lead, copied from the table of the specification. */
export const EDGES: Readonly<Record<MediaBuyStatus, readonly MediaBuyStatus[]>> = {
  pending_creatives: ['pending_start', 'active', 'paused', 'canceled', 'rejected'], pending_start: ['active', 'paused', 'canceled', 'rejected'],
  active: ['paused', 'completed', 'canceled'], paused: ['active', 'completed', 'canceled'], completed: [], rejected: [], canceled: [],
};

/** What a product may declare: allowed at once, only in some states, only with approval, or not at all. */
export const DECLARED: readonly ProductAllowedAction[] = [
  { action: 'pause', modes: ['self_serve'], allowed_statuses: ['pending_start', 'active'] },
  { action: 'resume', modes: ['self_serve'] },
  { action: 'cancel', modes: ['conditional_self_serve', 'self_serve'] },
  { action: 'increase_budget', modes: ['self_serve'], allowed_statuses: ['pending_creatives', 'active'] },
  { action: 'decrease_budget', modes: ['self_serve'] },
  { action: 'extend_flight', modes: ['requires_approval'] },
  { action: 'shorten_flight', modes: ['self_serve'] },
  { action: 'update_targeting', modes: ['self_serve'], allowed_statuses: ['active', 'paused'] },
  { action: 'sync_creatives', modes: ['self_serve'] },
  { action: 'add_packages', modes: ['self_serve'], allowed_statuses: ['active'] },
];

/** Coarse words that a declaration uses here, for the fine actions that they stand for. */
const COARSE: Partial<Record<MediaBuyAction, MediaBuyAction>> = { update_creative_assignments: 'sync_creatives', remove_creative: 'sync_creatives' };

export class MediaBuyModel {
  status: MediaBuyStatus = 'pending_creatives';
  hold = false;
  revision = 1;
  /** Events that the history holds. */
  events = 1;
  /** Forced last: the clock does not move it until something else happens. */
  forced = false;
  readonly packages: ModelPackage[] = [];
  readonly library = new Map<string, 'approved' | 'rejected'>();
  readonly suspended = new Set<string>();
  readonly declares: boolean;
  now: number;
  readonly start: number;
  end: number;

  constructor(times: { readonly now: number; readonly start: number; readonly end: number }, declares: boolean) {
    this.now = times.now;
    this.start = times.start;
    this.end = times.end;
    this.declares = declares;
  }

  get ended(): boolean { return ENDED.includes(this.status); }
  get live(): ModelPackage[] { return this.packages.filter(({ canceled }) => !canceled); }
  get cents(): number { return this.packages.reduce((sum, { cents }) => sum + cents, 0); }

  /** Whether a product's own word allows the action now. */
  allows(action: MediaBuyAction): boolean {
    if (!this.declares || this.live.length === 0) return true;
    const found = DECLARED.find((each) => each.action === action) ?? DECLARED.find((each) => each.action === COARSE[action]);
    return found !== undefined && found.modes.includes('self_serve') && (found.allowed_statuses?.includes(this.status) ?? true);
  }

  /** The clock, as a reader sees it. */
  tick(): void {
    if (this.forced) return;
    if (this.status === 'pending_start' && this.now >= this.start) this.#enter(this.hold ? 'paused' : 'active');
    this.#finish();
  }

  /** An accepted change of the buyer. */
  changed(): void {
    this.revision += 1;
    this.#settle();
  }

  /** A creative came into the library. */
  arrived(id: string): void {
    this.library.set(id, 'approved');
    if (this.status === 'pending_creatives' && this.#covered()) this.#settle();
  }

  force(status: MediaBuyStatus): void {
    if (status === this.status || !EDGES[this.status].includes(status)) return;
    this.revision += 1;
    this.hold = status === 'paused' || (this.hold && status !== 'active');
    this.#enter(status);
    this.forced = true;
  }

  cancel(): void {
    this.revision += 1;
    this.#enter('canceled');
  }

  /** What is lost, and who misses it: `creative banner 0,2`. */
  get losses(): string[] {
    if (this.ended) return [];
    const using = (kind: 'creatives' | 'audiences', id: string) => this.packages.flatMap((each, at) => (!each.canceled && each[kind].includes(id) ? [at] : [])).join();
    const lost = [
      ...[...this.library].flatMap(([id, status]) => (status === 'rejected' ? [['creative', id, using('creatives', id)]] : [])),
      ...[...this.suspended].map((id) => ['audience', id, using('audiences', id)]),
    ];
    return lost.filter(([, , users]) => users !== '').map((each) => each.join(' ')).toSorted();
  }

  #covered(): boolean {
    return this.live.some(({ creatives }) => creatives.some((id) => this.library.has(id)));
  }

  #settle(): void {
    const begun = this.status === 'active' || this.status === 'paused';
    const waits = this.status === 'pending_creatives' && !this.#covered();
    this.#enter(waits ? 'pending_creatives' : !begun && this.now < this.start ? 'pending_start' : this.hold ? 'paused' : 'active');
    this.#finish();
  }

  #finish(): void {
    if ((this.status === 'active' || this.status === 'paused') && this.now >= this.end) this.#enter('completed');
  }

  #enter(status: MediaBuyStatus): void {
    this.status = status;
    this.events += 1;
    this.forced = false;
  }
}
