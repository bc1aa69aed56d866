/** A creative of the library as the buyer sees it. */
import type { WebhookActivity } from '../protocol/wire/core/webhook-activity.ts';
import type { CREATIVE_FIELDS, ListedCreative } from '../protocol/wire/list-creatives.ts';
import type { CreativeRecord } from './creative.ts';
import type { CreativeAssignmentRow, CreativeDeliveryRow } from './ports/store.ts';

export type CreativeField = (typeof CREATIVE_FIELDS)[number];

/** What a caller wants beside the creative itself; absent: it does not. */
export interface CreativeCompanions {
  readonly assignments?: readonly CreativeAssignmentRow[];
  readonly snapshot?: { readonly as_of: string; readonly staleness_seconds: number; readonly delivery: CreativeDeliveryRow | undefined };
  readonly variables?: true;
  readonly webhook_activity?: readonly WebhookActivity[];
}

/** Members beyond those of the schema that a buyer may have sent with the creative, unchecked. */
interface Described {
  readonly variables?: unknown;
  readonly concept_id?: string;
  readonly concept_name?: string;
}

export function shownCreative(
  { creative, status, created_date, updated_date, creative_id, purge }: CreativeRecord,
  { assignments, snapshot, variables, webhook_activity }: CreativeCompanions,
): ListedCreative {
  const { name, format_id, format_kind, format_option_ref, assets, tags } = creative;
  const { concept_id, concept_name, variables: slots } = creative as Described;
  return {
    creative_id,
    name,
    status,
    created_date,
    updated_date,
    ...(format_id ? { format_id } : {}),
    ...(format_kind ? { format_kind } : {}),
    ...(format_option_ref ? { format_option_ref } : {}),
    ...(purge ? { purge: { kind: 'soft', at: purge.at, reason_code: purge.reason_code } } : { assets }),
    ...(tags ? { tags } : {}),
    ...(concept_id === undefined ? {} : { concept_id }),
    ...(concept_name === undefined ? {} : { concept_name }),
    ...(variables && Array.isArray(slots) ? { variables: slots.filter(isVariable) as NonNullable<ListedCreative['variables']> } : {}),
    ...(assignments && !purge
      ? {
          assignments: {
            assignment_count: assignments.length,
            assigned_packages: assignments.map(({ package_id, assigned_date }) => ({ package_id, assigned_date })),
          },
        }
      : {}),
    ...(snapshot && !purge ? { snapshot: snapshotOf(snapshot) } : {}),
    ...(webhook_activity ? { webhook_activity: [...webhook_activity] } : {}),
  };
}

const VARIABLE_TYPES: readonly unknown[] = ['text', 'image', 'video', 'audio', 'url', 'number', 'boolean', 'color', 'date'];

/** A slot of a dynamic creative, as AdCP describes one. */
function isVariable(slot: unknown): boolean {
  const { variable_id, name, variable_type } = (slot ?? {}) as Record<string, unknown>;
  return typeof variable_id === 'string' && typeof name === 'string' && VARIABLE_TYPES.includes(variable_type);
}

function snapshotOf({
  as_of,
  staleness_seconds,
  delivery,
}: NonNullable<CreativeCompanions['snapshot']>): NonNullable<ListedCreative['snapshot']> {
  return {
    as_of,
    staleness_seconds,
    impressions: delivery?.impressions ?? 0,
    ...(delivery ? { last_served: `${delivery.last_day}T00:00:00Z` } : {}),
  };
}

const ALWAYS: readonly (keyof ListedCreative)[] = [
  'creative_id',
  'name',
  'status',
  'created_date',
  'updated_date',
  'format_id',
  'format_kind',
  'purge',
  'webhook_activity',
];

/** Only the fields that were asked for, and those without which it is no creative. */
export function projected(creative: ListedCreative, fields: readonly CreativeField[] | undefined): ListedCreative {
  if (fields === undefined) return creative;
  const kept = new Set<string>([...ALWAYS, ...fields.flatMap((field) => (field === 'concept' ? ['concept_id', 'concept_name'] : [field]))]);
  return Object.fromEntries(Object.entries(creative).filter(([member]) => kept.has(member))) as unknown as ListedCreative;
}
