/** `<<`, which YAML 1.1 merged and YAML 1.2 does not: there it is a member like any other, and what it names is not here. */
import type { LoadProblem } from '../problem.ts';
import type { YamlNode } from './yaml-node.ts';

export const MERGE_KEY = '<<';

/** A warning for each merge key below a node, in the order of the file. Text without the sign is not walked. */
export function mergeKeyWarnings(text: string, root: YamlNode): readonly LoadProblem[] {
  if (!text.includes(MERGE_KEY)) return [];
  const warnings = mergeKeysBelow(root).map(({ location }): LoadProblem => ({
    code: 'merge_key', severity: 'warning', message: `"${MERGE_KEY}" merges nothing: YAML 1.2 takes it for a member of that name`,
    way_out: 'write the members out, or let an alias stand for a whole value', location,
  }));
  // What an alias repeats stands in one place.
  return [...new Map(warnings.map((warning) => [`${warning.location.line}:${warning.location.column}`, warning])).values()];
}

function mergeKeysBelow(node: YamlNode): readonly YamlNode[] {
  return [
    ...node.members().flatMap(([name, member]) => [...(name === MERGE_KEY ? [member] : []), ...mergeKeysBelow(member)]),
    ...node.items().flatMap(mergeKeysBelow),
  ];
}
