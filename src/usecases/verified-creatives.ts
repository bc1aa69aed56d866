/** Holds the creatives of a sync to what products want to know of their provenance, and asks accepted verifiers whether it is true. */
import type { Caller } from '../domain/caller.ts';
import type { CreativeVerdict, ListedAsset } from '../domain/creative-verdict.ts';
import { sharedByAll, strictest, type ProvenancePolicy } from '../domain/provenance/policy.ts';
import { provenanceFlaw } from '../domain/provenance/structure.ts';
import { contradiction, inquiriesFor } from '../domain/provenance/truth.ts';
import type { AuditObservation } from '../protocol/wire/comply-test-controller.ts';
import type { Desk } from './desk.ts';

export interface VerifiedCreative extends CreativeVerdict {
  /** `silent`: somebody who should have been asked could not be, so that people have to look before the creative runs. */
  readonly verification: 'none' | 'told' | 'silent';
  /** What verifiers found worth a look. */
  readonly observations: readonly AuditObservation[];
}

export async function verifiedCreatives(verdicts: readonly CreativeVerdict[], listed: readonly ListedAsset[], caller: Caller, desk: Desk): Promise<VerifiedCreative[]> {
  const policy = await policyFor(caller, desk);
  return Promise.all(verdicts.map((verdict, nth) => {
    const plain = { ...verdict, observations: [], verification: 'none' as const };
    if (policy === undefined || verdict.errors.length > 0) return plain;
    const flaw = provenanceFlaw(verdict.asset, `creatives[${listed[nth]!.at}]`, policy);
    return flaw ? { ...plain, errors: [flaw] } : verified(verdict, `creatives[${listed[nth]!.at}]`, policy, caller, desk);
  }));
}

async function policyFor(caller: Caller, { catalogue }: Desk): Promise<ProvenancePolicy | undefined> {
  const policies = await catalogue.library_policies?.(caller);
  return policies ? strictest(policies) : sharedByAll((await catalogue.products(caller)).map(({ creative_policy }) => creative_policy));
}

async function verified(verdict: CreativeVerdict, under: string, policy: ProvenancePolicy, { principal }: Caller, { verifier }: Desk): Promise<VerifiedCreative> {
  const { asset, warnings } = verdict;
  const inquiries = verifier ? inquiriesFor(asset, policy) : [];
  const replies = await Promise.all(inquiries.map((inquiry) => verifier!.ask({ ...inquiry, creative: asset, principal_id: principal.principal_id })));
  const told = replies.map((reply, nth) => ({ reply, agent_url: inquiries[nth]!.agent_url }));
  const refuted = told.flatMap(({ reply, agent_url }) => (reply.kind === 'told' ? (contradiction(asset, under, agent_url, reply.features) ?? []) : []))[0];
  const silent = told.filter(({ reply }) => reply.kind === 'silent').map(({ agent_url }) => `${agent_url} could not be asked about the provenance; the creative waits for review`);
  return {
    asset, errors: refuted ? [refuted] : [], warnings: [...warnings, ...silent], verification: inquiries.length === 0 ? 'none' : silent.length > 0 ? 'silent' : 'told',
    observations: replies.flatMap((reply) => (reply.kind === 'told' ? reply.observations : [])),
  };
}
