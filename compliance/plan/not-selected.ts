/** What was left out before anything ran, and why. */
import { own } from '../json/object.ts';
import type { Bundle, BundleFile } from '../load/bundle.ts';
import type { SellerProfile } from '../seller.ts';
import type { Storyboard } from '../storyboard.ts';
import type { Selected } from './select-storyboards.ts';

/** A storyboard that was left out before anything ran. Never counted as skipped. */
export interface NotSelected {
  readonly storyboard_id: string;
  readonly reason: 'explicit_scope_excluded' | 'version_excluded' | 'profile_excluded';
  readonly detail: string;
  readonly steps: number;
}

export function leftOut({ outline, path }: BundleFile, reason: NotSelected['reason'], detail: string): NotSelected {
  const known = outline.kind === 'storyboard' ? outline : { id: path, steps: 0 };
  return { storyboard_id: known.id, reason, detail, steps: known.steps };
}

export function versionExcluded(file: BundleFile, { introduced_in: since }: Storyboard, profile: SellerProfile): NotSelected | undefined {
  const majors = own(profile.capabilities?.['adcp'], 'major_versions');
  if (since === undefined || !Array.isArray(majors) || majors.includes(Number(since.split('.')[0]))) return undefined;
  return leftOut(file, 'version_excluded', `introduced in ${since}; the seller supports major versions ${majors.join(', ')}`);
}

/** A seller that refused the credential can be graded only by what needs no session. */
export function sessionNeeded(file: BundleFile, storyboard: Storyboard): NotSelected | undefined {
  if (storyboard.required_tools.length === 0 || storyboard.track === 'security') return undefined;
  return leftOut(file, 'profile_excluded', 'the seller refused the credential, so that its tools are unknown');
}

/** The storyboards of the bundle that nothing selected. */
export function restOf(bundle: Bundle, selected: readonly Selected[], named: boolean): readonly NotSelected[] {
  const taken = new Set(selected.map(({ file }) => file));
  return bundle.files.filter((file) => !taken.has(file) && file.outline.kind === 'storyboard').map((file) => {
    if (named) return leftOut(file, 'explicit_scope_excluded', 'not named');
    const { place } = file;
    const unclaimed = place.kind === 'protocol' || place.kind === 'specialism';
    return leftOut(file, 'profile_excluded', unclaimed ? `the seller does not claim the ${place.kind} ${place.id}` : 'not selected');
  });
}
