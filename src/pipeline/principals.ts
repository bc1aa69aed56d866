import type { Principal } from '../domain/caller.ts';

export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Nobody can say now whether credentials are good: what they are checked against is out of reach. */
export class CredentialsUnavailable extends Error {}

/** Who calls, from what a request carries. Production looks keys up; the sandbox knows demo keys. */
export interface PrincipalSource {
  /**
   * @param token the bearer token, without the scheme
   * @param headers of the HTTP request, names in lower case
   * @throws CredentialsUnavailable
   */
  principal(token: string, headers: Headers): Promise<Principal | undefined>;
}
