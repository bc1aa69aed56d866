import type { Caller, Reach } from './caller.ts';

/** What is registered, changed or deleted for an account stays in its own library, however far the caller reaches for reading. */
export function ownLibrary({ principal, account, reach }: Caller): Reach {
  const library = account?.library ?? reach.library;
  return { principal_id: principal.principal_id, wide: false, ...(library === undefined ? {} : { library }) };
}
