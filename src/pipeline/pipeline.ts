/**
 * The steps that every call goes through, whatever the transport (seller specification §1.5):
 * version, shape, account, idempotency, standing, use case, commit, envelope. Transports authenticate before.
 */
import { mayTrade } from '../domain/account.ts';
import { ANYBODY } from '../domain/caller.ts';
import { barredByGrant, readOnly } from '../domain/grant.ts';
import { StoreUnavailable, type Hindrance } from '../domain/ports/hindrance.ts';
import type { Change, ChangeSet } from '../domain/ports/store.ts';
import { requestAddressFlaw } from '../domain/webhook-address.ts';
import { failed, succeeded, type Answer } from '../protocol/envelope.ts';
import { invalid, refuse, type Refused } from '../protocol/errors.ts';
import { checkRequest } from '../protocol/request-check.ts';
import { isTask, taskOf, type Task } from '../protocol/tasks.ts';
import { smuggledCredential } from '../protocol/smuggled-credential.ts';
import { negotiateVersion } from '../protocol/version.ts';
import { malformedText } from '../protocol/well-formed.ts';
import type { Desk } from '../usecases/desk.ts';
import { announcement } from './announcement.ts';
import { resolveCaller, type ResolvedCaller } from './account-resolution.ts';
import type { Call } from './call.ts';
import { claimKey } from './idempotency.ts';
import type { Handler, Toolbox } from './toolbox.ts';
import { TokenBuckets, type Rate } from './token-buckets.ts';

/** Told of every failure that is not a refusal; the id also stands in the answer. */
export type ReportBug = (error: unknown, where: { readonly task: string; readonly correlation_id: string }) => void;

export interface Pipeline {
  /** The tasks that are served, for `tools/list`. */
  readonly tasks: readonly Task[];
  /** Whether a task is served at all; transports answer their own error for one that is not. */
  serves(task: string): boolean;
  dispatch(call: Call): Promise<Answer>;
}

/** How often a use case is decided again because a row changed between load and commit. */
const MAX_DECISIONS = 8;

/** What hinders a store is seldom gone at once. */
const RETRY_SECONDS = 5;

export interface PipelineOptions {
  readonly reportBug: ReportBug;
  /** How fast new writes may come; default: as fast as they do. */
  readonly writes?: Rate;
}

export function pipeline(desk: Desk, toolbox: Toolbox, { reportBug, writes }: PipelineOptions): Pipeline {
  const limit = writes && new TokenBuckets(writes);
  const tasks = (Object.keys(toolbox) as (keyof Toolbox)[]).map(taskOf);
  return {
    tasks,
    serves: (task) => isTask(task) && toolbox[task] !== undefined,
    async dispatch(call) {
      const context = contextOf(call.request);
      try {
        const outcome = await run(call, desk, toolbox, limit);
        return 'kind' in outcome ? failed(outcome, context) : outcome;
      } catch (error) {
        // Whoever watches the store has said so; not once a call.
        if (error instanceof StoreUnavailable) return failed(unrecorded(error.hindrance), context);
        const correlation_id = call.correlation_id ?? desk.ids.next('cor');
        reportBug(error, { task: call.task, correlation_id });
        return failed(refuse('SERVICE_UNAVAILABLE', 'the seller failed; nothing was changed', { retry_after: 1, details: { correlation_id } }), context);
      }
    },
  };
}

const unrecorded = ({ kind }: Hindrance): Refused => refuse('SERVICE_UNAVAILABLE', kind === 'writer_lost'
  ? 'the seller cannot say whether this was recorded; the same call with the same idempotency key tells'
  : 'the seller can record nothing now; nothing was changed', { retry_after: RETRY_SECONDS });

async function run(call: Call, desk: Desk, toolbox: Toolbox, limit: TokenBuckets | undefined): Promise<Answer | Refused> {
  const { request } = call;
  if (!isTask(call.task) || toolbox[call.task] === undefined) return refuse('UNSUPPORTED_FEATURE', `${call.task} is not served`);
  const task = taskOf(call.task);

  const credential = task.shape === 'checked' ? smuggledCredential(request) : undefined;
  if (credential !== undefined) return refuse('CREDENTIAL_IN_ARGS', `${credential} carries a credential`, { field: credential });
  const version = negotiateVersion(request);
  if (version.kind === 'refused') return version;
  const barred = barredByGrant(call.principal?.grant, task);
  if (barred) return barred;
  const malformed = malformedText(request);
  if (malformed !== undefined) return invalid(malformed, `${malformed} is no Unicode text: it holds half of a surrogate pair`);
  const flaw = task.shape === 'checked' ? checkRequest(task.name, request) : undefined;
  if (flaw !== undefined) return refuse('INVALID_REQUEST', flaw.message, { issues: flaw.issues, ...(flaw.field === undefined ? {} : { field: flaw.field }) });
  const address = task.shape === 'checked' ? requestAddressFlaw(request, desk.test_scenarios !== undefined) : undefined;
  if (address !== undefined) return invalid(address.field, address.message);
  const resolved = await resolveCaller(task, request, call.principal ?? ANYBODY.principal, desk);
  if (resolved.kind === 'refused') return resolved;
  const keyed = task.mutating || (task.keyed === true && isKey(request['idempotency_key']));
  return keyed ? runOnce(task, request, resolved, desk, toolbox[call.task]!, limit) : decide(task, request, resolved, desk, toolbox[call.task]!);
}

const isKey = (value: unknown): boolean => typeof value === 'string' && /^[A-Za-z0-9_.:-]{16,255}$/.test(value);

/** A call under its idempotency key, which is given back when nothing came of it. */
async function runOnce(
  task: Task, request: Call['request'], resolved: ResolvedCaller, desk: Desk, handler: Handler, limit: TokenBuckets | undefined,
): Promise<Answer | Refused> {
  const { principal, account } = resolved.caller;
  const scope = desk.scope.idempotencyScope(principal, account, resolved.naming);
  const claim = await claimKey(scope, task.name, request, desk);
  if (claim.kind === 'refused') return claim;
  if (claim.kind === 'replay') return claim.answer;

  const key = request['idempotency_key'] as string;
  let outcome: Answer | Refused | undefined;
  try {
    const retry_after = task.mutating ? (limit?.take(scope, desk.clock.now()) ?? 0) : 0;
    if (retry_after > 0) return (outcome = refuse('RATE_LIMITED', 'too many writes for this account in a short time', { retry_after, details: { scope: 'account' } }));
    return (outcome = await decide(task, request, resolved, desk, handler, { scope, key, ...(task.mutating ? {} : { onlyOnce: true }) }));
  } finally {
    if (outcome === undefined || 'kind' in outcome || !task.mutating) await desk.store.release(scope, key);
  }
}

/** The key that a call's answer is kept under; `onlyOnce`: if the decision says that it must not be made twice. */
interface Claim {
  readonly scope: string;
  readonly key: string;
  readonly onlyOnce?: true;
}

/** Loads, decides and records, again when a row changed in between. */
async function decide(
  task: Task, request: Call['request'], resolved: ResolvedCaller, desk: Desk, handler: Handler, kept?: Claim,
): Promise<Answer | Refused> {
  let current = resolved;
  for (let attempt = 0; attempt < MAX_DECISIONS; attempt += 1) {
    const { caller } = current;
    const barred = task.trades && caller.account ? mayTrade(caller.account) : undefined;
    if (barred) return barred;
    const decision = await handler(request as never, caller, desk);
    if (decision.kind === 'refused') return decision;
    if (decision.once && caller.principal.grant?.read_only) return readOnly(task.name);
    const answer = succeeded(decision.body as Readonly<Record<string, unknown>>, contextOf(request));
    const changes = [...current.changes, ...(decision.changes ?? []), ...announcement(task, request, caller, answer.document, desk)];
    const claim = kept && (!kept.onlyOnce || decision.once) ? { scope: kept.scope, key: kept.key } : undefined;
    if (changes.length === 0 && claim === undefined) return answer;
    const committed = await recorded({
      changes,
      audit: {
        at: desk.clock.now().toISOString(), principal_id: caller.principal.principal_id, task: task.name, subjects: decision.subjects ?? [],
        ...(caller.account ? { account_id: caller.account.account_id } : {}),
      },
      ...(claim ? { answer: { ...claim, body: answer.document } } : {}),
    }, desk, !task.mutating && claim === undefined && changes.every(followsFromTheClock));
    if (committed === 'committed') return answer;
    const again = await resolveCaller(task, request, caller.principal, desk);
    if (again.kind === 'refused') return again;
    current = again;
  }
  return refuse('CONFLICT', 'the rows that this call needs keep changing', { retry_after: 1 });
}

/** @param canWait whether a store that can record nothing now needs no more than to be told later */
async function recorded(set: ChangeSet, { store }: Desk, canWait: boolean): ReturnType<Desk['store']['commit']> {
  try {
    return await store.commit(set);
  } catch (error) {
    if (canWait && error instanceof StoreUnavailable) return 'committed';
    throw error;
  }
}

/** Reads put buys only as the clock has moved them, which every later call finds too. */
const followsFromTheClock = ({ kind }: Change): boolean => kind === 'put_media_buy';

/** The context to echo. One that is no object is refused as malformed, and an answer cannot carry it; one with a credential would give it away. */
export function contextOf(request: Call['request']): object | undefined {
  const context = request['context'];
  return typeof context === 'object' && context !== null && !Array.isArray(context) && smuggledCredential(context) === undefined ? context : undefined;
}
