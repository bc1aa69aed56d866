/** What stands in front of the pipeline: both transports, who may call, and what anybody may read. */
import type { RequestListener } from 'node:http';
import type { Logger } from 'pino';
import { agentCard, agentCardDocument } from '../a2a/agent-card.ts';
import { a2aPost } from '../a2a/post.ts';
import type { Config } from '../config/config.ts';
import type { Store } from '../domain/ports/store.ts';
import { httpApp } from '../http/app.ts';
import { mcpPost } from '../mcp/post.ts';
import type { Sender } from '../outbound/sender.ts';
import { pipeline } from '../pipeline/pipeline.ts';
import type { Sandbox } from '../pipeline/sandbox.ts';
import type { Toolbox } from '../pipeline/toolbox.ts';
import type { Desk } from '../usecases/desk.ts';
import { access } from './access.ts';
import type { Observation } from './observation.ts';
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
  readonly sandbox?: Sandbox;
}

/** Answers every request. @throws ConfigError when nobody could be let in as the configuration says */
export function front(config: Config, { desk, toolbox, seen, webhooks, store, send, log, sandbox }: Behind): RequestListener {
  const { clock, ids, features, seller: { agent_url } } = desk;
  const honest = pipeline(desk, toolbox, { reportBug: (error, where) => log.error({ err: error, ...where }, 'a call failed'), writes: config.limits.writes });
  const calls = seen.watch(sandbox?.facade?.(honest) ?? honest);
  const letIn = sandbox ? { principals: sandbox.principals, documents: new Map<string, object>() } : access(config, agent_url, { store, clock, send });
  const common = {
    ...letIn, ...hostsOf(config), pipeline: calls, agent_url, info: { name: 'adwright', version: VERSION }, maxBodyBytes: config.limits.body_bytes,
    onError: (error: unknown) => log.error({ err: error }, 'a request failed'), turnedAway: seen.metrics.turnedAway,
  };
  const card = agentCard(calls.tasks, { ...common.info, seller: config.seller.name, url: new URL('/a2a', agent_url).href });
  return httpApp({
    readiness: seen.health.readiness,
    posts: new Map([['/mcp', mcpPost(common)], ['/a2a', a2aPost({ ...common, card, clock, ids })]]),
    documents: new Map([...webhooks.documents, ...letIn.documents, ['/.well-known/agent-card.json', agentCardDocument(card)]]),
    ...(features.creative_library ? { previews: (preview_id: string) => store.preview(preview_id, clock.now().toISOString()) } : {}),
  });
}

/** The names of a server that listens on one address; one that listens on all of them may be called by any. */
function hostsOf({ host, public_url }: Config): { readonly hosts?: readonly string[] } {
  if (host === '0.0.0.0' || host === '::') return {};
  return { hosts: ['localhost', '127.0.0.1', '[::1]', host.includes(':') ? `[${host}]` : host, ...(public_url ? [new URL(public_url).hostname] : [])] };
}
