import type { SchemaCatalogue } from '../../src/protocol/schema-catalogue.ts';
import { jsonEquals } from '../json/equality.ts';
import { isObject, type JsonObject, own } from '../json/object.ts';
import { parsePath, type PathSegment, valueAt } from '../json/path.ts';
import { readableSchema } from '../readable-schema.ts';
import type { SellerProfile } from '../seller.ts';
import type { CapabilityGate } from '../storyboard.ts';

/** Why a gate keeps its storyboard or phase from applying: path, what is wanted, what is declared. */
export type GateResult = { readonly kind: 'met' } | { readonly kind: 'unmet'; readonly detail: string };

const MET: GateResult = { kind: 'met' };
const CAPABILITIES_TASK = 'get_adcp_capabilities';

/** Holds a gate against the seller's raw capabilities; a schema's default counts where the parent is declared. */
export function checkCapabilityGate(gate: CapabilityGate, profile: SellerProfile, schemas: SchemaCatalogue | undefined): GateResult {
  const parsed = parsePath(gate.path);
  if (parsed.kind === 'malformed' || parsed.wildcard) return unmet(gate, undefined);
  if (profile.capabilities === undefined)
    return gate.matcher === 'equals' && !profile.tools.has(CAPABILITIES_TASK) ? unmet(gate, undefined) : MET;
  const declared = valueAt(profile.capabilities, parsed.segments);
  if (gate.matcher === 'present') return (declared !== undefined && declared !== null) === gate.value ? MET : unmet(gate, declared);
  const value = declared === undefined ? defaultAt(profile.capabilities, parsed.segments, schemas) : declared;
  const holds = gate.matcher === 'equals'
    ? jsonEquals(value, gate.value)
    : Array.isArray(value) && value.some((each) => jsonEquals(each, gate.value));
  return holds ? MET : unmet(gate, declared);
}

function unmet(gate: CapabilityGate, declared: unknown): GateResult {
  const wanted = gate.matcher === 'present' ? (gate.value ? 'to be present' : 'to be absent') : `${gate.matcher} ${JSON.stringify(gate.value)}`;
  const shown = declared === undefined ? 'nothing' : JSON.stringify(declared).slice(0, 200);
  return { kind: 'unmet', detail: `capability ${gate.path}: wanted ${wanted}, declared ${shown}` };
}

function defaultAt(capabilities: JsonObject, segments: readonly PathSegment[], schemas: SchemaCatalogue | undefined): unknown {
  const parent = valueAt(capabilities, segments.slice(0, -1));
  if (!isObject(parent)) return undefined;
  let schema: unknown = readableSchema(schemas, schemas?.refOf(CAPABILITIES_TASK, 'response'));
  for (const segment of segments) schema = segment.kind === 'key' ? own(own(schema, 'properties'), segment.name) : own(schema, 'items');
  return own(schema, 'default');
}
