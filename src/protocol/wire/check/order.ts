/** Puts violations into the order of the shape's own members, so that the same document gets the same first complaint. */
import { memberSchema, viewsOf, type SchemaNode, type Violation } from './violation.ts';

/** Sorted by place: members in the order of the shape, items by index, what the shape does not know last. */
export function inShapeOrder(violations: readonly Violation[], shape: SchemaNode): Violation[] {
  return violations
    .map((violation, at) => ({ violation, at, rank: rankOf(violation.path, shape) }))
    .sort((a, b) => compare(a.rank, b.rank) || a.at - b.at)
    .map(({ violation }) => described(violation, shape));
}

function described(violation: Violation, shape: SchemaNode): Violation {
  const unsaid = violation.problem === 'missing' && violation.wanted === undefined;
  return unsaid ? { ...violation, wanted: schemaAt(violation.path, shape) } : violation;
}

/** What the shape says of a place: a rule that demands a member does not always describe it. */
function schemaAt(path: readonly string[], shape: SchemaNode): SchemaNode | undefined {
  const itemOf = (node: SchemaNode | undefined) => viewsOf(node).map((view) => view['items'] as SchemaNode | undefined).find(Boolean);
  return path.reduce<SchemaNode | undefined>((node, part) => memberSchema(node, part) ?? itemOf(node), shape);
}

function rankOf(path: readonly string[], shape: SchemaNode): number[] {
  let views = viewsOf(shape);
  return path.map((part) => {
    const names = views.flatMap((view) => Object.keys((view['properties'] as object | undefined) ?? {}));
    const isItem = /^\d+$/.test(part) && views.some((view) => view['items'] !== undefined);
    const known = names.indexOf(part);
    views = views.flatMap((view) => viewsOf((isItem ? view['items'] : (view['properties'] as SchemaNode | undefined)?.[part]) as SchemaNode));
    return isItem ? Number(part) : known < 0 ? Number.MAX_SAFE_INTEGER : known;
  });
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [at, rank] of a.entries()) {
    const other = b[at];
    if (other === undefined) return 1;
    if (rank !== other) return rank - other;
  }
  return a.length - b.length;
}
