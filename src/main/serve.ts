/** Constructs the seller: every port with its implementation, from one configuration. */
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import type { Store } from '../domain/ports/store.ts';
import { strictAccountScope } from '../domain/strict-account-scope.ts';
import type { Worker } from '../jobs/worker.ts';
import { mcpVerifier } from '../outbound/mcp-verifier.ts';
import { callAgent, type AgentCall } from '../outbound/agent-caller.ts';
import { fetchedFeeds } from '../outbound/feeds.ts';
import { mcpGovernance } from '../outbound/mcp-governance.ts';
import { askedPropertyLists } from '../outbound/property-lists.ts';
import { boundedRecorder } from '../outbound/recorder.ts';
import { sealedCursors } from '../outbound/sealed-cursors.ts';
import { sender } from '../outbound/sender.ts';
import { recordedAgent } from '../outbound/recorded-agent.ts';
import { aesVault } from '../outbound/vault.ts';
import { admission } from '../pipeline/admission.ts';
import { background } from '../pipeline/background.ts';
import { guardedStore } from '../observe/guarded-store.ts';
import { steadyClock, type Timepieces } from '../observe/steady-clock.ts';
import type { OpenSandbox, Sandbox } from '../pipeline/sandbox.ts';
import type { TaskName } from '../protocol/tasks.ts';
import type { Desk } from '../usecases/desk.ts';
import { ended, type Stopped } from './stopping.ts';
import { storeWatch } from './store-watch.ts';
import { switchedFeatures } from './features.ts';
import { front } from './front.ts';
import { httpServer } from './http-server.ts';
import { observation } from './observation.ts';
import { housekeeping } from './housekeeping.ts';
import { openStore } from './open-store.ts';
import { operatorCatalogue } from './operator-catalogue.ts';
import { signingPolicy } from './request-signing.ts';
import { randomIds, systemTime } from './system.ts';
import { toolboxFor } from '../pipeline/served-tasks.ts';
import { reviewPolicy } from './review.ts';
import { tracing } from './tracing.ts';
import { vaultKeys } from './vault-key.ts';
import { VERSION } from './version.ts';
import { webhookService } from './webhooks.ts';
import { startWork } from './work.ts';

export interface Running {
  /** The MCP URL, as buyers reach it. */
  readonly url: string;
  /** The same where the server itself listens. */
  readonly local_url: string;
  /** Where Prometheus reads, when the configuration says so. */
  readonly metrics_url?: string;
  readonly demo_token?: string;
  /** Begins nothing new, lets what runs end within the configured time, then releases the port and the store. */
  close(): Promise<Stopped>;
}

export interface ServeOptions {
  readonly config: Config;
  readonly log: Logger;
  /** Opens the sandbox; asked only when the configuration wants one. */
  readonly sandbox: OpenSandbox;
  /** Default: those of the system. */
  readonly time?: Timepieces;
}

/**
 * Starts a seller.
 * @throws ConfigError when the configuration cannot be served; StoreInUse or StoreUnavailable; a listen error such as EADDRINUSE
 */
export async function serve({ config, log, sandbox: openSandbox, time = systemTime }: ServeOptions): Promise<Running> {
  let listener: RequestListener = (_request, response) => void response.writeHead(503).end();
  let seller: Assembled | undefined;
  const stop = (): Promise<Stopped> => ended({
    http, drain: () => { listener = lastAnswers(listener); seller?.drain(); }, jobs: async () => seller?.jobs(), cut: () => seller?.cut(),
  }, config.stop_within_seconds * 1000);
  let turnedAway: (status: number) => void = () => {};
  const http = httpServer(config.limits, (request, response) => listener(request, response), (status) => turnedAway(status));
  const undo: (() => Promise<void>)[] = [];
  try {
    const port = await listen(http, config);
    const local_url = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}/mcp`;
    const url = config.public_url ?? local_url;
    seller = await assemble(config, log, url, openSandbox, time, undo);
    listener = seller.listener;
    turnedAway = seller.turnedAway;
    return { url, local_url, ...(seller.metrics_url ? { metrics_url: seller.metrics_url } : {}), ...(seller.demo_token ? { demo_token: seller.demo_token } : {}), close: () => unwind(stop, undo) };
  } catch (error) {
    await unwind(stop, undo);
    throw error;
  }
}

interface Assembled {
  readonly listener: RequestListener;
  readonly turnedAway: (status: number) => void;
  readonly metrics_url: string | undefined;
  readonly demo_token: string | undefined;
  drain(): void;
  jobs(): Promise<void>;
  cut(): void;
}

async function assemble(config: Config, log: Logger, agent_url: string, openSandbox: OpenSandbox, time: Timepieces, undo: (() => Promise<void>)[]): Promise<Assembled> {
  const switched = switchedFeatures(config.features);
  const clock = steadyClock(time);
  const { current, earlier } = vaultKeys(config);
  const vault = aesVault(current, ...earlier);
  const sandbox = config.sandbox ? await openSandbox({ data: join(config.data, 'sandbox'), agent_url, features: switched, clock }) : undefined;
  const recorder = sandbox?.recorder ?? boundedRecorder();
  if (sandbox) undo.push(() => sandbox.close());
  const kept = await openStore(config, { attribution: sandbox?.attribution, dedup: switched.conversion_tracking?.multi_source_event_dedup, log });
  undo.push(() => kept.close());
  const guard = guardedStore(kept, { clock, ...storeWatch(clock, log) });
  undo.push(async () => guard.close());
  const opened = guard.store;

  const own = config.sandbox ? undefined : await operatorCatalogue(config, { agent_url, features: switched, store: opened, clock, log });
  if (own) undo.push(async () => own.close());
  const features = { ...switched, signals: switched.signals && own?.sellsSignals !== false };

  const toolbox = toolboxFor(features, sandbox?.toolbox);
  const { calls, at_once } = config.limits;
  const limits = admission({ at_once, principal: calls }, clock);
  const seen = await observation(config, { store: opened, clock, log, inWork: limits.inWork, tasks: Object.keys(toolbox) as TaskName[], hindrance: guard.hindrance });
  undo.push(() => seen.close());
  const traces = await tracing(config);
  undo.push(() => traces.close());
  const stopping = new AbortController();
  const configured = new Map(Object.entries(config.hosts ?? {}));
  const send = sender({
    recorder, clock, loopback: config.sandbox, stopping: stopping.signal, ended: seen.sent, ...traces.sending,
    ...(sandbox ? { hosts: { get: (origin: string) => configured.get(origin) ?? sandbox.hosts.get(origin) } } : {}),
  });
  const ask = (call: AgentCall) => callAgent(call, send, { name: 'adwright', version: VERSION });
  const recorded = recordedAgent(ask, recorder, clock);
  const verifier = mcpVerifier(recorded);
  const webhooks = webhookService(config, agent_url, { store: seen.countingWebhooks(opened), clock, vault, send });
  const request_signing = signingPolicy(config, Object.keys(toolbox), sandbox);
  let worker: Worker | undefined;
  const desk: Desk = {
    seller: { agent_url, ...config.seller }, features, clock, vault, cursors: sealedCursors(current), verifier, ids: randomIds, endpoints: webhooks.endpoints,
    store: wakingStore(traces.store(opened), () => worker?.wake()),
    catalogue: (sandbox ?? own)!.catalogue,
    scope: sandbox?.scope ?? strictAccountScope,
    since: clock.now().toISOString(),
    served: new Set(Object.keys(toolbox) as TaskName[]),
    ...(features.catalogs ? { feeds: fetchedFeeds(send, clock) } : {}),
    ...(features.property_lists ? { property_lists: askedPropertyLists(ask, clock) } : {}),
    ...(features.governance ? { governance: { agents: mcpGovernance(recorded, clock), plans: config.governance?.plans ?? [], unplanned: sandbox?.unplanned ?? 'refuse' } } : {}),
    ...(config.review ? { review: reviewPolicy(config) } : {}),
    ...(webhooks.signing ? { signing: webhooks.signing } : {}), ...(request_signing ? { request_signing } : {}),
    ...(sandbox ? { platform: sandbox.platform, test_scenarios: sandbox.scenarios } : {}),
  };
  worker = startWork({ traces, store: opened, clock, log, send, ended: ({ job }, { kind }) => seen.metrics.job(job.kind, kind), webhooks, behind: background(desk, toolbox), ...(sandbox ? { platform: sandbox.platform } : {}) });
  const cut = (): void => stopping.abort();
  undo.push(async () => { cut(); });
  undo.push(housekeeping(config, { store: opened, clock, log }));
  const listener = await front(config, { desk, toolbox, seen, webhooks, store: opened, send, log, admission: limits, traces, ...(sandbox ? { sandbox } : {}) });
  const jobs = (): Promise<void> => worker!.stop();
  return { listener, drain: seen.health.drain, jobs, cut, turnedAway: seen.metrics.turnedAway, metrics_url: seen.metrics_url, demo_token: (sandbox as Sandbox | undefined)?.demo_token };
}

/** Wakes the worker when a commit leaves work for it. */
function wakingStore(store: Store, wake: () => void): Store {
  return {
    ...store,
    async commit(set) {
      const outcome = await store.commit(set);
      if (outcome === 'committed' && set.changes.some((change) => change.kind === 'enqueue')) wake();
      return outcome;
    },
  };
}

function listen(http: Server, { host, port }: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, () => {
      http.off('error', reject);
      resolve((http.address() as AddressInfo).port);
    });
  });
}

/** Whoever asks again asks another server. */
const lastAnswers = (listener: RequestListener): RequestListener => (request, response) => {
  response.setHeader('connection', 'close');
  listener(request, response);
};

/** First no new calls and jobs, then in the reverse order of construction. */
async function unwind(stop: () => Promise<Stopped>, undo: (() => Promise<void>)[]): Promise<Stopped> {
  const stopped = await stop();
  for (const each of undo.splice(0).toReversed()) await each();
  return stopped;
}
