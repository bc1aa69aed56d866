/** The gates of a whole storyboard, in the order in which they are evaluated; the first that is unmet settles it. */
import type { SchemaCatalogue } from '../../src/protocol/schema-catalogue.ts';
import type { Policy } from '../policy.ts';
import type { SellerProfile } from '../seller.ts';
import type { Skip } from '../step-report.ts';
import type { Storyboard } from '../storyboard.ts';
import { type ContractScope, WEBHOOK_CONTRACT } from '../contracts/contract-scope.ts';
import { isVectorPhase } from '../contracts/request-signing/synthesized-steps.ts';
import { namesReceiver } from '../contracts/webhooks/registration.ts';
import { checkCapabilityGate } from './capability-gate.ts';

export interface GateSurroundings {
  readonly profile: SellerProfile;
  readonly schemas?: SchemaCatalogue;
  /** Keys of the agents that the operator named. */
  readonly agents: ReadonlySet<string>;
  readonly missingController: Policy['missingController'];
  /** Why the run has no credential for the storyboard's kit, undefined when it has one. */
  readonly credentialGap?: string;
  readonly contracts: ContractScope;
  /** Whether the bundle brings request-signing vectors. */
  readonly holdsVectors: boolean;
}

/** The skip that stands for the whole storyboard, undefined when it is to run. */
export function storyboardSkip(storyboard: Storyboard, around: GateSurroundings): Skip | undefined {
  if (storyboard.phases.length === 0)
    return {
      reason: 'no_phases', detail: `storyboard ${storyboard.id} version ${storyboard.version || '(none)'} is a placeholder without phases`,
    };
  return capability(storyboard, around) ?? requirement(storyboard, around) ?? vectors(storyboard, around)
    ?? toolFamily(storyboard, around.profile) ?? requiredTools(storyboard, around.profile) ?? credential(around);
}

function capability(storyboard: Storyboard, { profile, schemas }: GateSurroundings): Skip | undefined {
  if (storyboard.requires_capability === undefined) return undefined;
  const result = checkCapabilityGate(storyboard.requires_capability, profile, schemas);
  return result.kind === 'met' ? undefined : { reason: 'not_applicable', cause: 'capability_unsupported', detail: result.detail };
}

/** What `requires` may name and this run has. Nothing else is ever met: values that are unknown included. */
function requirement(storyboard: Storyboard, { profile, contracts, missingController, agents }: GateSurroundings): Skip | undefined {
  const met = new Set([
    'real_wire', ...(profile.tools.has('comply_test_controller') ? ['controller'] : []),
    ...(contracts.contracts.has(WEBHOOK_CONTRACT) ? ['webhook_receiver'] : []),
    ...(routesResolve(storyboard, agents) ? ['multi_agent'] : []),
  ]);
  const needed = [...storyboard.requires, ...(needsReceiver(storyboard) ? ['webhook_receiver'] : [])];
  const missing = needed.find((each) => !met.has(each));
  if (missing === undefined) return undefined;
  return { reason: missing === 'controller' ? missingController : 'requirement_unmet', detail: missing };
}

/** Whether there is more than one agent, and every one that the storyboard names is among them. */
function routesResolve(storyboard: Storyboard, keys: ReadonlySet<string>): boolean {
  const steps = storyboard.phases.flatMap((phase) => phase.steps.flatMap(({ agent }) => agent ?? []));
  const needed = [...steps, ...(storyboard.default_agent === undefined ? [] : [storyboard.default_agent])];
  return keys.size >= 2 && needed.every((key) => keys.has(key));
}

/** Whether a request names an address of the judge's webhook receiver. */
function needsReceiver(storyboard: Storyboard): boolean {
  return storyboard.phases.some((phase) => phase.steps.some((step) => namesReceiver(step.sample_request)));
}

/** Storyboards that replay published vectors against the seller. */
function vectors(storyboard: Storyboard, { profile, contracts, holdsVectors }: GateSurroundings): Skip | undefined {
  if (!contracts.replayEndpoint && storyboard.phases.some((phase) => phase.steps.some((step) => step.task === 'replay_webhook_vector')))
    return {
      reason: 'not_applicable', cause: 'probe_unsupported', detail: 'no webhook endpoint of the seller was given to replay vectors to: --webhook-endpoint URL',
    };
  if (!storyboard.phases.some((phase) => isVectorPhase(phase))) return undefined;
  const declared = checkCapabilityGate({ path: 'request_signing.supported', matcher: 'equals', value: true }, profile, undefined);
  if (declared.kind === 'unmet') return { reason: 'not_applicable', cause: 'capability_unsupported', detail: declared.detail };
  return holdsVectors ? undefined : { reason: 'not_applicable', cause: 'probe_unsupported', detail: 'the bundle holds no request-signing vectors' };
}

function toolFamily(storyboard: Storyboard, profile: SellerProfile): Skip | undefined {
  const family = storyboard.required_any_of_tools.find(({ tools }) => !tools.some((tool) => profile.tools.has(tool)));
  if (family === undefined) return undefined;
  const rationale = family.rationale === undefined ? '' : ` (${family.rationale})`;
  return { reason: 'requirement_unmet', detail: `missing_required_tool_family: needs ${family.tools.join(' or ')}${rationale}` };
}

function requiredTools(storyboard: Storyboard, profile: SellerProfile): Skip | undefined {
  const wanted = storyboard.required_tools;
  if (wanted.length === 0 || wanted.some((tool) => profile.tools.has(tool))) return undefined;
  return { reason: 'missing_tool', detail: missingToolDetail(wanted, profile) };
}

function credential({ credentialGap }: GateSurroundings): Skip | undefined {
  return credentialGap === undefined ? undefined : { reason: 'unsatisfied_contract', cause: 'kit_token_missing', detail: credentialGap };
}

/** Names the tools that are wanted and those that the seller lists. */
export function missingToolDetail(wanted: readonly string[], profile: SellerProfile): string {
  return `needs ${wanted.join(' or ')}; the seller lists ${profile.tools.size === 0 ? 'no tools' : [...profile.tools].sort().join(', ')}`;
}
