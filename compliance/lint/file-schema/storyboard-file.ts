import { KNOWN_INVARIANTS } from '../../judge/invariants/registry.ts';
import { FIXTURE_KINDS } from '../../load/members.ts';
import { REQUIREMENTS } from '../requirement-names.ts';
import { anyMap, flag, listOf, map, mostly, name, type Schema, text, texts } from './words.ts';

const invariantIds: Schema = { type: 'array', items: { enum: [...KNOWN_INVARIANTS] } };
const fixtures: Schema = {
  description: 'What the test controller seeds before the first phase.',
  ...map(Object.fromEntries(FIXTURE_KINDS.map((kind) => [kind, listOf({ type: 'object' }, `Seeded with \`seed_${kind.replace(/s$/, '')}\`.`)])), []),
};

/** A storyboard file. */
export const storyboardFile: Schema = map({
  id: name('Name of the storyboard, its own in the bundle.'), version: text('Version of the storyboard.'),
  title: text('What reports call it.'),
  category: text('Descriptive.'), summary: text('What it proves, in a sentence.'), narrative: text('What happens, for readers.'),
  track: mostly(
    ['core', 'products', 'media_buy', 'creative', 'reporting', 'governance', 'signals', 'audiences', 'error_handling', 'security'],
    'Heading under which reports sum it up.',
  ),
  required_tools: texts('It is left out for sellers that offer none of these.'),
  required_any_of_tools: { description: 'Families of tools; the seller has one of each.', type: 'array', minItems: 1, items: map({
    tools: { description: 'Alternatives.', type: 'array', minItems: 2, items: { type: 'string' } }, rationale: text('Why one is needed.'),
  }, ['tools']) },
  requires: { type: 'array', minItems: 1, ...listOf(mostly(REQUIREMENTS, 'controller, webhook_receiver, …'), 'What the run has to bring.') },
  requires_capability: { $ref: '#/definitions/capability_gate' }, requires_scenarios: texts('Ids of storyboards that run before it.'),
  default_agent: text('Which of several agents is asked, unless a step says otherwise.'),
  agent: anyMap('Descriptive: the agent under test.'), caller: anyMap('Descriptive: who asks.'),
  prerequisites: { description: 'What it needs.', ...map({
    description: text('For readers.'), test_kit: text('Who the buyer is: a file below `test-kits/`.'),
    controller_seeding: flag('Seed `fixtures` first.'),
    vectors: { description: 'Test vectors that it uses.' },
  }, []) },
  fixtures, context: anyMap('Values that steps find as `$context.NAME` from the beginning.'),
  invariants: {
    description: 'Promises that are watched throughout.', anyOf: [invariantIds, map({ disable: invariantIds, enable: invariantIds }, [])],
  },
  introduced_in: text('Release of AdCP that it came with.'), status: text('Descriptive.'), grading: { description: 'Descriptive.' },
  protocol: text('Protocol that it belongs to.'),
  platform_types: { description: 'Descriptive.' },
  phases: { description: 'In the order in which they run.', type: ['array', 'null'], items: { $ref: '#/definitions/phase' } },
}, ['id', 'phases']);
