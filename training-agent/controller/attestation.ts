/** How a recorded payload is shown: as it was, or as a digest with proofs that asked identifiers are in it (seller specification §2.21). */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../src/protocol/canonical-json.ts';
import type { RecordedCall } from '../../src/protocol/wire/comply-test-controller.ts';
import { withoutSecrets } from './redaction.ts';

/** Payloads are shown up to this many characters. */
const MOST_SHOWN = 65_536;
const CUT = '[…truncated]';

/** A number without a canonical form (RFC 8785), such as one that overflows. */
export class NotFinite extends Error {}

type Raw = Pick<RecordedCall, 'attestation_mode' | 'payload' | 'payload_length'>;
type Digest = Pick<RecordedCall, 'attestation_mode' | 'payload_digest_sha256' | 'payload_length' | 'identifier_match_proofs'>;

/** @param payload JSON text; the length is that of what is shown, without its secrets */
export function raw(payload: string): Raw {
  const document = withoutSecrets(JSON.parse(payload));
  const text = JSON.stringify(document);
  if (text.length <= MOST_SHOWN) return { attestation_mode: 'raw', payload: document, payload_length: Buffer.byteLength(text) };
  const cut = `${text.slice(0, MOST_SHOWN - CUT.length)}${CUT}`;
  return { attestation_mode: 'raw', payload: cut, payload_length: Buffer.byteLength(cut) };
}

/**
 * @param payload JSON text
 * @param asked SHA-256 digests of identifiers; found are those of whole text values, never of parts
 * @throws NotFinite
 */
export function digest(payload: string, asked: readonly string[] | undefined): Digest {
  const document = withoutSecrets(JSON.parse(payload));
  const leaves = leavesOf(document);
  if (leaves.some((leaf) => typeof leaf === 'number' && !Number.isFinite(leaf))) throw new NotFinite();
  const text = canonicalJson(document);
  const present = new Set(asked === undefined ? [] : leaves.filter((leaf) => typeof leaf === 'string').map(sha256));
  return {
    attestation_mode: 'digest', payload_digest_sha256: sha256(text), payload_length: Buffer.byteLength(text),
    ...(asked === undefined ? {} : { identifier_match_proofs: asked.map((value) => ({ identifier_value_sha256: value, found: present.has(value) })) }),
  };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const leavesOf = (value: unknown): unknown[] => (typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : [value]);
