/** Where requests name things: every member of every request schema whose name reads like a reference, and what it refers to. */
import type { TSchema } from 'typebox';
import { SHAPES, type WireTask } from '../../../src/protocol/wire/index.ts';

/** What belongs to a principal, and may be named in a request. */
export const KINDS = [
  'account', 'media_buy', 'package', 'creative', 'audience', 'event_source', 'catalog', 'task', 'proposal', 'insertion_order', 'cursor', 'idempotency_key', 'member', 'event', 'item', 'subscriber', 'operation', 'plan',
] as const;
export type Kind = (typeof KINDS)[number];

/** By the name of the member. */
const REFERENCES: Readonly<Record<string, Kind>> = {
  account_id: 'account', media_buy_id: 'media_buy', media_buy_ids: 'media_buy', package_id: 'package', assigned_to_packages: 'package', creative_id: 'creative', creative_ids: 'creative',
  audience_id: 'audience', audience_include: 'audience', audience_exclude: 'audience', event_source_id: 'event_source', catalog_id: 'catalog', catalog_ids: 'catalog', task_id: 'task', task_ids: 'task',
  proposal_id: 'proposal', io_id: 'insertion_order', cursor: 'cursor', idempotency_key: 'idempotency_key', external_id: 'member', event_id: 'event', content_ids: 'item', ids: 'item',
  subscriber_id: 'subscriber', operation_id: 'operation', plan_id: 'plan',
};

/** Members that name nothing which belongs to a principal, with what they are instead. */
const OTHERS: Readonly<Record<string, string>> = {
  ...named('what anybody may buy', 'product_id', 'pricing_option_id', 'format_option_id', 'placement_id', 'placement_ids', 'signal_id', 'signal_agent_segment_id', 'metric_id', 'property_id', 'template_id', 'id'),
  ...named('a fact about the caller or its customers', 'brand_id', 'vat_id', 'tax_id', 'click_id', 'order_id', 'signature_id', 'asset_group_id', 'concept_ids', 'feature_id'),
  ...named('something that another agent keeps', 'standards_id', 'rights_id', 'build_variant_id', 'property_list_id', 'list_id'),
  ...named('a place', 'geo_countries_exclude', 'geo_regions_exclude', 'store_ids', 'catchment_ids'),
  ...named('a served copy, which this seller does not keep', 'variant_id'),
};

function named(what: string, ...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, what]));
}

const READS_LIKE_A_REFERENCE = /(?:^|_)(?:ids?|refs?|cursor|key|include|exclude|packages)$/;

export interface Place {
  readonly task: WireTask;
  /** `packages[].creative_assignments[].creative_id` */
  readonly path: string;
  readonly name: string;
  /** Whether it holds a list of them. */
  readonly list: boolean;
}

type Node = TSchema & { readonly properties?: Readonly<Record<string, Node>>; readonly items?: Node; readonly type?: string | readonly string[]; readonly anyOf?: readonly Node[]; readonly oneOf?: readonly Node[]; readonly allOf?: readonly Node[] };

const alternatives = ({ anyOf = [], oneOf = [], allOf = [] }: Node): readonly Node[] => [...anyOf, ...oneOf, ...allOf];
const isText = (node: Node | undefined): boolean => node !== undefined && ([node.type].flat().includes('string') || alternatives(node).some(isText));

/** Of a task's request, each path once. */
function placesOf(task: WireTask): Place[] {
  const found = new Map<string, Place>();
  const walk = (node: Node, path: string): void => {
    for (const alternative of alternatives(node)) walk(alternative, path);
    for (const [name, member] of Object.entries(node.properties ?? {})) {
      const at = path === '' ? name : `${path}.${name}`;
      const list = isText(member.items);
      if (READS_LIKE_A_REFERENCE.test(name) && (list || isText(member))) found.set(at, { task, path: at, name, list });
      walk(member, at);
    }
    if (node.items) walk(node.items, `${path}[]`);
  };
  walk(SHAPES[task].request as Node, '');
  return [...found.values()];
}

/** Every place of every task that a seller without a sandbox serves. */
export const PLACES: readonly Place[] = (Object.keys(SHAPES) as WireTask[]).filter((task) => task !== 'comply_test_controller').flatMap(placesOf);

export const kindOf = ({ name }: Place): Kind | undefined => REFERENCES[name];

/** Names that are neither known as references nor as anything else; and names that no request has. */
export function unclassified(): { readonly unknown: readonly string[]; readonly stale: readonly string[] } {
  const names = new Set(PLACES.map(({ name }) => name));
  const known = new Set([...Object.keys(REFERENCES), ...Object.keys(OTHERS)]);
  return { unknown: [...names].filter((name) => !known.has(name)), stale: [...known].filter((name) => !names.has(name)) };
}
