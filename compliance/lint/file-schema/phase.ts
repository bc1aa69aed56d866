import { flag, has, is, listOf, map, name, not, ONE_PLACE, type Schema, text, texts, when } from './words.ts';

/** `requires_capability` of a storyboard or a phase. */
export const capabilityGate: Schema = {
  description: 'It applies to sellers only whose `get_adcp_capabilities` says so.',
  ...map({
    path: { description: 'Place in the answer.', type: 'string', minLength: 1, pattern: ONE_PLACE },
    equals: { description: 'The value there is this.' }, contains: { description: 'The list there holds this.' },
    present: flag('Something is there.'),
  }, ['path'], [{ oneOf: [has('equals'), has('contains'), has('present')] }]),
};

/** One entry of `phases`. */
export const phase: Schema = {
  description: 'Steps that belong together.',
  ...map({
    id: name('Name of the phase, its own in the storyboard.'), title: text('What reports call it.'),
    narrative: text('What the buyer is about.'),
    steps: listOf({ $ref: '#/definitions/step' }, 'In the order in which they run.'), optional: flag('Failures are shown and not counted.'),
    skip_if: text('Leave the phase out under this condition: `!test_kit.a || context.b != true`.'),
    requires_capability: { $ref: '#/definitions/capability_gate' },
    depends_on: texts('Earlier phases that this one needs; default: all of them.'),
    branch_set: {
      description: 'This phase is one of several ways; one of them has to work.',
      ...map({ id: name('Flag that the phase contributes.'), semantics: { const: 'any_of' } }, ['id', 'semantics']),
    },
  }, ['id'], [
    when(has('branch_set'), is('optional', true)),
    when(not(has('branch_set')), { properties: { steps: { items: not(is('contributes', true)) } } }),
  ]),
};
