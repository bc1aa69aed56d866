import type { AuditObservation } from '../../protocol/wire/comply-test-controller.ts';
import type { CreativeAsset } from '../../protocol/wire/core/creative-asset.ts';

/** What is to be found out about a creative, and by whom. */
export interface VerifierQuestion {
  readonly agent_url: string;
  readonly feature_ids: readonly string[];
  readonly creative: CreativeAsset;
  /** On whose behalf. */
  readonly principal_id: string;
}

export interface FoundFeature {
  readonly feature_id: string;
  readonly value: boolean | number | string;
  /** From 0 to 1. */
  readonly confidence?: number;
}

export type VerifierReply =
  | { readonly kind: 'told'; readonly features: readonly FoundFeature[]; /** Worth a look by people, and no reason to refuse. */ readonly observations: readonly AuditObservation[] }
  | { readonly kind: 'silent'; readonly reason: string };

/** Asks a governance agent of the seller's choice what it finds in a creative (`get_creative_features`). */
export interface Verifier {
  ask(question: VerifierQuestion): Promise<VerifierReply>;
}
