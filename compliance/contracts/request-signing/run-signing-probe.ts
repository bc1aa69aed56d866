/** One published request-signing vector against the seller: it has to be taken, or refused with exactly the code that it names. */
import { authorizationHeader } from '../../credential.ts';
import { type HttpReply, send } from '../../execute/http.ts';
import { McpSession } from '../../execute/mcp-session.ts';
import { failure, skippedReport, type StepRun, surroundings } from '../../execute/step-run.ts';
import { own } from '../../json/object.ts';
import { failed, misauthored } from '../../judge/checks/check.ts';
import { holds, judgeChecks } from '../../judge/judge-step.ts';
import type { SigningProbe } from '../../special-step.ts';
import { type FailedFinding, type StepReport, synthesized, type Validation } from '../../step-report.ts';
import { vectorSkip } from './applicability.ts';
import { signVector } from './sign-vector.ts';
import { capabilityOf, type SigningVector, signingVector, testKey } from './signing-vectors.ts';
import { type Envelope, mcpEnvelope, rawEnvelope } from './transport.ts';

/** One request that was sent and its answer. */
interface Shot {
  readonly envelope: Envelope;
  readonly reply: HttpReply;
}

type Volley = { readonly kind: 'shots'; readonly last: Shot; readonly fault?: FailedFinding } | { readonly kind: 'broken'; readonly detail: string };

const PAIRS = 10;
const DEFAULT_CAP = 100;
const MISCONFIGURED = 'signing_vector_misconfigured';
const REFUSAL = /(?:^|[\s,])Signature\s.*?\berror="([^"]*)"/is;

export async function runSigningProbe(run: StepRun, report: StepReport, { vector: name }: SigningProbe): Promise<StepReport> {
  const { env } = run;
  const vector = signingVector(env.bundle.vectors, name);
  if (vector === undefined) return concluded(run, report, [fault(run, MISCONFIGURED, misauthored(name, 'is no vector of the bundle'))]);
  const { settings } = env.contracts;
  const skip = vectorSkip(vector, {
    capability: sellerCapability(run), transport: settings.signingTransport, tools: env.profile.tools, tripLimits: settings.tripRateLimits,
  });
  if (skip !== undefined) return skippedReport(run, report, skip);
  const from = env.clock.elapsed();
  const volley = await fire(run, vector);
  if (volley.kind === 'broken') return concluded(run, report, [fault(run, MISCONFIGURED, misauthored(name, volley.detail))]);
  return graded(run, { ...report, duration_ms: env.clock.elapsed() - from }, vector, volley);
}

function graded(
  run: StepRun, report: StepReport, vector: SigningVector, { last, fault: outright }: Extract<Volley, { kind: 'shots' }>
): StepReport {
  const { envelope, reply } = last;
  const seen: StepReport = {
    ...report,
    request: { transport: 'http', operation: report.task, url: envelope.url, payload: { headers: envelope.headers, body: envelope.body } },
    response: { payload: reply.kind === 'reply' ? reply.body.slice(0, 4096) : undefined, ...(reply.http !== undefined && { http: reply.http }) },
  };
  if (reply.kind === 'failed' && reply.http === undefined) return { ...seen, outcome: { ...failure(run), transport: reply.failure } };
  const checks = judgeChecks(run.step, {
    ...surroundings(run), task: report.task, outcome: { kind: 'succeeded' }, data: {}, ...(reply.http !== undefined && { http: reply.http }),
  });
  const code = wrongCode(vector, reply);
  const faults = [outright, code].flatMap((each) => (each === undefined ? [] : [fault(run, 'request_signing_probe', each)]));
  return concluded(run, seen, [...faults, ...checks]);
}

/** The code stands in the challenge, byte for byte. */
function wrongCode({ error_code: expected }: SigningVector, reply: HttpReply): FailedFinding | undefined {
  if (expected === undefined || reply.http?.status !== 401) return undefined;
  const challenge = reply.http.headers['www-authenticate'];
  const code = REFUSAL.exec(challenge ?? '')?.[1];
  return code === expected ? undefined : failed('WWW-Authenticate', code === undefined ? 'names no error of a signature' : 'names another error', {
    expected, actual: code ?? challenge ?? null,
  });
}

/** The requests that a vector takes: one, two with one nonce, or as many as the seller remembers. */
async function fire(run: StepRun, vector: SigningVector): Promise<Volley> {
  switch (vector.requires_contract) {
    case 'replay_window': return replayed(run, vector);
    case 'rate_abuse': return capped(run, vector);
    default: return shoot(run, vector);
  }
}

async function replayed(run: StepRun, vector: SigningVector): Promise<Volley> {
  let last: Volley = { kind: 'broken', detail: 'was not sent' };
  for (let pair = 1; pair <= PAIRS; pair += 1) {
    const first = await shoot(run, vector);
    if (first.kind === 'broken') return first;
    if (!isTaken(first.last)) return early(first, `is refused when it is new (pair ${pair})`);
    last = { kind: 'shots', last: await sendEnvelope(run, first.last.envelope) };
    if (isTaken(last.last)) return early(last, `is taken a second time (pair ${pair})`);
  }
  return last;
}

/** The cap is what the kit says that a seller sets for the judge's keys. */
async function capped(run: StepRun, vector: SigningVector): Promise<Volley> {
  const stated = own(own(own(run.state.kit, 'stateful_vector_contract'), 'rate_abuse'), 'grading_target_per_keyid_cap_requests');
  const cap = typeof stated === 'number' ? Math.min(stated, 1000) : DEFAULT_CAP;
  let last = await shoot(run, vector);
  for (let sent = 1; sent <= cap && last.kind === 'shots' && isTaken(last.last); sent += 1) last = await shoot(run, vector);
  return last;
}

async function shoot(run: StepRun, vector: SigningVector): Promise<Volley> {
  const { env, state } = run;
  const enveloped = await envelopeOf(run, vector);
  if (enveloped.kind === 'unreachable')
    return { kind: 'shots', last: { envelope: { url: env.agent.url, headers: {}, body: '' }, reply: enveloped.reply } };
  const { envelope } = enveloped;
  const signed = signVector(vector, envelope, {
    nowSeconds: Math.floor(env.clock.now() / 1000), nonce: Buffer.from(state.ids.hex(16), 'hex').toString('base64url'),
    keyOf: (keyid) => testKey(env.bundle.vectors, keyid), capability: sellerCapability(run),
  });
  if (signed.kind === 'unsignable') return { kind: 'broken', detail: signed.detail };
  const credential = vector.message.headers['authorization'] === undefined ? {} : authorizationHeader(state.credential);
  return { kind: 'shots', last: await sendEnvelope(run, { ...envelope, headers: { ...signed.headers, ...credential } }) };
}

type Enveloped =
  | { readonly kind: 'envelope'; readonly envelope: Envelope }
  | { readonly kind: 'unreachable'; readonly reply: Extract<HttpReply, { kind: 'failed' }> };

/** Tool calls go into a session that was opened with the run's own credential; the signed requests bring none. */
async function envelopeOf({ env, state }: StepRun, vector: SigningVector): Promise<Enveloped> {
  const { url } = env.agent;
  if (env.contracts.settings.signingTransport === 'raw') return { kind: 'envelope', envelope: rawEnvelope(vector, url) };
  const { limits, signal, reach } = env;
  const opened = await (state.signingSession ??= McpSession.open({ url, headers: authorizationHeader(state.credential), limits, signal, reach }));
  if (opened.kind === 'failed') return { kind: 'unreachable', reply: opened };
  state.signingRequests += 1;
  return { kind: 'envelope', envelope: mcpEnvelope(vector, url, opened.session.era, state.signingRequests) };
}

async function sendEnvelope({ env }: StepRun, envelope: Envelope): Promise<Shot> {
  const { url, path, headers, body } = envelope;
  const { limits, signal, reach } = env;
  const request = { method: 'POST', url, headers, body, ...(path !== undefined && { path }) } as const;
  return { envelope, reply: await send(request, { limits, signal, reach, maxRedirects: 0, enough: ({ headers: seen }) => isStream(seen) }) };
}

const isStream = (headers: Readonly<Record<string, string>>): boolean => (headers['content-type'] ?? '').startsWith('text/event-stream');
const isTaken = ({ reply }: Shot): boolean => reply.http !== undefined && reply.http.status >= 200 && reply.http.status < 300;

function early(volley: Extract<Volley, { kind: 'shots' }>, problem: string): Volley {
  return { ...volley, fault: failed('the signed request', problem, { actual: volley.last.reply.http?.status ?? null }) };
}

const sellerCapability = ({ env }: StepRun) => capabilityOf(env.profile.capabilities?.['request_signing']);

function fault({ step }: StepRun, check: string, finding: FailedFinding): Validation {
  return synthesized(check, 'the seller decides the vector as published', finding, step.location);
}

function concluded(run: StepRun, report: StepReport, validations: readonly Validation[]): StepReport {
  return { ...report, validations, outcome: validations.every(holds) ? { kind: 'passed' } : failure(run) };
}
