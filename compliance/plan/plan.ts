/** What a run will do and why, before anything of it is done. Pure, and made to be printed. */
import type { ContractScope } from '../contracts/contract-scope.ts';
import { signingVectorNames } from '../contracts/request-signing/signing-vectors.ts';
import { withVectorSteps } from '../contracts/request-signing/synthesized-steps.ts';
import type { Bundle } from '../load/bundle.ts';
import type { ReadStoryboard } from '../load/read-storyboard.ts';
import type { Location } from '../location.ts';
import type { LoadProblem } from '../problem.ts';
import type { Policy } from '../policy.ts';
import type { SellerProfile } from '../seller.ts';
import type { Skip } from '../step-report.ts';
import type { Phase, Storyboard } from '../storyboard.ts';
import { checkCapabilityGate } from './capability-gate.ts';
import { leftOut, type NotSelected, restOf, sessionNeeded, versionExcluded } from './not-selected.ts';
import { unresolvedScenarios } from './scenarios.ts';
import { addressesOf, isNamed, outOfScope, type Scope, selectInScope } from './scope.ts';
import type { Selected, UnresolvedReference } from './select-storyboards.ts';
import { chooseSteps, type PlannedStep } from './step-selection.ts';
import { shuffled } from './shuffled.ts';
import { storyboardSkip } from './storyboard-gates.ts';

export type PlanEntry =
  | {
    readonly kind: 'run';
    readonly storyboard: Storyboard;
    readonly because: string;
    readonly phases: readonly PlannedPhase[];
    readonly seeding: boolean;
    /** What the loader found odd in its file. */
    readonly warnings: readonly LoadProblem[];
  }
  /** One skipped result stands for the whole storyboard. */
  | {
    readonly kind: 'skip';
    readonly storyboard_id: string;
    readonly title: string;
    readonly track: string;
    readonly skip: Skip;
    readonly location: Location;
  }
  | { readonly kind: 'broken'; readonly id?: string; readonly file: string; readonly problems: readonly LoadProblem[] };

export interface PlannedPhase {
  readonly phase: Phase;
  /** Why the seller's capabilities gate the phase out. */
  readonly gated?: string;
  readonly steps: readonly PlannedStep[];
}

export interface Plan {
  readonly entries: readonly PlanEntry[];
  readonly not_selected: readonly NotSelected[];
  readonly unresolved: readonly UnresolvedReference[];
  readonly remarks: readonly string[];
}

export type Planned =
  | { readonly kind: 'plan'; readonly plan: Plan }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

export interface PlanOptions {
  readonly scope: Scope;
  /** Why the run has no credential for a storyboard, undefined when it has one. */
  readonly credentialGap: (storyboard: Storyboard) => string | undefined;
  /** Keys of the agents that the operator named; empty when there is only the seller. */
  readonly agents: ReadonlySet<string>;
  /** The skip of a storyboard that requires a controller which the seller lacks. */
  readonly missingController: Policy['missingController'];
  /** Discovery was refused the credential: only storyboards that need no session are graded. */
  readonly unauthenticated: boolean;
  readonly contracts: ContractScope;
  /** Puts the storyboards into an order that follows from this text instead of the bundle's. */
  readonly shuffledBy?: string;
}

const NO_SCHEMAS = 'the bundle brings no schemas, so that every response_schema check fails';

/** Plans a run. Refuses when the claims of the seller cannot be graded with this bundle. */
export function planRun(bundle: Bundle, profile: SellerProfile, options: PlanOptions): Planned {
  const selection = selectInScope(bundle, profile, options.scope);
  if (selection.kind === 'refused') return selection;
  const { scope } = options;
  const selected = distinct(selection.storyboards);
  const requiring = selected.filter(({ file, alone }) => alone !== true && outOfScope(file.outline, scope) === undefined);
  const unresolved = [...(scope.tracks.length > 0 ? [] : selection.unresolved), ...unresolvedScenarios(bundle, requiring)];
  const planned = selected.map((one) => planFile(one, bundle, profile, options));
  return { kind: 'plan', plan: {
    entries: [...inOrder(planned.flatMap(({ entry }) => entry ?? []), options), ...unresolved.map(unresolvedEntry)], unresolved,
    remarks: [...selection.remarks, ...(bundle.schemas === undefined ? [NO_SCHEMAS] : [])],
    not_selected: [...planned.flatMap(({ left }) => left ?? []), ...restOf(bundle, selected, isNamed(scope))],
  } };
}

function inOrder(entries: readonly PlanEntry[], { shuffledBy }: PlanOptions): readonly PlanEntry[] {
  return shuffledBy === undefined ? entries : shuffled(entries, (entry) => (entry.kind === 'run' ? entry.storyboard.id : entry.kind === 'skip' ? entry.storyboard_id : entry.file), shuffledBy);
}

/** What becomes of a selected file: an entry of the plan, or a reason why it is left out after all. */
function planFile(
  { file, because }: Selected, bundle: Bundle, profile: SellerProfile, options: PlanOptions
): { readonly entry?: PlanEntry; readonly left?: NotSelected } {
  const narrowed = outOfScope(file.outline, options.scope);
  if (narrowed !== undefined) return { left: leftOut(file, 'explicit_scope_excluded', narrowed) };
  const { reading } = file;
  if (reading.kind === 'ignored') return {};
  if (reading.kind === 'broken')
    return { entry: { kind: 'broken', file: reading.file, problems: reading.problems, ...(reading.id !== undefined && { id: reading.id }) } };
  const left = versionExcluded(file, reading.storyboard, profile) ?? (options.unauthenticated ? sessionNeeded(file, reading.storyboard) : undefined);
  return left === undefined ? { entry: planStoryboard({ file, because }, reading, bundle, profile, options) } : { left };
}

function planStoryboard(
  { file, because }: Selected, { storyboard: written, warnings }: Extract<ReadStoryboard, { kind: 'storyboard' }>, bundle: Bundle,
  profile: SellerProfile, options: PlanOptions,
): PlanEntry {
  const gap = options.credentialGap(written);
  const skip = storyboardSkip(
    written,
    {
      profile, agents: options.agents, missingController: options.missingController, contracts: options.contracts,
      holdsVectors: signingVectorNames(bundle.vectors, 'positive').length > 0,
      ...(bundle.schemas !== undefined && { schemas: bundle.schemas }), ...(gap !== undefined && { credentialGap: gap }),
    }
  );
  if (skip !== undefined)
    return {
      kind: 'skip', storyboard_id: written.id, title: written.title, track: written.track, skip, location: written.location,
    };
  const storyboard = withVectorSteps(written, bundle.vectors);
  const phases = chooseSteps(storyboard, addressesOf(file, options.scope)).map(({ phase, steps }): PlannedPhase => {
    const gate = phase.requires_capability === undefined ? undefined : checkCapabilityGate(phase.requires_capability, profile, bundle.schemas);
    return { phase, steps, ...(gate?.kind === 'unmet' && { gated: gate.detail }) };
  });
  const seeding = storyboard.controller_seeding && Object.values(storyboard.fixtures).some((entries) => entries.length > 0)
    && phases.some((phase) => phase.gated === undefined && phase.steps.length > 0);
  return { kind: 'run', storyboard, because, phases, seeding, warnings };
}

function unresolvedEntry({ id, named_by }: UnresolvedReference): PlanEntry {
  const detail = named_by === 'index.json'
    ? `index.json names "${id}", which the bundle does not hold`
    : `requires_scenarios reference "${id}" did not resolve against the source tree`;
  return {
    kind: 'skip', storyboard_id: id, title: '', track: 'untracked', location: { file: named_by, line: 1, column: 1, source: '' },
    skip: { reason: 'not_applicable', cause: 'unresolved_scenario_reference', detail },
  };
}

function distinct(selected: readonly Selected[]): readonly Selected[] {
  const seen = new Set(selected.map(({ file }) => file));
  return selected.filter(({ file }) => seen.delete(file));
}
