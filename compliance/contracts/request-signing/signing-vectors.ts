/** Published request-signing vectors, as a bundle holds them. */
import { isObject, type JsonObject, own } from '../../json/object.ts';
import type { VectorFiles } from '../../load/vector-files.ts';
import { type Jwk, keysOf } from '../signatures/jwk.ts';
import type { SignedMessage } from '../signatures/message.ts';
import type { SigningKey } from '../signatures/sign.ts';
import type { SigningCapability } from './requirement.ts';

export interface SigningVector {
  /** `positive/001-basic-post` */
  readonly name: string;
  readonly title: string;
  readonly message: SignedMessage;
  readonly body: string;
  /** The verifier that it is written for. */
  readonly capability: SigningCapability;
  /** The time that its signature is made for, seconds since 1970. */
  readonly reference_now: number;
  readonly keyids: readonly string[];
  /** Its key is published nowhere: only a verifier in the judge's own hands can be given it. */
  readonly own_key_set: boolean;
  /** State of the verifier that it needs: `replay_window`, `revocation`, `rate_abuse`. */
  readonly requires_contract?: string;
  /** Undefined: the request has to be taken. */
  readonly error_code?: string;
}

const FOLDER = 'test-vectors/request-signing/';
const KEYS = `${FOLDER}keys.json`;
const VECTOR = /^test-vectors\/request-signing\/((?:positive|negative)\/[^/]+)\.json$/;

/** Names of the vectors on one side, in their order. */
export function signingVectorNames(vectors: VectorFiles, side: 'positive' | 'negative'): readonly string[] {
  return vectors.names.flatMap((path) => VECTOR.exec(path)?.[1] ?? []).filter((name) => name.startsWith(`${side}/`));
}

/** A vector by its name, undefined when the bundle has none or it cannot be read. */
export function signingVector(vectors: VectorFiles, name: string): SigningVector | undefined {
  const document = vectors.document(`${FOLDER}${name}.json`);
  const request = own(document, 'request');
  const [method, url, body = ''] = [own(request, 'method'), own(request, 'url'), own(request, 'body')];
  if (!isObject(document) || typeof method !== 'string' || typeof url !== 'string' || typeof body !== 'string') return undefined;
  const { requires_contract: contract, reference_now: now, jwks_ref: refs, name: title } = document;
  const code = own(document['expected_outcome'], 'error_code');
  return {
    name, title: typeof title === 'string' ? title : name, body, own_key_set: document['jwks_override'] !== undefined,
    message: { method, url, headers: headersOf(own(request, 'headers')), body: Buffer.from(body) },
    capability: capabilityOf(document['verifier_capability']), reference_now: typeof now === 'number' ? now : 0,
    keyids: Array.isArray(refs) ? refs.map(String) : [],
    ...(typeof contract === 'string' && { requires_contract: contract }), ...(typeof code === 'string' && { error_code: code }),
  };
}

/** A published test key with its private half. */
export function testKey(vectors: VectorFiles, keyid: string): SigningKey | undefined {
  const jwk: Jwk | undefined = keysOf(vectors.document(KEYS))?.find(({ kid }) => kid === keyid);
  const d = jwk?.['_private_d_for_test_only'];
  return jwk === undefined || typeof d !== 'string' ? undefined : { jwk, d };
}

/** The block `request_signing` of a seller's capabilities, or of a vector. */
export function capabilityOf(block: unknown): SigningCapability {
  const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []);
  const digest = own(block, 'covers_content_digest');
  return {
    supported: own(block, 'supported') === true, covers_content_digest: digest === 'required' || digest === 'forbidden' ? digest : 'either',
    required_for: texts(own(block, 'required_for')), protocol_methods_required_for: texts(own(block, 'protocol_methods_required_for')),
  };
}

function headersOf(headers: unknown): Readonly<Record<string, string>> {
  const entries = isObject(headers) ? Object.entries(headers as JsonObject) : [];
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), String(value)]));
}
