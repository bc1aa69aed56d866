/**
 * What a test has told a sandbox to do at a later call, once: kept by caller, and by brand where the brand is known, since a
 * harness names the account of one advertiser in several ways.
 */
import type { Brand } from '../src/domain/account.ts';
import type { SharedState } from './shared-state.ts';

export interface SubmittedArm {
  readonly task_id: string;
  readonly message?: string;
}

/** What can be told of a task: to answer `submitted`, or to answer as if what stands behind it were out of reach. */
export interface DirectiveKinds {
  readonly submitted: SubmittedArm;
  readonly stale: { readonly upstream_name?: string };
}

/** Of which call a directive waits. */
export interface DirectivePlace {
  readonly principal_id: string;
  readonly brand: Brand | undefined;
  readonly task: string;
}

export interface Directives {
  tell<Kind extends keyof DirectiveKinds>(kind: Kind, place: DirectivePlace, directive: DirectiveKinds[Kind]): void;
  /** Takes what waits for this request. A request that is decided again, because a row changed, finds it again. */
  take<Kind extends keyof DirectiveKinds>(kind: Kind, place: DirectivePlace, request: object): DirectiveKinds[Kind] | undefined;
}

export function openDirectives(state: SharedState): Directives {
  const waiting = state.shelf<unknown>('directives');
  const taken = new WeakMap<object, Map<string, unknown>>();
  const nameOf = (kind: string, { principal_id, brand, task }: DirectivePlace) => JSON.stringify([kind, principal_id, brand?.domain ?? null, task]);
  return {
    tell: (kind, place, directive) => waiting.put(nameOf(kind, place), directive),
    take(kind, place, request) {
      const own = taken.get(request) ?? new Map<string, unknown>();
      const name = nameOf(kind, place);
      if (!own.has(name)) own.set(name, waiting.take(name));
      taken.set(request, own);
      return own.get(name) as never;
    },
  };
}
