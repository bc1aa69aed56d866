import { isObject, type JsonObject } from '../json/object.ts';
import type { LoadProblem } from '../problem.ts';
import type { InvariantChoice, ScenarioReference, Storyboard, ToolFamily } from '../storyboard.ts';
import { FieldReader } from './field-reader.ts';
import { readCapabilityGate } from './read-capability-gate.ts';
import { mergeKeyWarnings } from './merge-keys.ts';
import { readPhase } from './read-phase.ts';
import { FIXTURE_KINDS, PREREQUISITE_MEMBERS, STORYBOARD_MEMBERS } from './members.ts';
import { type LoadRules, refuseUnknownInvariant } from './read-step.ts';
import { warnUnknownTask } from './unknown-task.ts';
import { parseYaml, type YamlNode } from './yaml-node.ts';

export type { LoadRules } from './read-step.ts';

export type ReadStoryboard =
  | { readonly kind: 'storyboard'; readonly storyboard: Storyboard; readonly warnings: readonly LoadProblem[] }
  | { readonly kind: 'broken'; readonly id?: string; readonly file: string; readonly problems: readonly LoadProblem[] }
  /** A file of the universal folder that is no storyboard (it has no phases). */
  | { readonly kind: 'ignored'; readonly file: string };

export interface ReadOptions {
  /** Name of the file in messages. */
  readonly file: string;
  /** Files without phases are other documents of the bundle, not broken storyboards. */
  readonly ignoreWithoutPhases: boolean;
}

/** Reads a storyboard file and holds it to the loader's rules. Nothing is dropped silently. */
export function readStoryboard(text: string, options: ReadOptions, rules: LoadRules): ReadStoryboard {
  const parsed = parseYaml(text, options.file);
  if (parsed.kind === 'broken')
    return { kind: 'broken', file: options.file, problems: parsed.problems, ...(parsed.id !== undefined && { id: parsed.id }) };
  const { root } = parsed;
  if (options.ignoreWithoutPhases && (root.isMap || root.value === null) && !root.member('phases')) return { kind: 'ignored', file: options.file };
  const problems: LoadProblem[] = [...mergeKeyWarnings(text, root)];
  const storyboard = readRoot(root, new FieldReader(root, problems), rules);
  problems.sort((a, b) => a.location.line - b.location.line || a.location.column - b.location.column);
  if (problems.some((problem) => problem.severity === 'error'))
    return { kind: 'broken', file: options.file, problems, ...(storyboard.id !== '' && { id: storyboard.id }) };
  return { kind: 'storyboard', storyboard, warnings: problems };
}

function readRoot(root: YamlNode, reader: FieldReader, rules: LoadRules): Storyboard {
  if (!root.isMap) reader.refuse('not_a_storyboard', 'the file holds no storyboard', 'begin with `id:` and `phases:`');
  else if (!reader.has('phases')) reader.refuse('missing_field', 'phases is missing', 'add `phases:` (an empty list for a placeholder)');
  reader.warnUnknown(STORYBOARD_MEMBERS, 'a storyboard');
  const prerequisites = reader.object('prerequisites') === undefined ? undefined : reader.over(reader.at('prerequisites'));
  prerequisites?.warnUnknown(PREREQUISITE_MEMBERS, 'prerequisites');
  const kit = prerequisites?.text('test_kit');
  const gate = readCapabilityGate(reader);
  const [protocol, introduced, speaker] = [reader.text('protocol'), reader.text('introduced_in'), reader.text('default_agent')];
  return {
    id: root.isMap ? reader.requiredText('id') : '', version: reader.text('version') ?? '', title: reader.text('title') ?? '',
    track: reader.text('track') ?? 'untracked',
    required_tools: readTools(reader, 'required_tools', rules), required_any_of_tools: readToolFamilies(reader, rules), requires: readRequires(reader),
    requires_scenarios: readScenarios(reader), controller_seeding: prerequisites?.boolean('controller_seeding') ?? false,
    fixtures: readFixtures(reader), context: reader.object('context') ?? {}, invariants: readInvariants(reader, rules),
    phases: readPhases(reader, rules), location: reader.at('id').location,
    ...(kit !== undefined && { test_kit: { path: kit, location: prerequisites!.at('test_kit').location } }),
    ...(gate !== undefined && { requires_capability: gate }),
    ...(protocol !== undefined && { protocol }), ...(introduced !== undefined && { introduced_in: introduced }),
    ...(speaker !== undefined && { default_agent: speaker }),
  };
}

function readPhases(reader: FieldReader, rules: LoadRules): Storyboard['phases'] {
  const phases = reader.maps('phases');
  const ids = phases.map((phase) => phase.text('id') ?? '');
  return phases.map((phase, i) => readPhase(phase, ids.slice(0, i), ids, rules));
}

function readTools(reader: FieldReader, key: string, rules: LoadRules): readonly string[] {
  const tools = reader.texts(key);
  for (const tool of tools) warnUnknownTask(reader, tool, reader.at(key), rules);
  return tools;
}

function readToolFamilies(reader: FieldReader, rules: LoadRules): readonly ToolFamily[] {
  if (!reader.has('required_any_of_tools')) return [];
  const families = reader.maps('required_any_of_tools');
  if (families.length === 0)
    reader.refuse(
      'invalid_value', 'required_any_of_tools is empty', 'name at least one family of tools, or remove the field',
      reader.at('required_any_of_tools')
    );
  return families.map((family) => {
    const tools = readTools(family, 'tools', rules);
    const rationale = family.text('rationale');
    if (tools.length < 2)
      family.refuse('invalid_value', 'a family of tools has fewer than two', 'name at least two alternatives under `tools`');
    return rationale === undefined ? { tools } : { tools, rationale };
  });
}

function readRequires(reader: FieldReader): readonly string[] {
  const values = reader.texts('requires');
  if (reader.has('requires') && values.length === 0)
    reader.refuse('invalid_value', 'requires is empty', 'write [real_wire], or remove the field', reader.at('requires'));
  return values;
}

function readScenarios(reader: FieldReader): readonly ScenarioReference[] {
  if (!reader.has('requires_scenarios')) return [];
  const ids = reader.texts('requires_scenarios');
  const nodes = reader.at('requires_scenarios').items();
  return ids.map((id, i) => ({ id, location: (nodes[i] ?? reader.node).location }));
}

function readFixtures(reader: FieldReader): Readonly<Record<string, readonly JsonObject[]>> {
  if (reader.object('fixtures') === undefined) return {};
  const fixtures = reader.over(reader.at('fixtures'));
  fixtures.warnUnknown(new Set(FIXTURE_KINDS), 'fixtures');
  return Object.fromEntries(fixtures.node.members().map(([kind]) => [kind, fixtures.maps(kind).flatMap((entry) => {
    const { value } = entry.node;
    return isObject(value) ? [value] : [];
  })]));
}

function readInvariants(reader: FieldReader, rules: LoadRules): InvariantChoice {
  if (!reader.has('invariants')) return { disable: [], enable: [] };
  const node = reader.at('invariants');
  const inner = reader.over(node);
  if (!node.isList && !node.isMap) reader.refuse('wrong_type', 'invariants is neither a list nor a map', 'list their ids', node);
  const choice = node.isList
    ? { disable: [], enable: reader.texts('invariants') }
    : { disable: inner.texts('disable'), enable: inner.texts('enable') };
  for (const id of [...choice.disable, ...choice.enable]) refuseUnknownInvariant(inner, id, rules);
  return choice;
}
