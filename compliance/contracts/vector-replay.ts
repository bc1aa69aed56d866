/** Sends a published webhook to the seller's own endpoint, as a seller of its own would have sent it. */
import { send } from '../execute/http.ts';
import { failure, type StepRun } from '../execute/step-run.ts';
import { isObject, type JsonObject, own } from '../json/object.ts';
import { failed, misauthored, PASSED } from '../judge/checks/check.ts';
import type { VectorFiles } from '../load/vector-files.ts';
import type { VectorReplay } from '../special-step.ts';
import { type FailedFinding, type StepReport, synthesized } from '../step-report.ts';
import { keysOf } from './signatures/jwk.ts';
import { WEBHOOK_PROFILE } from './signatures/profile.ts';
import { signedHeaders, soundChoice } from './signatures/sign.ts';

interface Vector {
  readonly expectation: 'accepted' | 'refused';
  readonly payload: JsonObject;
}

const KEYS = 'test-vectors/webhook-signing/keys.json';

/** A positive vector has to be answered 2xx, a negative one otherwise. */
export async function replayVector(run: StepRun, report: StepReport, replay: VectorReplay): Promise<StepReport> {
  const { env, step } = run;
  const url = env.contracts.settings.replayEndpoint!;
  const vector = findVector(env.bundle.vectors, replay.vector_ref);
  const broken = vector === undefined ? misauthored(replay.vector_ref, 'is no vector of the bundle') : setupFault(run, replay, vector);
  if (vector === undefined || broken !== undefined) return concluded(run, report, 'replay_vector_misconfigured', broken);
  const body = JSON.stringify(vector.payload);
  const from = env.clock.elapsed();
  const reply = await send({ method: 'POST', url, headers: headersFor(run, url, body), body }, { ...env.contracts.outgoing, maxRedirects: 0 });
  const sent: StepReport = {
    ...report, duration_ms: env.clock.elapsed() - from, request: { transport: 'http', operation: step.task, payload: vector.payload, url },
    response: { payload: reply.kind === 'reply' ? reply.body : undefined, ...(reply.http !== undefined && { http: reply.http }) },
  };
  if (reply.kind === 'failed') return { ...sent, outcome: { ...failure(run), transport: reply.failure } };
  const accepted = reply.http.status >= 200 && reply.http.status < 300;
  const wanted = vector.expectation === 'accepted';
  return concluded(run, sent, 'http_status', accepted === wanted ? undefined : failed(
    'HTTP status',
    wanted ? 'refuses a webhook that has to be taken' : `takes a webhook that has to be refused (${replay.expected_error ?? 'broken envelope'})`,
    { expected: wanted ? '2xx' : 'another status than 2xx', actual: reply.http.status },
  ));
}

/** `test-vectors/FILE.json#positive/ID` */
function findVector(vectors: VectorFiles, ref: string): Vector | undefined {
  const [file = '', fragment = ''] = ref.split('#');
  const [section = '', ...id] = fragment.split('/');
  const listed = own(vectors.document(file), section);
  const entry: unknown = Array.isArray(listed) ? listed.find((each) => own(each, 'id') === id.join('/')) : undefined;
  const payload = own(entry, 'payload');
  return isObject(payload) ? { expectation: section === 'positive' ? 'accepted' : 'refused', payload } : undefined;
}

/** What is wrong with the vector itself: a positive one has to satisfy its schema, a repetition has to carry the same key. */
function setupFault({ state, env }: StepRun, replay: VectorReplay, { expectation, payload }: Vector): FailedFinding | undefined {
  const { schema_ref: ref, same_event_as: earlier } = replay;
  const { schemas } = env.bundle;
  const issues = expectation === 'accepted' && ref !== undefined && schemas?.schema(ref) !== undefined ? schemas.validate(ref, payload) : [];
  if (issues.length > 0)
    return misauthored(replay.vector_ref, `breaks ${ref}`, { json_pointer: issues[0]!.instance_path, actual: issues.slice(0, 10) });
  if (earlier === undefined) return undefined;
  const other = state.storyboard.phases.flatMap((phase) => phase.steps).find(({ id }) => id === earlier)?.special;
  const first = other?.kind === 'vector_replay' ? findVector(env.bundle.vectors, other.vector_ref) : undefined;
  return first !== undefined && first.payload['idempotency_key'] === payload['idempotency_key']
    ? undefined
    : misauthored(replay.vector_ref, `does not repeat the event of step ${earlier}: its idempotency_key is another one`);
}

/** Signed with the published test key, so that an endpoint which checks signatures can take it. */
function headersFor({ state, env }: StepRun, url: string, body: string): Readonly<Record<string, string>> {
  const plain = { 'content-type': 'application/json' };
  const jwk = keysOf(env.bundle.vectors.document(KEYS))?.find(({ crv }) => crv === 'Ed25519');
  const d = jwk?.['_private_d_for_test_only'];
  if (jwk === undefined || typeof d !== 'string') return plain;
  const message = { method: 'POST', url, headers: plain, body: Buffer.from(body) };
  const at = { nowSeconds: Math.floor(env.clock.now() / 1000), nonce: Buffer.from(state.ids.hex(16), 'hex').toString('base64url') };
  return signedHeaders(message, { jwk, d }, soundChoice(message, { jwk, d }, WEBHOOK_PROFILE, at));
}

function concluded(run: StepRun, report: StepReport, check: string, fault: FailedFinding | undefined): StepReport {
  const validations = [synthesized(check, 'the webhook is answered as it should be', fault ?? PASSED, run.step.location)];
  return { ...report, validations, outcome: fault === undefined ? { kind: 'passed' } : failure(run) };
}
