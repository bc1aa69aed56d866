/** A sandbox that wants calls signed: by whom, and which. The keys are those of the vectors in `storyboards/test-vectors`, which anybody can sign with. */
import type { Sandbox } from '../src/pipeline/sandbox.ts';
import type { PublicJwk } from '../src/protocol/signatures/keys.ts';
import { TASKS } from '../src/protocol/tasks.ts';
import { KITS, principalIdOf } from './kits.ts';

/** The first buyer, whose signature is enough. */
export const SIGNING_PRINCIPAL = { principal_id: principalIdOf(KITS[0]!), mode: KITS[0]!.mode } as const;

const common = { use: 'sig', key_ops: ['verify'], adcp_use: 'request-signing' } as const;
export const SIGNING_KEYS: readonly PublicJwk[] = [
  { ...common, kid: 'larkspur-ed25519', kty: 'OKP', crv: 'Ed25519', x: 'VQh3YCgKTOTO62ZwepchE5UnAb360uLvvYxkMxZCztU', alg: 'EdDSA' },
  { ...common, kid: 'larkspur-p256', kty: 'EC', crv: 'P-256', x: 'T6CP3E0lM141AtPvWvhXvPvHSDjjmMXGcw64bpi9epA', y: 'w5Ta9BrExbgi4cor5VvpgEcthw6yvKS6vz_oepvBbYA', alg: 'ES256' },
  { ...common, kid: 'larkspur-governance', kty: 'OKP', crv: 'Ed25519', x: '6-b7r7M19sDK2pH-NdNIJpm_wnHuI0kBp_ocnNYF-SI', alg: 'EdDSA', adcp_use: 'governance-signing' },
  { ...common, kid: 'larkspur-revoked', kty: 'OKP', crv: 'Ed25519', x: '3pjRROZdxwVd8wXL5ET3nrYo1TsMTogbWveX-72Jy3g', alg: 'EdDSA' },
];

const REVOKED = new Set(['larkspur-revoked']);

export const WANTS_SIGNATURES = {
  request_signing: {
    policy: {
      covers_content_digest: 'either', required_for: [], warn_for: [], supported_for: Object.keys(TASKS),
      protocol_methods_required_for: ['tasks/cancel'], protocol_methods_warn_for: [], protocol_methods_supported_for: ['tasks/cancel', 'tasks/get'],
    },
    signers: [{
      signer_id: 'training', principal: SIGNING_PRINCIPAL, signs_in: true,
      key: async (kid) => SIGNING_KEYS.find((key) => key.kid === kid), revocations: async () => ({ kids: REVOKED, stale: false }),
    }],
  },
} satisfies Pick<Sandbox, 'request_signing'>;
