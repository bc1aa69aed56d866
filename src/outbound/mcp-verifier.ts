import type { FoundFeature, Verifier } from '../domain/ports/verifier.ts';
import { checkShape } from '../protocol/request-check.ts';
import { AuditObservation } from '../protocol/wire/comply-test-controller.ts';
import type { AgentAnswer } from './agent-caller.ts';
import type { CallFor } from './recorded-agent.ts';

/** Asks governance agents with `get_creative_features`. What they say beyond AdCP's shapes is left out. */
export function mcpVerifier(call: (call: CallFor) => Promise<AgentAnswer>): Verifier {
  return {
    async ask({ agent_url, feature_ids, creative, principal_id }) {
      const { format_id, format_kind, format_option_ref, assets, provenance } = creative;
      const creative_manifest = { ...(format_id ? { format_id } : {}), ...(format_kind ? { format_kind } : {}), ...(format_option_ref ? { format_option_ref } : {}), assets, ...(provenance ? { provenance } : {}) };
      const answered = await call({
        agent_url, principal_id, tool: 'get_creative_features', request: { creative_manifest, ...(feature_ids.length > 0 ? { feature_ids } : {}) },
      });
      if (answered.kind === 'unreachable') return { kind: 'silent', reason: answered.reason };
      if (answered.kind === 'refused') return { kind: 'silent', reason: 'the agent refuses' };
      const { results, audit_observations } = answered.document;
      if (!Array.isArray(results)) return { kind: 'silent', reason: 'the agent names no results' };
      return { kind: 'told', features: results.flatMap(featureOf), observations: listOf(audit_observations).flatMap(observationOf) };
    },
  };
}

function featureOf(result: unknown): readonly FoundFeature[] {
  if (typeof result !== 'object' || result === null) return [];
  const { feature_id, value, confidence } = result as Readonly<Record<string, unknown>>;
  if (typeof feature_id !== 'string' || !['boolean', 'number', 'string'].includes(typeof value)) return [];
  return [{ feature_id, value: value as FoundFeature['value'], ...(typeof confidence === 'number' && confidence >= 0 && confidence <= 1 ? { confidence } : {}) }];
}

const observationOf = (observation: unknown): readonly AuditObservation[] =>
  checkShape(AuditObservation, observation) === undefined ? [observation as AuditObservation] : [];
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
