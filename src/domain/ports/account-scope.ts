import type { AccountRecord, Brand } from '../account.ts';
import type { Principal, Reach } from '../caller.ts';

/** What a request says of its account; `brand` may stand on the request itself instead. */
export interface AccountNaming {
  readonly account_id?: string;
  readonly brand?: Brand;
  readonly operator?: string;
  readonly sandbox?: boolean;
}

/**
 * How far an account reaches. The production rule is exact: a library per account, nothing seen of any other.
 * The sandbox (training-agent) is tolerant, because test harnesses name one account in several ways.
 */
export interface AccountScope {
  /** Where what is registered for an account is kept. */
  library(principal: Principal, brand: Brand, operator: string, account_id: string): string;
  /** What a call may touch, given the account that it resolved to, or else the brand that it names. */
  reach(principal: Principal, account: AccountRecord | undefined, naming: AccountNaming | undefined): Reach;
  /** Within which an idempotency key is unique. */
  idempotencyScope(principal: Principal, account: AccountRecord | undefined, naming: AccountNaming | undefined): string;
  /** Which of the principal's accounts for that brand is meant. */
  choose(principal: Principal, naming: AccountNaming, candidates: readonly AccountRecord[]): readonly AccountRecord[];
  /** An account that a principal finds without having asked for one. */
  initial(principal: Principal): AccountNaming | undefined;
  /** What to do with an account that is not known: refuse, go on without one (reads), or provision it (writes). */
  unknown(principal: Principal, naming: AccountNaming, mutating: boolean): 'refuse' | 'without' | 'provision';
}
