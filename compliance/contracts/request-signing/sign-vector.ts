/**
 * Signs a vector anew for a seller: with the flaw that it was made with, and everything else sound and of today. What has to be
 * refused before anything is read stays byte for byte.
 */
import { contentDigest } from '../signatures/content-digest.ts';
import type { SignedMessage } from '../signatures/message.ts';
import { readSignature, type SignatureFields } from '../signatures/signature-fields.ts';
import { signedHeaders, type SigningKey } from '../signatures/sign.ts';
import type { SigningCapability } from './requirement.ts';
import type { SigningVector } from './signing-vectors.ts';
import type { Envelope } from './transport.ts';

export interface SigningTools {
  readonly nowSeconds: number;
  readonly nonce: string;
  readonly keyOf: (keyid: string) => SigningKey | undefined;
  readonly capability: SigningCapability;
}

export type SignedEnvelope =
  | { readonly kind: 'signed'; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'unsignable'; readonly detail: string };

const DIGEST = 'content-digest';
const MALFORMED = 'request_signature_header_malformed';
const INVALID = 'request_signature_invalid';
const MISMATCH = 'request_signature_digest_mismatch';

export function signVector(vector: SigningVector, envelope: Envelope, tools: SigningTools): SignedEnvelope {
  const { headers } = vector.message;
  const asWritten = Object.fromEntries(Object.entries(headers).filter(([name]) => name === 'signature' || name === 'signature-input'));
  const read = readSignature(vector.message);
  if (read.kind !== 'fields' || vector.error_code === MALFORMED) return { kind: 'signed', headers: { ...envelope.headers, ...asWritten } };
  const { parameters } = read.fields;
  const key = tools.keyOf(parameters.keyid ?? '') ?? vector.keyids.map(tools.keyOf).find((each) => each !== undefined);
  if (key === undefined) return { kind: 'unsignable', detail: `the bundle holds no private half of ${parameters.keyid ?? 'its key'}` };
  const shift = tools.nowSeconds - vector.reference_now;
  const { expires, nonce } = parameters;
  const signed = signedHeaders(messageOf(vector, envelope, read.fields, tools.capability), key, {
    components: componentsOf(vector, read.fields, tools.capability), created: (parameters.created ?? vector.reference_now) + shift,
    ...(expires !== undefined && { expires: expires + shift }), ...(nonce !== undefined && { nonce: tools.nonce }),
    keyid: parameters.keyid ?? '', alg: parameters.alg ?? '', tag: parameters.tag ?? '',
  });
  const zeros = `${read.fields.label}=:${Buffer.alloc(64).toString('base64url')}:`;
  const broken: Readonly<Record<string, string>> = vector.error_code === INVALID ? { signature: zeros } : {};
  return { kind: 'signed', headers: withOtherLabels({ ...signed, ...broken }, headers, read.fields.label) };
}

/** A seller that wants the digest covered gets it covered, unless that is the flaw. */
function componentsOf(
  vector: SigningVector, { components }: SignatureFields, { covers_content_digest: policy }: SigningCapability
): readonly string[] {
  const flawed = vector.error_code?.includes('components_') === true;
  return policy === 'required' && !flawed && !components.includes(DIGEST) ? [...components, DIGEST] : components;
}

function messageOf(vector: SigningVector, envelope: Envelope, fields: SignatureFields, capability: SigningCapability): SignedMessage {
  const covered = componentsOf(vector, fields, capability).includes(DIGEST);
  const { [DIGEST]: written, ...headers } = envelope.headers;
  const sound = contentDigest(Buffer.from(envelope.body));
  const digest: Readonly<Record<string, string>> = covered ? { [DIGEST]: vector.error_code === MISMATCH ? written ?? sound : sound } : {};
  return { method: vector.message.method, url: envelope.url, headers: { ...headers, ...digest }, body: Buffer.from(envelope.body) };
}

/** A vector with several signatures keeps the others: a verifier looks at one of them only. */
function withOtherLabels(
  signed: Readonly<Record<string, string>>, written: Readonly<Record<string, string>>, label: string
): Readonly<Record<string, string>> {
  const others = (field: string): string => new RegExp(`, (?!${label}=)[a-z][a-z0-9_.*-]*=.*$`, 's').exec(written[field] ?? '')?.[0] ?? '';
  return {
    ...signed, 'signature-input': `${signed['signature-input']}${others('signature-input')}`,
    signature: `${signed['signature']}${others('signature')}`,
  };
}
