/** What products want to be told of where a creative comes from (`creative_policy`, seller specification §2.12). */
import type { CreativePolicy } from '../../protocol/wire/core/creative-policy.ts';

export interface AcceptedVerifier {
  readonly agent_url: string;
  readonly feature_id?: string;
}

export interface ProvenancePolicy {
  readonly digital_source_type: boolean;
  readonly disclosure: boolean;
  readonly embedded: boolean;
  /** Agents that may be asked whether a claim is true; nobody else is called. */
  readonly verifiers: readonly AcceptedVerifier[];
}

/** The policies that ask for provenance, taken together; undefined when none does. */
export function strictest(policies: readonly (CreativePolicy | undefined)[]): ProvenancePolicy | undefined {
  const asking = policies.flatMap((policy) => (policy?.provenance_required === true ? [policy] : []));
  if (asking.length === 0) return undefined;
  const wants = (member: keyof NonNullable<CreativePolicy['provenance_requirements']>) => asking.some(({ provenance_requirements }) => provenance_requirements?.[member] === true);
  return {
    digital_source_type: wants('require_digital_source_type'),
    disclosure: wants('require_disclosure_metadata'),
    embedded: wants('require_embedded_provenance'),
    verifiers: asking.flatMap(({ accepted_verifiers = [] }) => accepted_verifiers.map(({ agent_url, feature_id }) => ({ agent_url, ...(feature_id ? { feature_id } : {}) }))),
  };
}

/**
 * What every product of a catalogue wants, so that a creative without it could run nowhere. Where one product wants nothing, a
 * library takes any creative, and the products that do want something are asked when the creative is assigned.
 */
export function sharedByAll(policies: readonly (CreativePolicy | undefined)[]): ProvenancePolicy | undefined {
  const each = policies.map((policy) => strictest([policy]));
  if (each.length === 0 || each.includes(undefined)) return undefined;
  const all = each as readonly ProvenancePolicy[];
  return {
    digital_source_type: all.every(({ digital_source_type }) => digital_source_type),
    disclosure: all.every(({ disclosure }) => disclosure),
    embedded: all.every(({ embedded }) => embedded),
    verifiers: all.flatMap(({ verifiers }) => verifiers),
  };
}
