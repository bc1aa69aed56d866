import type { Step } from '../storyboard.ts';
import type { FieldReader } from './field-reader.ts';

/** Holds `provides_state_for` to its rules: a stateful step stands in for another stateful step of its phase, never in a circle. */
export function checkSubstitutes(readers: readonly FieldReader[], steps: readonly Step[]): void {
  const byId = new Map(steps.map((step) => [step.id, step]));
  steps.forEach((step, i) => {
    const refuse = (code: 'unknown_reference' | 'conflicting_fields', message: string, wayOut: string) =>
      readers[i]?.refuse(code, message, wayOut, readers[i].at('provides_state_for'));
    for (const target of step.provides_state_for) {
      const other = byId.get(target);
      if (other === undefined)
        refuse(
          'unknown_reference', `provides_state_for names ${JSON.stringify(target)}, which is no step of this phase`,
          'name a step of the same phase'
        );
      else if (target === step.id) refuse('conflicting_fields', 'a step cannot provide its own state', 'name another step of the phase');
      else if (!step.stateful || !other.stateful)
        refuse('conflicting_fields', 'provides_state_for joins stateful steps only', 'mark both steps `stateful: true`');
    }
  });
  const circle = findCircle(steps);
  const at = steps.findIndex((step) => step.id === circle?.[0]);
  if (circle !== undefined)
    readers[at]?.refuse(
      'reference_cycle', `provides_state_for runs in a circle: ${circle.join(' -> ')}`, 'remove one of the links',
      readers[at].at('provides_state_for')
    );
}

function findCircle(steps: readonly Step[]): readonly string[] | undefined {
  const edges = new Map(steps.map((step) => [step.id, step.provides_state_for.filter((target) => target !== step.id)]));
  const done = new Set<string>();
  const visit = (id: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(id)) return [...path.slice(path.indexOf(id)), id];
    if (done.has(id)) return undefined;
    const circle = (edges.get(id) ?? []).map((next) => visit(next, [...path, id])).find((found) => found !== undefined);
    done.add(id);
    return circle;
  };
  return steps.map((step) => visit(step.id, [])).find((found) => found !== undefined);
}
