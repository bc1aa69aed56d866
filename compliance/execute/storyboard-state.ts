/** What a storyboard remembers while it runs. Nothing of it outlives the storyboard. */
import type { DeliveryVerifier } from '../contracts/webhooks/delivery-verifier.ts';
import type { WebhookInbox } from '../contracts/webhooks/inbox.ts';
import type { Credential } from '../credential.ts';
import { own, type JsonObject } from '../json/object.ts';
import type { Contributor } from '../judge/branch-sets.ts';
import { type Cascade, NO_CASCADE } from '../judge/cascade.ts';
import { beginInvariants, type InvariantStates } from '../judge/invariants/registry.ts';
import type { AccountHistory } from '../judge/terminal-page.ts';
import { brandDomain, type KitCredential } from '../plan/kit-credential.ts';
import type { Policy } from '../policy.ts';
import { formatAddress, type Skip, type StepReport } from '../step-report.ts';
import type { Storyboard } from '../storyboard.ts';
import type { Conversation } from './agent.ts';
import { type IdSource, seededIds } from './id-source.ts';
import type { OpenedSession } from './mcp-session.ts';
import { type PlaceholderScope, quotedSteps } from './placeholders.ts';
import type { RunEnvironment } from './run-environment.ts';

export class StoryboardState {
  readonly storyboard: Storyboard;
  readonly credential: Credential;
  readonly kit: JsonObject;
  readonly brandDomain: string | undefined;
  readonly ids: IdSource;
  accumulator: JsonObject;
  cascade: Cascade = NO_CASCADE;
  invariants: InvariantStates;
  accounts: AccountHistory = { synced: 0, planned: 0 };
  /** Payloads of the steps whose replies later requests quote. */
  readonly replies = new Map<string, unknown>();
  /** Sending times of the steps that were answered. */
  readonly sentAt = new Map<string, number>();
  /** What the agent calls its conversation with this storyboard, for transports that have one. */
  readonly conversation: Conversation = {};
  /** Documents that probes fetched, by their task. */
  readonly probed = new Map<string, JsonObject | undefined>();
  /** Optional phases whose failures count: the seller says that it has what they look at. */
  readonly bindingPhases = new Set<string>();
  /** Phases whose remaining steps are left out. */
  readonly closedPhases = new Map<string, Skip>();
  readonly contributions = new Map<string, Contributor>();
  /** Context keys whose capture led to nothing, with the step that should have filled them. */
  readonly failedCaptures = new Map<string, string>();
  /** Context keys that are unset because the seller had no further page. */
  readonly blankKeys = new Set<string>();
  /** Set when the storyboard has webhooks delivered to the judge. */
  inbox?: WebhookInbox;
  /** Set when a step that leaves its task to the kit was completed. */
  emitterRequest?: JsonObject;
  /** Set when a delivery has been verified: nonces are remembered throughout the storyboard. */
  readonly verifiers = new Map<string, DeliveryVerifier>();
  /** Opened for request-signing vectors when the first is sent. */
  signingSession?: Promise<OpenedSession>;
  signingRequests = 0;
  /** The latest answer; only kept when a step looks for a preview in it. */
  lastReply?: { readonly data: unknown };
  /** Latest first; empty unless a check looks at them. */
  productReplies: readonly unknown[] = [];
  readonly #policy: Policy;
  readonly #quoted: ReadonlySet<string>;
  readonly #needsProducts: boolean;
  readonly #observesPreviews: boolean;
  readonly #aliases = new Map<string, string>();
  readonly #reports = new Map<string, StepReport>();

  constructor(storyboard: Storyboard, ready: Extract<KitCredential, { kind: 'ready' }>, env: RunEnvironment) {
    this.storyboard = storyboard;
    this.credential = ready.credential;
    this.kit = env.policy.kits === 'whole' ? ready.kit : { auth: ready.kit['auth'] };
    this.#policy = env.policy;
    this.brandDomain = brandDomain(ready.kit);
    this.ids = seededIds(env.seed, storyboard.id);
    this.accumulator = storyboard.context;
    const steps = storyboard.phases.flatMap((phase) => phase.steps);
    this.#quoted = new Set(steps.flatMap(({ sample_request: request }) => (request === undefined ? [] : quotedSteps(request))));
    this.#needsProducts = steps.some(({ validations }) => validations.some(({ check }) => check === 'canonical_format_satisfaction'));
    this.#observesPreviews = steps.some(({ special }) => special?.kind === 'substitution');
    this.invariants = beginInvariants(storyboard.invariants, env.secrets.filter((secret) => secret.length >= 16));
  }

  get reports(): readonly StepReport[] {
    return [...this.#reports.values()];
  }

  /** Keeps a report; a regraded one takes the place of the first. */
  keep(report: StepReport): void {
    this.#reports.set(formatAddress(report.address), report);
  }

  /** Forgets what does not outlive a phase. */
  beginPhase(): void {
    if (this.#policy.aliases === 'per_phase') this.#aliases.clear();
  }

  /** A value for `$generate`: the same alias means the same value throughout the storyboard. */
  generate(alias: string | undefined): string {
    if (alias === undefined) return this.ids.uuid();
    const known = this.#aliases.get(alias) ?? this.ids.uuid();
    this.#aliases.set(alias, known);
    return known;
  }

  get placeholders(): PlaceholderScope {
    return {
      accumulator: this.accumulator, kit: this.kit, replies: this.replies, policy: this.#policy, generate: (alias) => this.generate(alias),
      ...(this.inbox !== undefined && { inbox: this.inbox }),
    };
  }

  /** Takes note of what a step was answered, for the steps after it. */
  remember(stepId: string, task: string, data: unknown, sentAtMs: number): void {
    if (this.#quoted.has(stepId)) this.replies.set(stepId, data);
    this.sentAt.set(stepId, sentAtMs);
    if (this.#observesPreviews) this.lastReply = { data };
    if (this.#needsProducts && task === 'get_products') 
      this.productReplies = this.#policy.formatProducts === 'all_replies' ? [data, ...this.productReplies] : [data];
    const accounts = own(data, 'accounts');
    if (task === 'sync_accounts' && Array.isArray(accounts))
      this.accounts = { ...this.accounts, synced: Math.max(this.accounts.synced, accounts.length) };
  }

  /** Takes note of accounts that a step was to make and did not. */
  missed(task: string, request: JsonObject | undefined): void {
    const accounts = request?.['accounts'];
    if (task === 'sync_accounts' && Array.isArray(accounts))
      this.accounts = { ...this.accounts, planned: Math.max(this.accounts.planned, accounts.length) };
  }
}
