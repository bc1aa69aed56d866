/** What an upload does to an audience: members come and go by their external id, what else is told replaces what was known. */
import type { Audience, AudienceMember } from '../protocol/wire/core/audience.ts';
import type { AccountRecord } from './account.ts';
import type { AudienceRecord } from './audience.ts';

export interface AudienceUpload {
  readonly audience: AudienceRecord;
  /** Each once, without those that the same upload removes. */
  readonly add: readonly AudienceMember[];
  /** External ids. */
  readonly remove: readonly string[];
}

/** The external ids that an entry adds or removes. */
export const namedMembers = ({ add = [], remove = [] }: Audience): string[] => [
  ...new Set([...add, ...remove].map(({ external_id }) => external_id)),
];

/**
 * @param held which of the named members the audience holds already
 * @param now ISO 8601
 * @returns undefined when the entry changes nothing
 */
export function uploaded(
  entry: Audience,
  known: AudienceRecord | undefined,
  held: ReadonlySet<string>,
  account: AccountRecord,
  now: string,
): AudienceUpload | undefined {
  const told = described(entry);
  const carriesMembers = entry.add !== undefined || entry.remove !== undefined;
  if (known && !carriesMembers && sameMembers(known, told)) return undefined;
  const leaving = new Set((entry.remove ?? []).map(({ external_id }) => external_id));
  const add = [...new Map((entry.add ?? []).map((member) => [member.external_id, member])).values()].filter(
    ({ external_id }) => !leaving.has(external_id),
  );
  const gained = add.filter(({ external_id }) => !held.has(external_id)).length;
  const lost = [...leaving].filter((external_id) => held.has(external_id)).length;
  const start = known ?? opened(entry.audience_id, account, now);
  const audience = {
    ...(carriesMembers ? unforced(start) : start),
    ...told,
    member_count: start.member_count + gained - lost,
    total_uploaded_count: start.total_uploaded_count + (entry.add?.length ?? 0),
    last_synced_at: now,
  };
  return { audience, add, remove: [...leaving] };
}

type Described = Pick<AudienceRecord, 'name' | 'audience_type' | 'description' | 'tags' | 'consent_basis'>;

/** What an entry tells of the audience itself; what it leaves out stays as it is. */
function described({ name, audience_type, description, tags, consent_basis }: Audience): Described {
  return Object.fromEntries(
    Object.entries({ name, audience_type, description, tags, consent_basis }).filter(([, value]) => value !== undefined),
  );
}

const sameMembers = (known: AudienceRecord, told: Described): boolean =>
  Object.entries(told).every(([member, value]) => JSON.stringify(known[member as keyof Described]) === JSON.stringify(value));

function opened(audience_id: string, { principal_id, account_id, library }: AccountRecord, now: string): AudienceRecord {
  return { audience_id, principal_id, account_id, library, row_version: 0, member_count: 0, total_uploaded_count: 0, last_synced_at: now };
}

/** New members start a new matching, so that a forced outcome of the last one is void; a suspension stays. */
function unforced(audience: AudienceRecord): AudienceRecord {
  if (audience.forced_status === 'suspended') return audience;
  const { forced_status: _status, forced_reason: _reason, ...rest } = audience;
  return rest;
}
