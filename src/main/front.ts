/** What stands in front of the pipeline: both transports, who may call, and what anybody may read. */
import type { RequestListener } from 'node:http';
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import type { Store } from '../domain/ports/store.ts';
import { httpApp, type PublicDocument } from '../http/app.ts';
import { door } from '../http/door.ts';
import { overload } from '../http/overload.ts';
import type { Signatures } from '../http/signatures.ts';
import { mcpPost } from '../mcp/post.ts';
import type { Sender } from '../outbound/sender.ts';
import type { Admission } from '../pipeline/admission.ts';
import { pipeline } from '../pipeline/pipeline.ts';
import type { Sandbox } from '../pipeline/sandbox.ts';
import type { Toolbox } from '../pipeline/toolbox.ts';
import type { Desk } from '../usecases/desk.ts';
import { access } from './access.ts';
import { requestSignatures } from './request-signing.ts';
import type { Observation } from './observation.ts';
import type { Tracing } from './tracing.ts';
import { VERSION } from './version.ts';
import type { WebhookService } from './webhooks.ts';

export interface Behind {
  readonly desk: Desk;
  readonly toolbox: Toolbox;
  readonly seen: Observation;
  readonly webhooks: WebhookService;
  readonly store: Store;
  readonly send: Sender;
  readonly log: Logger;
  readonly admission: Admission;
  readonly traces: Tracing;
  readonly sandbox?: Sandbox;
}

/** Answers every request. @throws ConfigError when nobody could be let in as the configuration says */
export async function front(config: Config, { desk, toolbox, seen, webhooks, store, send, log, admission, traces, sandbox }: Behind): Promise<RequestListener> {
  const { clock, ids, features, seller: { agent_url } } = desk;
  const honest = pipeline(desk, toolbox, { reportBug: (error, where) => log.error({ err: error, ...where }, 'a call failed'), writes: config.limits.writes });
  const calls = seen.watch(admission.limited(traces.calls(sandbox?.facade?.(honest) ?? honest)));
  const letIn = sandbox ? { principals: sandbox.principals, documents: new Map<string, object>() } : await access(config, agent_url, { store, clock, send });
  const signatures = signaturesFor(config, { desk, store, send, seen, log, ...(sandbox ? { sandbox } : {}) });
  const { body_bytes, strangers, wrong_credentials } = config.limits;
  const keeper = door({
    admission, isLate: overload({ elapsed: () => performance.now(), afterTurn: setImmediate }), strangers, wrong_credentials, clock,
    ...(config.proxies === undefined ? {} : { proxies: config.proxies }),
  });
  const common = {
    ...letIn, ...(signatures ? { signatures } : {}), ...hostsOf(config), ids, door: keeper, pipeline: calls, agent_url, info: { name: 'adwright', version: VERSION }, maxBodyBytes: body_bytes,
    onError: (error: unknown, correlation_id: string) => log.error({ err: error, correlation_id }, 'a request failed'), turnedAway: seen.metrics.turnedAway,
  };
  const a2a = loadedOnce(async () => {
    const [{ agentCard, agentCardDocument }, { a2aPost }] = await Promise.all([import('../a2a/agent-card.ts'), import('../a2a/post.ts')]);
    const card = agentCard(calls.tasks, { ...common.info, seller: config.seller.name, url: new URL('/a2a', agent_url).href });
    return { card: agentCardDocument(card), post: a2aPost({ ...common, card, clock, answered: store.answered }) };
  });
  return httpApp({
    stranger: keeper.stranger,
    readiness: seen.health.readiness,
    posts: new Map([['/mcp', traces.post(mcpPost(common))], ['/a2a', traces.post(async (request, response) => (await a2a()).post(request, response))]]),
    documents: new Map<string, PublicDocument>([...webhooks.documents, ...letIn.documents, ['/.well-known/agent-card.json', async () => (await a2a()).card]]),
    ...(features.creative_library ? { previews: (preview_id: string) => store.preview(preview_id, clock.now().toISOString()) } : {}),
  });
}

/** What came of signatures is counted; what is wrong with one that goes on anyway is told, since nobody else hears of it. */
function signaturesFor(config: Config, { desk, store, send, seen, log, sandbox }: Pick<Behind, 'desk' | 'store' | 'send' | 'seen' | 'log' | 'sandbox'>): Signatures | undefined {
  const { request_signing: policy, clock } = desk;
  if (policy === undefined) return undefined;
  return requestSignatures(config, {
    policy, clock, send, claimNonce: (nonce) => store.claimNonce(nonce), ...(sandbox ? { sandbox } : {}),
    judged(what) {
      seen.metrics.signature(what.outcome);
      if (what.outcome !== 'verified') log[what.posture === 'warned' ? 'warn' : 'info'](what, 'a signature that is not good');
    },
  });
}

/** What few servers need, and takes long to load, is loaded when the first request needs it. */
function loadedOnce<Loaded>(load: () => Promise<Loaded>): () => Promise<Loaded> {
  let loaded: Promise<Loaded> | undefined;
  return () => (loaded ??= load());
}

/** The names of a server that listens on one address; one that listens on all of them may be called by any. */
function hostsOf({ host, public_url }: Config): { readonly hosts?: readonly string[] } {
  if (host === '0.0.0.0' || host === '::') return {};
  return { hosts: ['localhost', '127.0.0.1', '[::1]', host.includes(':') ? `[${host}]` : host, ...(public_url ? [new URL(public_url).hostname] : [])] };
}
