/** The scenarios that storyboards require of their siblings. */
import { type Bundle, idOf } from '../load/bundle.ts';
import type { Selected, UnresolvedReference } from './select-storyboards.ts';

/** Puts the scenarios that a storyboard requires before it, unless they are selected anyway. */
export function withScenarios(bundle: Bundle, selected: readonly Selected[]): readonly Selected[] {
  // Of two files with one id the first is the storyboard, and the second is broken.
  const byId = new Map(bundle.files.toReversed().map((file) => [idOf(file), file] as const));
  const placed = new Set(selected.map(({ file }) => file));
  const expand = (one: Selected): readonly Selected[] => {
    const { outline } = one.file;
    if (outline.kind !== 'storyboard') return [one];
    const required = outline.requires_scenarios.flatMap((id) => byId.get(id) ?? []).flatMap((file) => {
      if (placed.has(file)) return [];
      placed.add(file);
      return expand({ file, because: `required by ${outline.id}` });
    });
    return [...required, one];
  };
  return selected.flatMap(expand);
}

/** The references of what is selected that lead to no storyboard of the bundle, each id once. */
export function unresolvedScenarios(bundle: Bundle, selected: readonly Selected[]): readonly UnresolvedReference[] {
  const ids = new Set(bundle.files.map(idOf));
  const missing = new Map<string, UnresolvedReference>();
  for (const { file: { outline } } of selected) {
    if (outline.kind !== 'storyboard') continue;
    for (const id of outline.requires_scenarios)
      if (!ids.has(id) && !missing.has(id)) missing.set(id, { id, named_by: outline.id });
  }
  return [...missing.values()];
}
