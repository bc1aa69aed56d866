import { jsonEquals } from '../../json/equality.ts';
import { isObject, type JsonObject, own } from '../../json/object.ts';
import { hitsAt, parsePath } from '../../json/path.ts';

/** One entry of `payload_must_contain`. */
export interface PayloadExpectation {
  readonly path: string;
  readonly match: 'present' | 'equals' | 'contains_any';
  readonly value: unknown;
  readonly allowed_values: readonly unknown[];
}

const MAX_DEPTH = 256;

export function readPayloadExpectations(entries: unknown): readonly PayloadExpectation[] {
  if (!Array.isArray(entries)) return [];
  return entries.filter(isObject).map((entry) => ({
    path: String(entry['path'] ?? ''), match: entry['match'] === 'equals' || entry['match'] === 'contains_any' ? entry['match'] : 'present',
    value: entry['value'], allowed_values: Array.isArray(entry['allowed_values']) ? entry['allowed_values'] : [],
  }));
}

/** Whether a recorded call shows its payload as JSON. */
export function isRawJson(call: JsonObject): boolean {
  const type = String(call['content_type'] ?? '').split(';')[0]!.trim().toLowerCase();
  return call['payload'] !== undefined && (type === 'application/json' || type.endsWith('+json'));
}

/** Whether the payload of one call satisfies one expectation. A leading `$.` of the path is tolerated. */
export function payloadSatisfies(payload: unknown, expectation: PayloadExpectation): boolean {
  const parsed = parsePath(expectation.path.replace(/^\$\.?/, ''));
  if (parsed.kind === 'malformed') return false;
  const values = hitsAt(document(payload), parsed.segments).map((hit) => hit.value).filter((value) => value !== null);
  switch (expectation.match) {
    case 'present': return values.length > 0;
    case 'equals': return values.some((value) => jsonEquals(value, expectation.value));
    case 'contains_any': return values.flat().some((value) => expectation.allowed_values.some((allowed) => jsonEquals(value, allowed)));
  }
}

/** Whether a call carries an identifier: as a leaf of raw JSON, inside raw text, or proven by its digest. */
export function identifierSeen(call: JsonObject, value: string, digest: string | undefined): boolean {
  const { payload } = call;
  if (payload !== undefined)
    return typeof payload === 'string' && !isRawJson(call) ? payload.includes(value) : hasLeaf(document(payload), value, 0);
  const proofs = call['identifier_match_proofs'];
  return digest !== undefined && Array.isArray(proofs)
    && proofs.some((proof) => own(proof, 'found') === true && own(proof, 'identifier_value_sha256') === digest);
}

/** A JSON payload may be recorded as its text. */
function document(payload: unknown): unknown {
  if (typeof payload !== 'string') return payload;
  try {
    return JSON.parse(payload);
  } catch {
    return payload;
  }
}

function hasLeaf(node: unknown, value: string, depth: number): boolean {
  if (depth > MAX_DEPTH) return false;
  if (Array.isArray(node)) return node.some((item) => hasLeaf(item, value, depth + 1));
  if (isObject(node)) return Object.values(node).some((item) => hasLeaf(item, value, depth + 1));
  return (typeof node === 'string' || typeof node === 'number') && String(node) === value;
}
