import type { CapabilityGate } from '../storyboard.ts';
import type { FieldReader } from './field-reader.ts';
import { refusePath } from './single-place.ts';

const MATCHERS = ['equals', 'contains', 'present'] as const;

/** Reads `requires_capability`: a path and exactly one matcher. */
export function readCapabilityGate(reader: FieldReader): CapabilityGate | undefined {
  if (!reader.has('requires_capability')) return undefined;
  const gate = reader.over(reader.at('requires_capability'));
  const path = gate.requiredText('path');
  refusePath(gate, 'path', path);
  const given = MATCHERS.filter((matcher) => gate.has(matcher));
  if (given.length !== 1) {
    gate.refuse('conflicting_fields', `requires_capability has ${given.length} matchers`, `give exactly one of ${MATCHERS.join(', ')}`);
    return undefined;
  }
  switch (given[0]!) {
    case 'equals': return { path, matcher: 'equals', value: gate.value('equals') };
    case 'contains': return { path, matcher: 'contains', value: gate.value('contains') };
    case 'present': return { path, matcher: 'present', value: gate.boolean('present') };
  }
}
