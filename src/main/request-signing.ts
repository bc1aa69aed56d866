/** Signatures on incoming calls, as the configuration wants them. */
import { readFileSync } from 'node:fs';
import type { Config } from '../config/config.ts';
import type { ConfiguredSigner } from '../config/shape.ts';
import { ConfigError } from '../config/yaml-file.ts';
import type { Signer } from '../domain/ports/signers.ts';
import { policyFlaw, type SigningPolicy } from '../domain/request-signing.ts';
import { peerOf } from '../http/peer.ts';
import type { Signatures } from '../http/signatures.ts';
import { isLoopbackAddress } from '../outbound/addresses.ts';
import { agentKeys, givenKeys, publishedKeys, readKeySet, type KeySet } from '../outbound/signers/key-set.ts';
import type { Fetching } from '../outbound/signers/kept-document.ts';
import { listedRevocations, namedRevocations } from '../outbound/signers/revocation-list.ts';
import { signatureGuard, type GuardMeans } from '../pipeline/signed/guard.ts';
import type { Sandbox } from '../pipeline/sandbox.ts';

const NONCES_PER_KEY = 1_000_000;
const GRACE_SECONDS = 900;
/** What A2A serves of its own. */
const METHODS = ['tasks/get', 'tasks/list', 'tasks/cancel'];

/**
 * What is declared and held to; undefined when nothing is said of signatures.
 * @param served the tasks that are served
 * @param sandbox stands in for a configuration that says nothing
 * @throws ConfigError
 */
export function signingPolicy({ request_signing: settings, public_url }: Config, served: readonly string[], sandbox?: Pick<Sandbox, 'request_signing'>): SigningPolicy | undefined {
  if (settings === undefined) return public_url === undefined ? undefined : sandbox?.request_signing?.policy;
  if (public_url === undefined) throw new ConfigError('request_signing needs public_url: callers sign the https URL that they call');
  const { covers_content_digest = 'either', required_for = [], warn_for = [], supported_for = [...served] } = settings;
  const { protocol_methods_required_for = [], protocol_methods_warn_for = [], protocol_methods_supported_for = [...new Set([...METHODS, ...protocol_methods_required_for, ...protocol_methods_warn_for])] } = settings;
  const policy = { covers_content_digest, required_for, warn_for, supported_for, protocol_methods_required_for, protocol_methods_warn_for, protocol_methods_supported_for };
  const flaw = policyFlaw(policy, new Set(served));
  if (flaw !== undefined) throw new ConfigError(`request_signing: ${flaw}`);
  return policy;
}

export interface SigningMeans extends Fetching, Pick<GuardMeans, 'claimNonce' | 'judged'> {
  readonly policy: SigningPolicy;
  readonly sandbox?: Pick<Sandbox, 'request_signing' | 'signatures'>;
}

/** @throws ConfigError when the keys of a signer cannot be read */
export function requestSignatures(config: Config, { sandbox, policy, ...means }: SigningMeans): Signatures {
  const { signers: configured, nonces_per_key = NONCES_PER_KEY } = config.request_signing ?? { signers: [] };
  const signers = config.request_signing ? configured.map((signer, at) => signerOf(signer, at, config.sandbox, means)) : (sandbox?.request_signing?.signers ?? []);
  const guard = signatureGuard({
    policy, signers, nonces_per_key, claimNonce: means.claimNonce, clock: means.clock, ...(means.judged ? { judged: means.judged } : {}),
  });
  return { guard: sandbox?.signatures?.(guard) ?? guard, origin: originOf(config), peer: (request) => peerOf(request, config.proxies) };
}

/** The https origin that buyers know; a sandbox may be called where it listens, too. */
function originOf({ public_url, sandbox }: Config): (host: string | undefined) => string {
  const { origin } = new URL(public_url!);
  return (host = '') => {
    const { hostname = '' } = (sandbox ? URL.parse(`http://${host}`) : null) ?? {};
    return hostname === 'localhost' || isLoopbackAddress(hostname.replace(/^\[|\]$/g, '')) ? `http://${host}` : origin;
  };
}

function signerOf(configured: ConfiguredSigner, at: number, sandbox: boolean, means: Fetching): Signer {
  const { principal_id, billing, signs_in = false, revoked_kids = [], revocation_uri, revocation_grace_seconds = GRACE_SECONDS } = configured;
  const keys = keysOf(configured, `request_signing.signers[${at}]`, means);
  return {
    signer_id: [principal_id, configured.agent_url ?? configured.jwks_uri ?? configured.jwks_file].join(' '), signs_in,
    principal: { principal_id, mode: sandbox ? 'sandbox' : 'live', ...(billing ? { billing } : {}) },
    key: (kid) => keys.named(kid),
    revocations: revocation_uri === undefined ? namedRevocations(revoked_kids) : listedRevocations(revocation_uri, revoked_kids, revocation_grace_seconds, means),
  };
}

function keysOf({ jwks_uri, jwks_file, brand_json_url, agent_url }: ConfiguredSigner, where: string, means: Fetching): KeySet {
  if ([jwks_uri, jwks_file, brand_json_url].filter((each) => each !== undefined).length !== 1)
    throw new ConfigError(`${where} needs the signer's keys: set one of jwks_uri, jwks_file and brand_json_url`);
  if ((brand_json_url === undefined) !== (agent_url === undefined)) throw new ConfigError(`${where}: brand_json_url and agent_url come only together`);
  if (brand_json_url !== undefined) return agentKeys(brand_json_url, agent_url!, means);
  if (jwks_uri !== undefined) return publishedKeys(async () => jwks_uri, means);
  const keys = readKeySet(fileOf(jwks_file!, where));
  if (keys === undefined) throw new ConfigError(`${where}.jwks_file: ${jwks_file} holds no set of keys (RFC 7517)`);
  return givenKeys(keys);
}

function fileOf(file: string, where: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ConfigError(`${where}.jwks_file: ${file} cannot be read: ${(error as Error).message}`);
  }
}
