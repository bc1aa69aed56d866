/** Why a vector says nothing about a seller, undefined when it is sent. */
import type { Skip } from '../../step-report.ts';
import { requiresSignature, type SigningCapability } from './requirement.ts';
import { readSignature } from '../signatures/signature-fields.ts';
import type { SigningVector } from './signing-vectors.ts';
import { isAboutItsAddress, operationOf } from './transport.ts';

export interface SigningSurroundings {
  readonly capability: SigningCapability;
  readonly transport: 'mcp' | 'raw';
  readonly tools: ReadonlySet<string>;
  /** The operator lets the seller be driven into its cap of nonces. */
  readonly tripLimits: boolean;
}

export function vectorSkip(vector: SigningVector, around: SigningSurroundings): Skip | undefined {
  return ungradable(vector, around) ?? digestMismatch(vector, around.capability) ?? requirementMismatch(vector, around) ?? optOut(vector, around)
    ?? unknownOperation(vector, around);
}

function ungradable(vector: SigningVector, { transport }: SigningSurroundings): Skip | undefined {
  if (/[^\x21-\x7e]/.test(vector.message.url)) return skipped('transport_ungradable', 'an address outside of ASCII cannot be sent');
  if (vector.own_key_set) return skipped('transport_ungradable', 'its key is published to nobody, so that no seller can resolve it');
  if (transport === 'mcp' && vector.error_code === undefined && isAboutItsAddress(vector))
    return skipped('mcp_mode_flattens_url_edges', 'a call of a tool has the address of the endpoint: --signing-transport raw');
  return undefined;
}

function digestMismatch(vector: SigningVector, { covers_content_digest: policy }: SigningCapability): Skip | undefined {
  const wanted = vector.capability.covers_content_digest;
  const aboutPolicy = /components_(?:incomplete|unexpected)$/.test(vector.error_code ?? '') && wanted !== 'either';
  if (aboutPolicy && wanted !== policy)
    return skipped('capability_profile_mismatch', `it is for a seller with covers_content_digest ${wanted}, and this one declares ${policy}`);
  const read = readSignature(vector.message);
  return policy === 'forbidden' && wanted !== 'forbidden' && read.kind === 'fields' && read.fields.components.includes('content-digest')
    ? skipped('capability_profile_mismatch', 'it covers content-digest, which this seller forbids')
    : undefined;
}

/** Who requires no signature of a request refuses none for lacking it. */
function requirementMismatch(vector: SigningVector, { capability }: SigningSurroundings): Skip | undefined {
  if (vector.error_code !== 'request_signature_required' || requiresSignature(vector.message, capability)) return undefined;
  return skipped('capability_profile_mismatch', `the seller's request_signing requires no signature of it (${operationOf(vector)})`);
}

function optOut({ requires_contract: contract }: SigningVector, { tripLimits }: SigningSurroundings): Skip | undefined {
  return contract !== 'rate_abuse' || tripLimits ? undefined : {
    reason: 'unsatisfied_contract', cause: 'rate_abuse_opt_out',
    detail: 'rate_abuse_opt_out: --trip-rate-limits lets the judge fill the seller\'s cap of nonces',
  };
}

function unknownOperation(vector: SigningVector, { transport, tools }: SigningSurroundings): Skip | undefined {
  const task = operationOf(vector);
  if (transport === 'raw' || tools.has(task) || vector.body.includes('"jsonrpc"')) return undefined;
  return { reason: 'missing_tool', detail: `the vector calls ${task}, which the seller does not list` };
}

const skipped = (cause: NonNullable<Skip['cause']>, detail: string): Skip => ({ reason: 'not_applicable', cause, detail: `${cause}: ${detail}` });
