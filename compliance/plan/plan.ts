/** What a run will do and why, before anything of it is done. Pure, and made to be printed. */
import type { Bundle, BundleFile } from '../load/bundle.ts';
import { own } from '../json/object.ts';
import type { ReadStoryboard } from '../load/read-storyboard.ts';
import type { Location } from '../location.ts';
import type { LoadProblem } from '../problem.ts';
import type { SellerProfile } from '../seller.ts';
import type { Skip } from '../step-report.ts';
import type { Phase, Storyboard } from '../storyboard.ts';
import { type Address, matchesStoryboard } from './address.ts';
import { checkCapabilityGate } from './capability-gate.ts';
import { type Selected, type Selection, selectByCapabilities, uncoveredVersion, type UnresolvedReference } from './select-storyboards.ts';
import { chooseSteps, type PlannedStep, selectsAnyStep } from './step-selection.ts';
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

/** A storyboard that was left out before anything ran. Never counted as skipped. */
export interface NotSelected {
  readonly storyboard_id: string;
  readonly reason: 'explicit_scope_excluded' | 'version_excluded' | 'profile_excluded';
  readonly detail: string;
  readonly steps: number;
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
  /** Empty: whatever the seller's capabilities select. */
  readonly select: readonly Address[];
  readonly exclude: readonly Address[];
  /** Why the run has no credential for a storyboard, undefined when it has one. */
  readonly credentialGap: (storyboard: Storyboard) => string | undefined;
  /** Discovery was refused the credential: only storyboards that need no session are graded. */
  readonly unauthenticated: boolean;
}

const NO_SCHEMAS = 'the bundle brings no schemas, so that every response_schema check fails';

/** Plans a run. Refuses when the claims of the seller cannot be graded with this bundle. */
export function planRun(bundle: Bundle, profile: SellerProfile, options: PlanOptions): Planned {
  const selection = options.select.length > 0 ? selectExplicitly(bundle, profile, options.select) : selectByCapabilities(bundle, profile);
  if (selection.kind === 'refused') return selection;
  const all = options.select.length > 0 ? selection.storyboards : withScenarios(bundle, selection.storyboards);
  const unresolved = [...selection.unresolved, ...(options.select.length > 0 ? [] : unresolvedScenarios(bundle, all))];
  const excluded = (id: string): boolean => options.exclude.some((address) => matchesStoryboard(address, id));
  const outside = new Map<string, NotSelected>();
  const entries = distinct(all).flatMap(({ file, because }): PlanEntry[] => {
    if (file.reading.kind === 'ignored') return [];
    if (file.reading.kind === 'broken')
      return excluded(file.reading.id ?? '')
        ? []
        : [
          {
            kind: 'broken', file: file.reading.file, problems: file.reading.problems,
            ...(file.reading.id !== undefined && { id: file.reading.id }),
          },
        ];
    const { storyboard } = file.reading;
    const reason = excluded(storyboard.id) ? leftOut(storyboard, 'explicit_scope_excluded', 'left out by --exclude')
      : versionExcluded(storyboard, profile) ?? sessionNeeded(storyboard, options);
    if (reason !== undefined) outside.set(storyboard.id, reason);
    return reason === undefined ? [planStoryboard(file.reading, because, bundle, profile, options)] : [];
  });
  return { kind: 'plan', plan: {
    entries: [...entries, ...unresolved.map(unresolvedEntry)], unresolved,
    remarks: [...selection.remarks, ...(bundle.schemas === undefined ? [NO_SCHEMAS] : [])],
    not_selected: [...outside.values(), ...rest(bundle, all, options.select.length > 0)],
  } };
}

function planStoryboard(
  { storyboard, warnings }: Extract<ReadStoryboard, { kind: 'storyboard' }>, because: string, bundle: Bundle, profile: SellerProfile,
  options: PlanOptions,
): PlanEntry {
  const gap = options.credentialGap(storyboard);
  const skip = storyboardSkip(
    storyboard,
    { profile, ...(bundle.schemas !== undefined && { schemas: bundle.schemas }), ...(gap !== undefined && { credentialGap: gap }) }
  );
  if (skip !== undefined)
    return {
      kind: 'skip', storyboard_id: storyboard.id, title: storyboard.title, track: storyboard.track, skip, location: storyboard.location,
    };
  const addresses = options.select.filter((address) => matchesStoryboard(address, storyboard.id));
  const whole = addresses.some((address) => address.phase === undefined);
  const phases = chooseSteps(storyboard, whole ? [] : addresses).map(({ phase, steps }): PlannedPhase => {
    const gate = phase.requires_capability === undefined ? undefined : checkCapabilityGate(phase.requires_capability, profile, bundle.schemas);
    return { phase, steps, ...(gate?.kind === 'unmet' && { gated: gate.detail }) };
  });
  const seeding = storyboard.controller_seeding && Object.values(storyboard.fixtures).some((entries) => entries.length > 0)
    && phases.some((phase) => phase.gated === undefined && phase.steps.length > 0);
  return { kind: 'run', storyboard, because, phases, seeding, warnings };
}

/** What is named is run, even when the seller does not claim the bundle's release; then it is said. */
function selectExplicitly(bundle: Bundle, profile: SellerProfile, select: readonly Address[]): Selection {
  const version = uncoveredVersion(bundle, profile);
  return {
    kind: 'selected', unresolved: [], remarks: version === undefined ? [] : [version],
    storyboards: filesMatching(bundle, select).map((file) => ({ file, because: 'named by --select' })),
  };
}

/** The files whose storyboard (or what can be read of it) an address names. */
export function filesMatching(bundle: Bundle, addresses: readonly Address[]): readonly BundleFile[] {
  return bundle.files.filter((file) => {
    const { reading } = file;
    if (reading.kind === 'ignored') return false;
    const id = idOf(file);
    const named = id === undefined ? [] : addresses.filter((address) => matchesStoryboard(address, id));
    return reading.kind === 'storyboard' ? named.length > 0 && selectsAnyStep(reading.storyboard, named) : named.length > 0;
  });
}

/** The id of a file's storyboard, as far as it could be read. */
function idOf({ reading }: BundleFile): string | undefined {
  return reading.kind === 'storyboard' ? reading.storyboard.id : reading.kind === 'broken' ? reading.id : undefined;
}

/** Puts the scenarios that a storyboard requires before it, unless they are selected anyway. */
function withScenarios(bundle: Bundle, selected: readonly Selected[]): readonly Selected[] {
  // Of two files with one id the first is the storyboard, and the second is broken.
  const byId = new Map(bundle.files.toReversed().map((file) => [idOf(file), file] as const));
  const placed = new Set(selected.map(({ file }) => file));
  const expand = (one: Selected): readonly Selected[] => {
    const { reading } = one.file;
    if (reading.kind !== 'storyboard') return [one];
    const required = reading.storyboard.requires_scenarios.flatMap(({ id }) => byId.get(id) ?? []).flatMap((file) => {
      if (placed.has(file)) return [];
      placed.add(file);
      return expand({ file, because: `required by ${reading.storyboard.id}` });
    });
    return [...required, one];
  };
  return selected.flatMap(expand);
}

function unresolvedScenarios(bundle: Bundle, selected: readonly Selected[]): readonly UnresolvedReference[] {
  const ids = new Set(bundle.files.map(idOf));
  const references = selected.flatMap(({ file: { reading } }) => (reading.kind === 'storyboard' ? [reading.storyboard] : []))
    .flatMap((storyboard) => storyboard.requires_scenarios.map(({ id }) => ({ id, named_by: storyboard.id })));
  const missing = references.filter(({ id }) => !ids.has(id));
  return missing.filter(({ id }, i) => missing.findIndex((other) => other.id === id) === i);
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

function versionExcluded(storyboard: Storyboard, profile: SellerProfile): NotSelected | undefined {
  const majors = own(profile.capabilities?.['adcp'], 'major_versions');
  const major = Number(storyboard.introduced_in?.split('.')[0]);
  if (storyboard.introduced_in === undefined || !Array.isArray(majors) || majors.includes(major)) return undefined;
  return leftOut(
    storyboard, 'version_excluded', `introduced in ${storyboard.introduced_in}; the seller supports major versions ${majors.join(', ')}`
  );
}

function sessionNeeded(storyboard: Storyboard, { unauthenticated }: PlanOptions): NotSelected | undefined {
  if (!unauthenticated || storyboard.required_tools.length === 0 || storyboard.track === 'security') return undefined;
  return leftOut(storyboard, 'profile_excluded', 'the seller refused the credential, so that its tools are unknown');
}

function rest(bundle: Bundle, selected: readonly Selected[], explicit: boolean): readonly NotSelected[] {
  const taken = new Set(selected.map(({ file }) => file));
  return bundle.files.filter((file) => !taken.has(file)).flatMap(({ reading, place }) => {
    if (reading.kind !== 'storyboard') return [];
    if (explicit) return [leftOut(reading.storyboard, 'explicit_scope_excluded', 'not named by --select')];
    return [
      leftOut(
        reading.storyboard, 'profile_excluded',
        place.kind === 'universal' ? 'not selected' : `the seller does not claim the ${place.kind} ${place.id}`
      ),
    ];
  });
}

function leftOut(storyboard: Storyboard, reason: NotSelected['reason'], detail: string): NotSelected {
  return { storyboard_id: storyboard.id, reason, detail, steps: storyboard.phases.reduce((sum, phase) => sum + phase.steps.length, 0) };
}

function distinct(selected: readonly Selected[]): readonly Selected[] {
  return selected.filter(({ file }, i) => selected.findIndex((other) => other.file === file) === i);
}
