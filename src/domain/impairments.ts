/** What a media buy depends on and has lost: derived on every read, one entry a resource (seller specification §3.4). */
import { canonicalHash } from '../protocol/canonical-json.ts';
import { IMPAIRMENT_REASONS, type Impairment } from '../protocol/wire/core/impairment.ts';
import type { AudienceRecord } from './audience.ts';
import type { CreativeRecord } from './creative.ts';
import type { CreativePurge, PurgedCreative } from './creative-purge.ts';
import { isPromoted, type WithdrawnItem } from './catalog/withdrawn.ts';
import { isTerminal, type MediaBuyRecord, type PackageRecord } from './media-buy.ts';

/** What the packages of a buy name, as far as it is known. */
export interface Dependencies {
  readonly creatives: ReadonlyMap<string, CreativeRecord>;
  readonly audiences: ReadonlyMap<string, AudienceRecord>;
  /** Items of catalogues that the seller has withdrawn, as far as there are any. */
  readonly withdrawn?: readonly WithdrawnItem[];
  /** Those that were destroyed, as far as there are any. */
  readonly purged?: ReadonlyMap<string, PurgedCreative>;
}

/** Open impairments, oldest first. An ended buy and a canceled package depend on nothing. */
export function impairments(buy: MediaBuyRecord, { creatives, audiences, purged, withdrawn = [] }: Dependencies): Impairment[] {
  if (isTerminal(buy.status)) return [];
  const live = buy.packages.filter(({ package: { canceled } }) => canceled !== true);
  const found = [
    ...lost(buy, 'creative', users(live, creativesOf), (id) => creativeLoss(creatives.get(id)) ?? purgeLoss(purged?.get(id)?.purge)),
    ...lost(buy, 'audience', users(live, audiencesOf), (id) => audienceLoss(audiences.get(id))),
    ...withdrawn.flatMap((each) => itemLoss(buy, live, each)),
  ];
  return found.sort((a, b) =>
    a.observed_at === b.observed_at ? compare(a.impairment_id, b.impairment_id) : compare(a.observed_at, b.observed_at),
  );
}

type Loss = Pick<Impairment, 'transition' | 'reason_code' | 'observed_at' | 'reason' | 'remediation'>;

/** Ids of the creatives that a package has. */
export const creativesOf = ({ package: { creative_assignments = [] } }: PackageRecord): string[] =>
  creative_assignments.map(({ creative_id }) => creative_id);

/** Ids of the audiences that a package aims at or leaves out. */
export const audiencesOf = ({ package: { targeting_overlay: overlay } }: PackageRecord): string[] => [
  ...(overlay?.audience_include ?? []),
  ...(overlay?.audience_exclude ?? []),
];

/** Each resource with the packages that use it, once each. */
function users(packages: readonly PackageRecord[], idsOf: (record: PackageRecord) => readonly string[]): Map<string, string[]> {
  const used = new Map<string, string[]>();
  for (const record of packages)
    for (const id of new Set(idsOf(record))) used.set(id, [...(used.get(id) ?? []), record.package.package_id]);
  return used;
}

function lost(
  { media_buy_id }: MediaBuyRecord,
  resource_type: 'creative' | 'audience',
  used: ReadonlyMap<string, string[]>,
  lossOf: (id: string) => Loss | undefined,
): Impairment[] {
  return [...used].flatMap(([resource_id, package_ids]) => {
    const loss = lossOf(resource_id);
    return loss
      ? [
          {
            impairment_id: impairmentId(media_buy_id, resource_type, resource_id, loss.observed_at),
            resource_type,
            resource_id,
            package_ids,
            ...loss,
          },
        ]
      : [];
  });
}

/** The same while a loss lasts; what is lost again after it came back is another loss. */
const impairmentId = (media_buy_id: string, resource_type: Impairment['resource_type'], resource: string | readonly string[], since: string): string =>
  `imp_${canonicalHash([media_buy_id, resource_type, resource, since]).slice(0, 16)}`;

/** One for each item, whatever other catalogues call by the same name. */
function itemLoss({ media_buy_id }: MediaBuyRecord, live: readonly PackageRecord[], withdrawn: WithdrawnItem): Impairment[] {
  const { catalog_id, item: { item_id, reasons, decision } } = withdrawn;
  const package_ids = live.filter((record) => isPromoted(record, withdrawn)).map(({ package: { package_id } }) => package_id);
  if (package_ids.length === 0 || decision === undefined) return [];
  return [{
    impairment_id: impairmentId(media_buy_id, 'catalog_item', [catalog_id, item_id], decision.at),
    resource_type: 'catalog_item', resource_id: item_id, package_ids,
    transition: { ...(decision.from ? { from: decision.from } : {}), to: 'withdrawn' }, reason_code: decision.reason_code ?? 'seller_removed', observed_at: decision.at,
    ...(reasons[0] === undefined ? {} : { reason: reasons[0].slice(0, 500) }),
    remediation: 'Promote other items; this one comes back only when the seller publishes it again.',
  }];
}

function creativeLoss(creative: CreativeRecord | undefined): Loss | undefined {
  if (creative?.status !== 'rejected' && creative?.status !== 'suspended') return undefined;
  return {
    transition: { to: creative.status },
    reason_code: creative.status === 'rejected' ? 'content_rejected' : 'policy_violation',
    observed_at: creative.lost_at ?? creative.updated_date,
    ...(creative.rejection_reason === undefined ? {} : { reason: creative.rejection_reason.slice(0, 500) }),
    remediation: 'Assign another creative, or send a corrected one.',
  };
}

function purgeLoss(purge: CreativePurge | undefined): Loss | undefined {
  if (purge === undefined) return undefined;
  return {
    transition: { to: 'rejected' },
    reason_code: 'seller_removed',
    observed_at: purge.at,
    reason: `The creative was purged (${purge.reason_code}).`,
    remediation: 'Assign another creative, or send this one again.',
  };
}

function audienceLoss(audience: AudienceRecord | undefined): Loss | undefined {
  if (audience?.forced_status !== 'suspended') return undefined;
  return {
    transition: { to: 'suspended' },
    observed_at: audience.forced_at ?? audience.last_synced_at,
    remediation: 'Target another audience.',
    reason_code: IMPAIRMENT_REASONS.find((code) => code === audience.forced_reason) ?? 'policy_violation',
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
