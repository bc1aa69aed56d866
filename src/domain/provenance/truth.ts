/** Whether what a creative claims of its provenance is true, as far as agents that the seller trusts can tell. */
import { adcpError, type AdcpError } from '../../protocol/errors.ts';
import type { CreativeAsset } from '../../protocol/wire/core/creative-asset.ts';
import type { FoundFeature } from '../ports/verifier.ts';
import { claimsOf, nominatedBy } from './claims.ts';
import type { AcceptedVerifier, ProvenancePolicy } from './policy.ts';
import { isAccepted } from './structure.ts';

/** An agent to ask. */
export interface Inquiry {
  readonly agent_url: string;
  readonly feature_ids: readonly string[];
}

/** Claims that say: no machine has made this. */
const NOT_GENERATED = new Set(['digital_capture', 'digital_creation', 'human_edits', 'composite_capture', 'data_driven_media']);
/** What verifiers call the finding that a machine has. */
const GENERATED_FEATURE = 'ai_generated';
/** Below this a finding refutes nobody. */
const LEAST_CONFIDENCE = 0.9;

/**
 * Whom to ask about a creative whose structure is in order: the accepted agents that it names, each once, or where it names none the
 * first that the policy accepts.
 */
export function inquiriesFor(asset: CreativeAsset, { verifiers }: ProvenancePolicy): readonly Inquiry[] {
  const named = claimsOf(asset).flatMap(nominatedBy);
  const asked: readonly AcceptedVerifier[] = named.length > 0 ? named : verifiers.slice(0, 1);
  const agents = Map.groupBy(asked.filter(({ agent_url }) => isAccepted(agent_url, verifiers)), ({ agent_url }) => agent_url);
  return [...agents].map(([agent_url, entries]) => {
    const own = verifiers.filter((verifier) => isAccepted(agent_url, [verifier]));
    return { agent_url, feature_ids: [...new Set([...entries, ...own].flatMap(({ feature_id }) => feature_id ?? []))] };
  });
}

/**
 * What refutes a creative's claim, or undefined. Nothing else of an agent's answer goes into the refusal: it may hold what is not the
 * buyer's to know.
 * @param under literal path of the creative in the request
 */
export function contradiction(asset: CreativeAsset, under: string, agent_url: string, features: readonly FoundFeature[]): AdcpError | undefined {
  const claim = claimsOf(asset).find(({ provenance: { digital_source_type: type } }) => type !== undefined && NOT_GENERATED.has(type));
  const finding = features.find(({ feature_id, value, confidence = 1 }) => feature_id === GENERATED_FEATURE && value === true && confidence >= LEAST_CONFIDENCE);
  if (claim === undefined || finding === undefined) return undefined;
  const claimed_value = claim.provenance.digital_source_type;
  return adcpError('PROVENANCE_CLAIM_CONTRADICTED', `the creative claims ${claimed_value}, and an accepted verifier finds that it was generated`, {
    field: `${under}.${claim.path}.digital_source_type`,
    details: { agent_url, feature_id: finding.feature_id, claimed_value, observed_value: true, ...(finding.confidence === undefined ? {} : { confidence: finding.confidence }) },
  });
}
