/** The part of a bundle that the operator asks for. */
import { withVectorSteps } from '../contracts/request-signing/synthesized-steps.ts';
import { type Bundle, type BundleFile, idOf } from '../load/bundle.ts';
import type { Outline } from '../load/outline.ts';
import type { SellerProfile } from '../seller.ts';
import { type Address, matchesStoryboard } from './address.ts';
import { withScenarios } from './scenarios.ts';
import { claims, type Selected, type Selection, selectByCapabilities, uncoveredVersion } from './select-storyboards.ts';
import { selectsAnyStep } from './step-selection.ts';

export interface Scope {
  /** Exactly these, whatever the seller claims, without the scenarios that they require. */
  readonly select: readonly Address[];
  /** Files and folders of the bundle, below its root; taken as exactly as `select`, which chooses among them when both are given. */
  readonly paths: readonly string[];
  /** The storyboards of these specialisms with the scenarios that they require, claimed or not. */
  readonly specialisms: readonly string[];
  /** Of what is selected, only these tracks; empty: all. */
  readonly tracks: readonly string[];
  readonly exclude: readonly Address[];
}

export const WHOLE_SCOPE: Scope = { select: [], paths: [], specialisms: [], tracks: [], exclude: [] };

/** Whether the operator names what is to run; otherwise the seller's claims choose. */
export function isNamed({ select, paths, specialisms }: Scope): boolean {
  return select.length > 0 || paths.length > 0 || specialisms.length > 0;
}

/** The storyboards that are selected before tracks and exclusions narrow them. */
export function selectInScope(bundle: Bundle, profile: SellerProfile, scope: Scope): Selection {
  if (!isNamed(scope)) {
    const selection = selectByCapabilities(bundle, profile);
    return selection.kind === 'refused' ? selection : { ...selection, storyboards: withScenarios(bundle, selection.storyboards) };
  }
  const version = uncoveredVersion(bundle, profile);
  const unclaimed = scope.specialisms.filter((id) => !claims(profile, 'specialisms').includes(id));
  return {
    kind: 'selected', storyboards: named(bundle, scope), unresolved: [],
    remarks: [...(version === undefined ? [] : [version]), ...unclaimed.map((id) => `the seller does not claim the specialism ${id}`)],
  };
}

function named(bundle: Bundle, { select, paths, specialisms }: Scope): readonly Selected[] {
  const exactly = select.length === 0 && paths.length === 0 ? [] : bundle.files.filter((file) =>
    (paths.length === 0 || isBelow(file, paths)) && (select.length === 0 || matchesAny(file, select, bundle)));
  const special = bundle.files.filter(({ place }) => place.kind === 'specialism' && specialisms.includes(place.id));
  return [
    ...exactly.map((file) => ({ file, because: select.length === 0 ? 'named by its path' : 'named by --select', alone: true as const })),
    ...withScenarios(bundle, special.map((file) => ({ file, because: 'of a specialism that is asked for' }))),
  ];
}

/** The files whose storyboard (or what can be read of it) an address names. */
export function filesMatching(bundle: Bundle, addresses: readonly Address[]): readonly BundleFile[] {
  return bundle.files.filter((file) => matchesAny(file, addresses, bundle));
}

/** The files below paths of the bundle. */
export function filesBelow(bundle: Bundle, paths: readonly string[]): readonly BundleFile[] {
  return bundle.files.filter((file) => isBelow(file, paths));
}

/** The files that may be selected, whatever the seller claims, as far as can be told without parsing them. */
export function likelyFiles(bundle: Bundle, scope: Scope): readonly BundleFile[] {
  const { select } = scope;
  return bundle.files.filter((file) => {
    const id = idOf(file);
    const isAsked = select.length === 0 || (id !== undefined && select.some((address) => matchesStoryboard(address, id)));
    return file.outline.kind === 'storyboard' && isAsked && outOfScope(file.outline, scope) === undefined;
  });
}

/** Why a selected storyboard does not run after all, undefined when it does. */
export function outOfScope(outline: Outline, { tracks, exclude }: Scope): string | undefined {
  const id = outline.kind === 'ignored' ? undefined : outline.id;
  if (id !== undefined && exclude.some((address) => matchesStoryboard(address, id))) return 'left out by --exclude';
  return outline.kind !== 'storyboard' || tracks.length === 0 || tracks.includes(outline.track) ? undefined : `its track is ${outline.track}`;
}

/** The addresses that name parts of a file's storyboard; empty when it runs whole. */
export function addressesOf(file: BundleFile, { select }: Scope): readonly Address[] {
  const id = idOf(file);
  const addresses = id === undefined ? [] : select.filter((address) => matchesStoryboard(address, id));
  return addresses.some((address) => address.phase === undefined) ? [] : addresses;
}

function matchesAny(file: BundleFile, addresses: readonly Address[], { vectors }: Bundle): boolean {
  const id = idOf(file);
  const fitting = id === undefined ? [] : addresses.filter((address) => matchesStoryboard(address, id));
  if (fitting.length === 0 || fitting.some(({ phase }) => phase === undefined)) return fitting.length > 0;
  return file.reading.kind !== 'storyboard' || selectsAnyStep(withVectorSteps(file.reading.storyboard, vectors), fitting);
}

function isBelow({ path, outline }: BundleFile, paths: readonly string[]): boolean {
  return outline.kind !== 'ignored' && paths.some((each) => each === '' || path === each || path.startsWith(`${each}/`));
}
