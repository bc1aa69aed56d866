import type { Caller } from '../domain/caller.ts';
import { upserted, type CreativeUpsert } from '../domain/creative-upsert.ts';
import { isReviewedCreative } from '../domain/creative-review.ts';
import { judgeCreatives, together, type ListedAsset } from '../domain/creative-verdict.ts';
import { ownLibrary } from '../domain/own-library.ts';
import type { Change } from '../domain/ports/store.ts';
import { adcpError, invalid } from '../protocol/errors.ts';
import type { SyncCreativesRequest, SyncCreativesSuccess, SyncedCreative } from '../protocol/wire/sync-creatives.ts';
import { answer, type Desk, type UseCase } from './desk.ts';
import { creativesLeftOut } from './creatives-left-out.ts';
import { placeCreatives, type AssignmentOutcome } from './place-creatives.ts';
import { timedApprovals } from './timed-approvals.ts';
import { verifiedCreatives, type VerifiedCreative } from './verified-creatives.ts';

/** Adds creatives to the library or changes them, on their id, and assigns them to packages. A `dry_run` tells the same and does nothing. */
export const syncCreatives: UseCase<SyncCreativesRequest, SyncCreativesSuccess> = async (request, caller, desk) => {
  if (request.delete_missing && request.creative_ids)
    return invalid('delete_missing', 'delete_missing is about the whole library and does not go with creative_ids');
  const listed = scoped(request);
  const judged = judgeCreatives(listed, await rulesFor(caller, desk));
  const verdicts = together(await verifiedCreatives(judged, listed, caller, desk), listed, request.validation_mode ?? 'strict');
  const failed = new Set(verdicts.flatMap(({ asset, errors }) => (errors.length > 0 ? [asset.creative_id] : [])));
  const withheld = request.validation_mode !== 'lenient' && failed.size > 0;
  const settled = await settle(verdicts, caller, desk);
  const missing = request.delete_missing && !withheld ? await creativesLeftOut(request, caller, desk) : [];
  const assignments = withheld ? [] : (request.assignments ?? []).filter(({ creative_id }) => !failed.has(creative_id));

  const kept = settled.flatMap(({ upsert }) => (upsert ? [upsert.record] : []));
  const gone = new Set(missing.filter(({ change }) => change.kind === 'delete_creative').map(({ shown }) => shown.creative_id));
  const arrived = new Map(kept.map((record) => [record.creative_id, record]));
  const placements = await placeCreatives(assignments, { arrived, gone }, caller, desk);
  const assignedOnly = await assignedWithoutSync(placements.outcomes, arrived, caller, desk);
  const creatives = [...settled.map(({ shown }) => shown), ...assignedOnly, ...missing.map(({ shown }) => shown)].map((shown) =>
    withOutcome(shown, placements.outcomes.get(shown.creative_id)),
  );
  if (request.dry_run) return answer({ creatives, dry_run: true });

  const puts = settled.flatMap(({ upsert }): Change[] =>
    upsert && upsert.action !== 'unchanged' ? [{ kind: 'put_creative', creative: upsert.record }] : [],
  );
  const waiting = settled.flatMap(({ upsert, asked }) => (upsert && upsert.action !== 'unchanged' && !asked ? [upsert.record] : []));
  const subjects = [
    ...puts.flatMap((put) => (put.kind === 'put_creative' ? [put.creative.creative_id] : [])),
    ...missing.map(({ shown }) => shown.creative_id),
  ];
  return answer(
    { creatives },
    [...puts, ...timedApprovals(waiting, desk), ...missing.map(({ change }) => change), ...placements.changes],
    [...subjects.map((id) => `creative:${id}`), ...placements.buys.map(({ media_buy_id }) => `media_buy:${media_buy_id}`)],
  );
};

/** The creatives that the call is about, with their place in the request. */
function scoped({ creatives, creative_ids }: SyncCreativesRequest): ListedAsset[] {
  return creatives.map((asset, at) => ({ asset, at })).filter(({ asset }) => creative_ids?.includes(asset.creative_id) ?? true);
}

async function rulesFor(caller: Caller, desk: Desk) {
  const {
    catalogue,
    seller: { agent_url },
  } = desk;
  const formats = { agent_url, described: await catalogue.formats(caller), products: await catalogue.products(caller) };
  return { formats, fit: catalogue.format_fit ?? 'required' };
}

interface Settled {
  readonly shown: SyncedCreative;
  readonly upsert?: CreativeUpsert;
  /** A verifier was asked about it, and said nothing: that is for people alone. */
  readonly asked?: true;
}

async function settle(verdicts: readonly VerifiedCreative[], caller: Caller, desk: Desk): Promise<Settled[]> {
  const known = await desk.store.creatives(
    ownLibrary(caller),
    verdicts.map(({ asset }) => asset.creative_id),
  );
  const now = desk.clock.now().toISOString();
  return verdicts.map(({ asset, errors, warnings, ...verification }) => {
    const { creative_id } = asset;
    if (errors.length > 0) return { shown: { creative_id, action: 'failed', errors: errors as never } };
    const upsert = looked(
      upserted(
        asset,
        known.find((record) => record.creative_id === creative_id),
        caller.account!,
        now,
        isReviewedCreative(asset, desk.review?.creatives),
      ),
      verification,
      now,
    );
    const { action, status, changes } = upsert;
    return {
      upsert,
      ...(verification.verification === 'silent' ? { asked: true as const } : {}),
      shown: {
        creative_id,
        action,
        status,
        ...(action === 'updated' ? { changes: [...changes] } : {}),
        ...(warnings.length > 0 ? { warnings: [...warnings] } : {}),
      },
    };
  });
}

/** What verifiers found stays with the record, which is renewed whenever they look; a creative that nobody could be asked about waits for people. */
function looked(upsert: CreativeUpsert, { observations, verification }: Pick<VerifiedCreative, 'observations' | 'verification'>, now: string): CreativeUpsert {
  if (verification === 'none') return upsert;
  const { audit_observations: _earlier, verified_at, ...record } = upsert.record;
  const action = upsert.action === 'unchanged' ? 'updated' : upsert.action;
  if (verification === 'silent') return { ...upsert, action, status: 'pending_review', record: { ...record, status: 'pending_review', ...(verified_at ? { verified_at } : {}) } };
  return { ...upsert, action, record: { ...record, verified_at: now, ...(observations.length > 0 ? { audit_observations: observations } : {}) } };
}

/** Creatives that the call assigns without sending them. */
async function assignedWithoutSync(
  outcomes: ReadonlyMap<string, AssignmentOutcome>,
  arrived: ReadonlyMap<string, unknown>,
  caller: Caller,
  desk: Desk,
): Promise<SyncedCreative[]> {
  const others = [...outcomes.keys()].filter((id) => !arrived.has(id));
  const stored = await desk.store.creatives(caller.reach, others);
  return others.map((creative_id) => {
    const record = stored.find((each) => each.creative_id === creative_id);
    if (record) return { creative_id, action: 'unchanged', status: record.status };
    return {
      creative_id,
      action: 'failed',
      errors: [
        adcpError('INVALID_REQUEST', `creative "${creative_id}" is assigned, but not in the library; send it in creatives`, {
          field: 'assignments',
        }) as never,
      ],
    };
  });
}

function withOutcome(shown: SyncedCreative, outcome: AssignmentOutcome | undefined): SyncedCreative {
  if (outcome === undefined || shown.action === 'failed') return shown;
  const failed = Object.entries(outcome.assignment_errors);
  return {
    ...shown,
    assigned_to: [...outcome.assigned_to],
    ...(failed.length > 0
      ? {
          assignment_errors: { ...outcome.assignment_errors },
          warnings: [...(shown.warnings ?? []), ...failed.map(([, message]) => `not assigned: ${message}`)],
        }
      : {}),
  };
}
