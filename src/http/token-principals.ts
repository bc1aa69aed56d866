/** Access tokens of an OAuth 2.1 authorization server: JWTs that are checked against its keys (RFC 9068), beside API keys. */
import { errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { Principal } from '../domain/caller.ts';
import type { Grant } from '../domain/grant.ts';
import type { Clock } from '../domain/ports/clock.ts';
import { CredentialsUnavailable, type PrincipalSource } from '../pipeline/principals.ts';

export interface TokenRules {
  readonly issuer: string;
  /** What a token must be meant for: the URL of this agent. */
  readonly audience: string;
  /** The claim that names the principal. */
  readonly principal_claim: string;
  /** The claim with the account_ids that a token is good for; absent: tokens are good for all accounts of the principal. */
  readonly accounts_claim?: string;
  readonly read_scope: string;
  readonly write_scope: string;
}

/** Signatures with a public key only: a shared secret would let whoever verifies issue tokens. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];
/** By how much the clocks of the issuer and of this server may differ. */
const SKEW_SECONDS = 30;
const LOOKS_LIKE_A_JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/**
 * @param keys looks up the issuer's key of a token; throws when it cannot be asked
 */
export function tokenPrincipals(rules: TokenRules, keys: JWTVerifyGetKey, clock: Clock): PrincipalSource {
  return {
    async principal(token) {
      if (!LOOKS_LIKE_A_JWT.test(token)) return undefined;
      const claims = await verified(token, rules, keys, clock);
      return claims && principalOf(claims, rules);
    },
  };
}

async function verified(token: string, { issuer, audience, principal_claim }: TokenRules, keys: JWTVerifyGetKey, clock: Clock): Promise<JWTPayload | undefined> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer, audience, algorithms: ALGORITHMS, requiredClaims: ['exp', principal_claim], clockTolerance: SKEW_SECONDS, currentDate: clock.now(),
    });
    return payload;
  } catch (error) {
    // Keys that match nothing, or more than one, say that the token is bad; any other trouble with keys is not the token's.
    if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) return undefined;
    if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid || !(error instanceof errors.JOSEError) || error.code === 'ERR_JOSE_GENERIC')
      throw new CredentialsUnavailable(`the keys of ${issuer} cannot be had: ${(error as Error).message}`, { cause: error });
    return undefined;
  }
}

/** Whose token it is, and what for. One without any scope of ours is known, and may do nothing that needs credentials. */
function principalOf(claims: JWTPayload, { principal_claim, accounts_claim, read_scope, write_scope }: TokenRules): Principal | undefined {
  const principal_id = claims[principal_claim];
  if (typeof principal_id !== 'string' || principal_id === '' || principal_id.length > 200) return undefined;
  const scopes = scopesOf(claims);
  const accounts = accounts_claim === undefined ? undefined : stringsOf(claims[accounts_claim]);
  const rights: Grant = scopes.has(write_scope) ? {} : scopes.has(read_scope) ? { read_only: true } : { tasks: [] };
  const grant: Grant = { ...rights, ...(accounts ? { account_ids: accounts } : {}) };
  return { principal_id, mode: 'live', ...(Object.keys(grant).length > 0 ? { grant } : {}) };
}

/** RFC 9068 has one text with blanks; some issuers have a list under another name. */
const scopesOf = ({ scope, scp }: JWTPayload): ReadonlySet<string> => new Set(typeof scope === 'string' ? scope.split(' ') : stringsOf(scope ?? scp));

const stringsOf = (claim: unknown): readonly string[] =>
  typeof claim === 'string' ? [claim] : Array.isArray(claim) ? claim.filter((each): each is string => typeof each === 'string') : [];
