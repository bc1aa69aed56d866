import { namedMembers, uploaded, type AudienceUpload } from '../domain/audience-upload.ts';
import { shownAudience } from '../domain/audience-view.ts';
import type { AudienceRecord } from '../domain/audience.ts';
import type { Caller } from '../domain/caller.ts';
import { ownLibrary } from '../domain/own-library.ts';
import type { Change } from '../domain/ports/store.ts';
import { adcpError } from '../protocol/errors.ts';
import type { Audience, AudienceMember } from '../protocol/wire/core/audience.ts';
import type { SyncAudiencesRequest, SyncAudiencesSuccess, SyncedAudience } from '../protocol/wire/sync-audiences.ts';
import { answer, type Desk, type UseCase } from './desk.ts';
import { pushParts, upstreamPush } from './upstream-push.ts';

/** Uploads members to audiences, each alone and in order; without a list it tells the stored audiences. Members are never told. */
export const syncAudiences: UseCase<SyncAudiencesRequest, SyncAudiencesSuccess> = async (request, caller, desk) => {
  const stored = await desk.store.audiences(ownLibrary(caller));
  if (request.audiences === undefined)
    return answer({ audiences: stored.map((audience) => shownAudience(audience, 'unchanged', minimumSize(desk))) });
  const asked = request.audiences.map(({ audience_id }) => audience_id);
  const settled: Settled[] = [];
  for (const [at, entry] of request.audiences.entries()) {
    const known = stored.find(({ audience_id }) => audience_id === entry.audience_id);
    if (asked.indexOf(entry.audience_id) < at) settled.push(repeated(entry, at));
    else if (entry.delete) settled.push(deleted(entry.audience_id, known, desk));
    else settled.push(await settle(entry, known, caller, desk));
  }
  const missing = request.delete_missing ? stored.filter(({ audience_id }) => !asked.includes(audience_id)) : [];
  settled.push(...missing.map((audience) => deleted(audience.audience_id, audience, desk)));
  const touched = settled.filter(({ changes }) => changes.length > 0).map(({ shown }) => `audience:${shown.audience_id}`);
  return answer(
    { audiences: settled.map(({ shown }) => shown) },
    settled.flatMap(({ changes }) => changes),
    touched,
  );
};

interface Settled {
  readonly shown: SyncedAudience;
  readonly changes: readonly Change[];
}

const minimumSize = (desk: Desk): number => desk.features.audience_targeting?.minimum_audience_size ?? 1;

async function settle(entry: Audience, known: AudienceRecord | undefined, caller: Caller, desk: Desk): Promise<Settled> {
  const named = namedMembers(entry);
  const held = known && named.length > 0 ? await desk.store.audienceMembers(known, named) : new Set<string>();
  const upload = uploaded(entry, known, held, caller.account!, desk.clock.now().toISOString());
  if (upload === undefined) return { shown: shownAudience(known!, 'unchanged', minimumSize(desk)), changes: [] };
  const { audience, add, remove } = upload;
  return {
    shown: shownAudience(
      audience,
      known ? 'updated' : 'created',
      minimumSize(desk),
      named.length > 0 ? (entry.add?.length ?? 0) : undefined,
    ),
    changes: [{ kind: 'put_audience', audience, add, remove }, ...pushes(entry, upload, desk)],
  };
}

function deleted(audience_id: string, known: AudienceRecord | undefined, desk: Desk): Settled {
  const shown = { audience_id, action: 'deleted' } as const;
  if (known === undefined) return { shown, changes: [] };
  return { shown, changes: [{ kind: 'delete_audience', audience: known }, ...push(known, { audience_id, delete: true }, desk)] };
}

const repeated = ({ audience_id }: Audience, at: number): Settled => ({
  shown: {
    audience_id,
    action: 'failed',
    errors: [
      adcpError('INVALID_REQUEST', 'this audience_id stands earlier in the list already', {
        field: `audiences[${at}].audience_id`,
      }) as never,
    ],
  },
  changes: [],
});

/** The audience with its new members, part by part, then those that it loses. */
function pushes(entry: Audience, { audience, add }: AudienceUpload, desk: Desk): Change[] {
  const { add: _added, remove = [], ...about } = entry;
  const parts: { add?: AudienceMember[]; remove?: AudienceMember[] }[] = [
    ...pushParts(add).map((part) => ({ add: part })),
    ...pushParts(remove).map((part) => ({ remove: part })),
  ];
  return (parts.length > 0 ? parts : [{}]).flatMap((part) => push(audience, { ...about, ...part }, desk));
}

const push = ({ principal_id, library, audience_id, account_id }: AudienceRecord, told: Audience, desk: Desk): Change[] =>
  upstreamPush(desk, { principal_id, lane: `audience:${library}/${audience_id}` }, (platform) => platform.planAudience(account_id, told));
