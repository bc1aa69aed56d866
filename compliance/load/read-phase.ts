import type { Phase } from '../storyboard.ts';
import type { FieldReader } from './field-reader.ts';
import { PHASE_MEMBERS } from './members.ts';
import { readCapabilityGate } from './read-capability-gate.ts';
import { type LoadRules, readStep } from './read-step.ts';
import { parseSkipExpression, type SkipExpression } from './skip-expression.ts';
import { checkSubstitutes } from './substitutes.ts';

/** Reads a phase. `earlier` are the ids of the phases before it, `all` those of every phase of the storyboard. */
export function readPhase(reader: FieldReader, earlier: readonly string[], all: readonly string[], rules: LoadRules): Phase {
  reader.warnUnknown(PHASE_MEMBERS, 'a phase');
  const id = reader.requiredText('id');
  if (earlier.includes(id))
    reader.refuse('duplicate_id', `phase ${JSON.stringify(id)} stands twice in the storyboard`, 'rename one of them', reader.at('id'));
  const optional = reader.boolean('optional');
  const branchSet = readBranchSet(reader, optional);
  const gate = readCapabilityGate(reader);
  const skipIf = readSkipIf(reader);
  const stepReaders = reader.maps('steps');
  const steps = stepReaders.map((each) => readStep(each, branchSet, rules));
  refuseRepeatedSteps(stepReaders, steps.map((step) => step.id));
  checkSubstitutes(stepReaders, steps);
  return {
    id, title: reader.text('title') ?? '', optional, steps, location: reader.at('id').location,
    ...(reader.has('depends_on') && { depends_on: readDependsOn(reader, id, earlier, all) }),
    ...(branchSet !== undefined && { branch_set: branchSet }), ...(gate !== undefined && { requires_capability: gate }),
    ...(skipIf !== undefined && { skip_if: skipIf }),
  };
}

function readDependsOn(reader: FieldReader, id: string, earlier: readonly string[], all: readonly string[]): readonly string[] {
  const names = reader.texts('depends_on');
  for (const name of names) {
    if (earlier.includes(name)) continue;
    const why = name === id ? 'is the phase itself' : all.includes(name) ? 'comes later' : 'does not exist';
    reader.refuse(
      'unknown_reference', `depends_on names ${JSON.stringify(name)}, which ${why}`, 'name earlier phases only', reader.at('depends_on')
    );
  }
  return names;
}

function readBranchSet(reader: FieldReader, optional: boolean): string | undefined {
  if (!reader.has('branch_set')) return undefined;
  const set = reader.over(reader.at('branch_set'));
  const id = set.requiredText('id');
  const semantics = set.requiredText('semantics');
  if (semantics !== '' && semantics !== 'any_of')
    set.refuse('invalid_value', `branch set semantics ${JSON.stringify(semantics)} are unknown`, 'write any_of', set.at('semantics'));
  if (!optional)
    reader.refuse('conflicting_fields', 'a phase of a branch set is not optional', 'add `optional: true`', reader.at('branch_set'));
  return id === '' ? undefined : id;
}

function readSkipIf(reader: FieldReader): SkipExpression | undefined {
  const text = reader.text('skip_if');
  if (text === undefined) return undefined;
  const parsed = parseSkipExpression(text);
  if (parsed.kind === 'expression') {
    for (const root of parsed.unknownRoots)
      reader.warn(
        'invalid_expression', `skip_if looks below ${root}, which holds nothing here`, 'refer to test_kit.* or context.*',
        reader.at('skip_if')
      );
    return parsed.expression;
  }
  reader.refuse('invalid_expression', `skip_if ${JSON.stringify(text)}: ${parsed.problem}`,
    'compare test_kit.* and context.* members with ==, !=, !, && and ||', reader.at('skip_if'));
  return undefined;
}

function refuseRepeatedSteps(readers: readonly FieldReader[], ids: readonly string[]): void {
  ids.forEach((id, i) => {
    if (id !== '' && ids.indexOf(id) !== i)
      readers[i]?.refuse('duplicate_id', `step ${JSON.stringify(id)} stands twice in the phase`, 'rename one of them', readers[i].at('id'));
  });
}
