/** Who may call a server without the sandbox: keys of the configuration, keys of the store, tokens of the configured issuer. */
import type { Config } from '../config/config.ts';
import type { Clock } from '../domain/ports/clock.ts';
import type { Store } from '../domain/ports/store.ts';
import { firstOf, keyPrincipals, storedKeyPrincipals } from '../http/key-principals.ts';
import type { Sender } from '../outbound/sender.ts';
import type { PrincipalSource } from '../pipeline/principals.ts';

export interface Access {
  readonly principals: PrincipalSource;
  /** What anybody may read about it, by path. */
  readonly documents: ReadonlyMap<string, object>;
  /** The URL of the document for callers without credentials, when tokens are taken. */
  readonly resource_metadata?: string;
}

/** @throws ConfigError when the issuer's keys are in a file that cannot be read */
export async function access(config: Config, agent_url: string, { store, clock, send }: { readonly store: Store; readonly clock: Clock; readonly send: Sender }): Promise<Access> {
  const keyed = [keyPrincipals(config.principals), storedKeyPrincipals(store, clock)];
  if (config.oauth === undefined) return { principals: firstOf(...keyed), documents: new Map() };
  const { tokenAccess } = await import('./token-access.ts');
  const tokens = tokenAccess(config.oauth, { agent_url, name: config.seller.name, clock, send });
  return { ...tokens, principals: firstOf(...keyed, tokens.principals) };
}
