/** Whether a creative says of its provenance what a policy wants to know. Nobody is called for it. */
import { adcpError, type AdcpError } from '../../protocol/errors.ts';
import type { CreativeAsset } from '../../protocol/wire/core/creative-asset.ts';
import { claimsOf, nominatedBy } from './claims.ts';
import type { AcceptedVerifier, ProvenancePolicy } from './policy.ts';

/**
 * The first thing that is missing, in the order in which a buyer would mend it.
 * @param under literal path of the creative in the request: `creatives[0]`
 */
export function provenanceFlaw(asset: CreativeAsset, under: string, policy: ProvenancePolicy): AdcpError | undefined {
  const claims = claimsOf(asset);
  const [first] = claims;
  if (first === undefined) return adcpError('PROVENANCE_REQUIRED', 'the creative must say where it comes from', { field: `${under}.provenance` });
  const missing = (code: 'PROVENANCE_DIGITAL_SOURCE_TYPE_MISSING' | 'PROVENANCE_DISCLOSURE_MISSING' | 'PROVENANCE_EMBEDDED_MISSING', member: string, message: string) =>
    adcpError(code, message, { field: `${under}.${first.path}.${member}` });
  const says = (member: 'digital_source_type' | 'disclosure' | 'embedded_provenance') => claims.some(({ provenance }) => provenance[member] !== undefined);

  if (policy.digital_source_type && !says('digital_source_type'))
    return missing('PROVENANCE_DIGITAL_SOURCE_TYPE_MISSING', 'digital_source_type', 'the provenance must state a digital_source_type');
  const stranger = claims.flatMap(nominatedBy).find(({ agent_url }) => !isAccepted(agent_url, policy.verifiers));
  if (stranger)
    return adcpError('PROVENANCE_VERIFIER_NOT_ACCEPTED', 'this agent is not among the accepted_verifiers of the product, and was not called', { field: `${under}.${stranger.path}` });
  if (policy.disclosure && !says('disclosure'))
    return missing('PROVENANCE_DISCLOSURE_MISSING', 'disclosure', 'the provenance must state whether a disclosure is required');
  if (policy.embedded && !says('embedded_provenance'))
    return missing('PROVENANCE_EMBEDDED_MISSING', 'embedded_provenance', 'the provenance must name what is embedded in the assets');
  return undefined;
}

/** Two spellings of one URL are one agent. */
export function isAccepted(agent_url: string, verifiers: readonly AcceptedVerifier[]): boolean {
  const asked = canonical(agent_url);
  return verifiers.some((verifier) => canonical(verifier.agent_url) === asked);
}

function canonical(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null ? url : `${parsed.origin}${parsed.pathname.replace(/\/+$/, '')}${parsed.search}`;
}
