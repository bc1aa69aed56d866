import type { ApiKey } from '../api-key.ts';

/** What a look into a store from beside it finds, without changing a byte. */
export type Examination =
  | { readonly kind: 'unreadable'; readonly reason: string }
  | {
    readonly kind: 'examined';
    /** 0 when nobody has begun to use it. */
    readonly migration: number;
    readonly newest: number;
    /** What is broken; absent when nothing is. */
    readonly damage?: string;
    /** Whether a server has it. */
    readonly served: boolean;
    /** ISO 8601. */
    readonly last_written?: string;
    readonly waiting: { readonly count: number; readonly oldest_run_at?: string };
    readonly failed_jobs: number;
    readonly keys: readonly ApiKey[];
    /** Whether an inventory was imported. */
    readonly inventory: boolean;
  };
