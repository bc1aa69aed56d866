import { describe, expect, test } from 'vitest';
import { formatLocation } from '../location.ts';
import { type LoadRules, readStoryboard, type ReadStoryboard } from './read-storyboard.ts';

const rules: LoadRules = {
  isKnownCheck: (check) => ['field_value', 'field_contains', 'field_present', 'field_value_or_absent', 'upstream_traffic'].includes(check),
  isKnownInvariant: (id) => id === 'status.monotonic', isMutating: (task) => task === 'create_media_buy', isKnownTask: (task) => task !== 'get_prodcts',
};
const read = (text: string, ignoreWithoutPhases = false) => readStoryboard(text, { file: 's.yaml', ignoreWithoutPhases }, rules);
const problems = (reading: ReadStoryboard) =>
  (
    reading.kind === 'broken' ? reading.problems : reading.kind === 'storyboard' ? reading.warnings : []
  ).map(({ code, severity, location }) => `${severity} ${code} ${formatLocation(location)}`);

/** A storyboard of one phase and one step, with more members at each level. */
function sample({ head = '', phase = '', step = '', check = '' } = {}): string {
  return `id: s\n${head}phases:\n  - id: p\n${phase}    steps:\n      - id: a\n        task: get_products\n${step}        validations:\n          - check: field_value\n            path: x\n            value: 1\n${check}`;
}

describe('reading a storyboard', () => {
  test('keeps the names of the file and fills in the defaults', () => {
    const reading = read(sample());
    expect(reading).toMatchObject({ kind: 'storyboard', warnings: [], storyboard: {
      id: 's', track: 'untracked', required_tools: [], controller_seeding: false, fixtures: {}, context: {},
      invariants: { disable: [], enable: [] },
      phases: [
        {
          id: 'p', optional: false,
          steps: [{ id: 'a', task: 'get_products', stateful: false, expect_error: false, provides_state_for: [] }],
        },
      ],
    } });
  });

  test('knows file, line and column of every check', () => {
    const reading = read(sample());
    const check = reading.kind === 'storyboard' ? reading.storyboard.phases[0]!.steps[0]!.validations[0]! : undefined;
    expect(check?.location).toEqual({ file: 's.yaml', line: 9, column: 13, source: '            path: x' });
  });

  test('takes contributes: true for the flag of the branch set', () => {
    const reading = read(
      sample({ phase: '    optional: true\n    branch_set: { id: way, semantics: any_of }\n', step: '        contributes: true\n' })
    );
    expect(reading).toMatchObject({ storyboard: { phases: [{ branch_set: 'way', steps: [{ contributes_to: 'way' }] }] } });
  });

  test('reads both names of a context output and of a substitute', () => {
    const step = '        stateful: true\n        context_outputs:\n          - { key: k, path: x }\n          - { name: g, generate: opaque_id }\n';
    const other = '      - id: b\n        task: sync_catalogs\n        stateful: true\n        peer_substitutes_for: a\n';
    expect(read(`${sample({ step })}${other}`)).toMatchObject({ storyboard: { phases: [{ steps: [
      { context_outputs: [{ kind: 'path', key: 'k', path: 'x' }, { kind: 'generate', key: 'g' }] }, { provides_state_for: ['a'] },
    ] }] } });
  });

  test('accepts a placeholder without phases, and leaves other documents of the universal folder alone', () => {
    expect(read('id: s\nphases: []\n')).toMatchObject({ kind: 'storyboard', storyboard: { phases: [] } });
    expect(read('id: s\nphases:\n')).toMatchObject({ kind: 'storyboard', storyboard: { phases: [] } });
    for (const text of ['entities: []\n', '', '# only words\n']) expect(read(text, true)).toEqual({ kind: 'ignored', file: 's.yaml' });
    for (const text of ['- a\n', 'hello\n', '\u0000\u0001\u0002']) expect(problems(read(text, true))[0]).toMatch(/^error (not_a_storyboard|yaml_syntax) /);
  });

  test('an unknown kind of check is a warning, never an error', () => {
    const reading = read(sample().replace('check: field_value', 'check: field_valu'));
    expect(reading.kind).toBe('storyboard');
    expect(problems(reading)).toEqual(['warning unknown_check s.yaml:8:13']);
  });

  test.each<[what: string, text: string, expected: readonly string[]]>([
    ['of a storyboard', sample({ head: 'phase: []\n' }), ['warning unknown_member s.yaml:2:1']],
    ['of prerequisites', sample({ head: 'prerequisites: { seeding: true }\n' }), ['warning unknown_member s.yaml:2:18']],
    ['of fixtures', sample({ head: 'fixtures: { product: [] }\n' }), ['warning unknown_member s.yaml:2:13']],
    ['of a phase', sample({ phase: '    optionall: true\n' }), ['warning unknown_member s.yaml:4:5']],
    ['of a step', sample({ step: '        validation: []\n' }), ['warning unknown_member s.yaml:7:9']],
    [
      'of an output and an input',
      sample({ step: '        context_outputs: [{ name: n, path: a, as: b }]\n        context_inputs: [{ key: n, inject_at: a, to: b }]\n' }),
      ['warning unknown_member s.yaml:7:47', 'warning unknown_member s.yaml:8:50'],
    ],
    ['of a check', sample({ check: '            values: [1]\n' }), ['warning unknown_member s.yaml:11:13']],
  ])('a member that nobody knows is a warning: %s', (_what, text, expected) => {
    expect([read(text).kind, problems(read(text))]).toEqual(['storyboard', expected]);
  });

  test('a merge key is a warning where it stands, once, and breaks what has nothing but what it names', () => {
    const shared = 'x: &shared\n  title: "Shared"\n';
    const merged = read(sample({ head: shared, step: '        <<: *shared\n        sample_request:\n          account: &account { <<: *shared }\n          again: *account\n' }));
    expect(problems(merged)).toEqual(['warning unknown_member s.yaml:2:1', 'warning merge_key s.yaml:9:9', 'warning merge_key s.yaml:11:31']);
    expect(merged.kind === 'storyboard' && merged.storyboard.phases[0]!.steps[0]!.title).toBe('');
    expect(problems(read('id: s\nx: &step { id: a, task: get_products }\nphases:\n  - id: p\n    steps:\n      - <<: *step\n'))).toContain('warning merge_key s.yaml:6:9');
    expect(problems(read(sample({ check: '            description: "a << b"\n' })))).toEqual([]);
  });

  test('a task that nobody knows is a warning, wherever it is named; tasks of the judge and of the kit are none', () => {
    const named = (task: string) => problems(read(sample({ step: `        requires_tool: ${task}\n` }).replace('task: get_products', `task: ${task}`)));
    expect(named('get_prodcts')).toEqual(['warning unknown_task s.yaml:6:9', 'warning unknown_task s.yaml:7:9']);
    for (const task of ['assert_contribution', 'expect_webhook', '$test_kit.auth.probe_task', 'get_products']) expect(named(task)).toEqual([]);
    expect(problems(read(sample({ head: 'required_tools: [get_products, get_prodcts]\n' })))).toEqual(['warning unknown_task s.yaml:2:1']);
  });

  test.each([
    ['missing', '            path: x\n', ''], ['unreadable', 'path: x', 'path: "a..b"'], ['a wildcard', 'path: x', 'path: "a[*]"'],
  ])('a path that no answer can satisfy is a warning: %s', (_what, before, after) => {
    expect(problems(read(sample().replace(before, after)))).toEqual([expect.stringMatching(/^warning invalid_path s\.yaml:[89]:13$/)]);
  });

  test('a wildcard suits a check that takes many places', () => {
    const text = sample().replace('check: field_value', 'check: field_contains').replace('path: x', 'path: "a[*]"');
    expect(problems(read(text))).toEqual([]);
  });

  test.each([
    ['none', { kind: 'none' }], ['{ type: api_key, from_test_kit: true }', { kind: 'kit_api_key', path: 'auth.api_key' }],
    ['{ type: api_key, from_test_kit: auth.principals.b.api_key }', { kind: 'kit_api_key', path: 'auth.principals.b.api_key' }],
    ['{ type: api_key, value_strategy: random_invalid }', { kind: 'invalid_api_key' }],
    ['{ type: basic, value_strategy: random_invalid }', { kind: 'invalid_basic' }],
    ['{ type: basic, from_test_kit: auth.basic }', { kind: 'kit_basic', path: 'auth.basic' }],
    ['{ type: oauth_bearer, value_strategy: random_invalid_jwt }', { kind: 'invalid_jwt' }],
  ])('reads auth: %s', (auth, expected) => {
    expect(read(sample({ step: `        auth: ${auth}\n` }))).toMatchObject({ storyboard: { phases: [{ steps: [{ auth: expected }] }] } });
  });
});

describe('breaking a storyboard', () => {
  test.each<[rule: string, text: string, expected: readonly string[]]>([
    ['a list in the place of a map', '- a\n', ['error not_a_storyboard s.yaml:1:1']],
    ['no id', 'phases: []\n', ['error missing_field s.yaml:1:1']],
    ['no phases', 'id: s\n', ['error missing_field s.yaml:1:1']],
    ['a step without a task', sample().replace('        task: get_products\n', ''), ['error missing_field s.yaml:5:9']],
    ['an empty requires', sample({ head: 'requires: []\n' }), ['error invalid_value s.yaml:2:1']],
    [
      'requires that is no list of texts', sample({ head: 'requires: [1]\n' }),
      ['error wrong_type s.yaml:2:1', 'error invalid_value s.yaml:2:1'],
    ],
    ['an empty family list', sample({ head: 'required_any_of_tools: []\n' }), ['error invalid_value s.yaml:2:1']],
    ['a family of one tool', sample({ head: 'required_any_of_tools:\n  - tools: [a]\n' }), ['error invalid_value s.yaml:3:5']],
    [
      'two capability matchers', sample({ head: 'requires_capability: { path: a, equals: 1, present: true }\n' }),
      ['error conflicting_fields s.yaml:2:1'],
    ],
    ['a dependency on a phase that does not exist', sample({ phase: '    depends_on: [q]\n' }), ['error unknown_reference s.yaml:4:5']],
    ['a dependency on the phase itself', sample({ phase: '    depends_on: [p]\n' }), ['error unknown_reference s.yaml:4:5']],
    [
      'a branch set in a required phase', sample({ phase: '    branch_set: { id: b, semantics: any_of }\n' }),
      ['error conflicting_fields s.yaml:4:5'],
    ],
    [
      'other semantics of a branch set', sample({ phase: '    optional: true\n    branch_set: { id: b, semantics: all_of }\n' }),
      ['error invalid_value s.yaml:5:26'],
    ],
    [
      'both ways to contribute', sample({ step: '        contributes: true\n        contributes_to: f\n' }),
      ['error conflicting_fields s.yaml:7:9'],
    ],
    ['contributes outside a branch set', sample({ step: '        contributes: true\n' }), ['error conflicting_fields s.yaml:7:9']],
    [
      'another flag inside a branch set',
      sample({ phase: '    optional: true\n    branch_set: { id: b, semantics: any_of }\n', step: '        contributes_to: f\n' }),
      ['error conflicting_fields s.yaml:9:9'],
    ],
    ['a mutating step with nothing to send', sample().replace('get_products', 'create_media_buy'), ['error missing_request s.yaml:6:9']],
    [
      'an output with path and generate', sample({ step: '        context_outputs: [{ name: n, path: a, generate: uuid_v4 }]\n' }),
      ['error conflicting_fields s.yaml:7:27'],
    ],
    [
      'an unknown generator', sample({ step: '        context_outputs: [{ name: n, generate: nanoid }]\n' }),
      ['error invalid_value s.yaml:7:38'],
    ],
    [
      'an identifier path that cannot be read', sample({ check: '            identifier_paths: ["a[0]"]\n' }),
      ['error invalid_path s.yaml:11:13'],
    ],
    ['an identifier path below request', sample({ check: '            identifier_paths: [request.a]\n' }), ['error invalid_path s.yaml:11:13']],
    ['an advisory without an end', sample({ check: '            severity: advisory\n' }), ['error conflicting_fields s.yaml:11:13']],
    [
      'an advisory that ends at no version', sample({ check: '            severity: advisory\n            expires_after_version: soon\n' }),
      ['error invalid_value s.yaml:12:13'],
    ],
    ['an unknown severity', sample({ check: '            severity: fatal\n' }), ['error invalid_value s.yaml:11:13']],
    [
      'field_value_or_absent that expects nothing',
      sample().replace('check: field_value', 'check: field_value_or_absent').replace('            value: 1\n', ''),
      ['error missing_field s.yaml:8:13'],
    ],
    [
      'a substitute for an unknown step', sample({ step: '        stateful: true\n        provides_state_for: z\n' }),
      ['error unknown_reference s.yaml:8:9'],
    ],
    [
      'a substitute for itself', sample({ step: '        stateful: true\n        provides_state_for: a\n' }),
      ['error conflicting_fields s.yaml:8:9'],
    ],
    ['a capability at no place', sample({ head: 'requires_capability: { path: "a..b", present: true }\n' }), ['error invalid_path s.yaml:2:24']],
    ['an output at many places', sample({ step: '        context_outputs: [{ name: n, path: "a[*].b" }]\n' }), ['error invalid_path s.yaml:7:38']],
    ['an input at no place', sample({ step: '        context_inputs: [{ key: n, inject_at: "[" }]\n' }), ['error invalid_path s.yaml:7:36']],
    ['prerequisites that are a text', sample({ head: 'prerequisites: kit.yaml\n' }), ['error wrong_type s.yaml:2:1']],
    ['fixtures that are a list', sample({ head: 'fixtures: []\n' }), ['error wrong_type s.yaml:2:1']],
    ['invariants that are a text', sample({ head: 'invariants: status.monotonic\n' }), ['error wrong_type s.yaml:2:1']],
    ['an unknown invariant', sample({ head: 'invariants: [status.monotone]\n' }), ['error unknown_invariant s.yaml:2:1']],
    [
      'a step that disables an unknown invariant', sample({ step: '        invariants: { disable: [x] }\n' }),
      ['error unknown_invariant s.yaml:7:9'],
    ],
    ['a condition that cannot be read', sample({ phase: '    skip_if: "context.a = 1"\n' }), ['error invalid_expression s.yaml:4:5']],
    ['a literal credential', sample({ step: '        auth: { type: api_key, value: k }\n' }), ['error invalid_value s.yaml:7:9']],
    ['a field of the wrong type', sample({ step: '        stateful: maybe\n' }), ['error wrong_type s.yaml:7:9']],
    ['a check that is no map', `${sample()}          - oops\n`, ['error wrong_type s.yaml:11:13']],
    ['a step id that stands twice', `${sample()}      - { id: a, task: t }\n`, ['error duplicate_id s.yaml:11:11']],
    ['a phase id that stands twice', `${sample()}  - id: p\n    steps: []\n`, ['error duplicate_id s.yaml:11:5']],
  ])('refuses %s', (_rule, text, expected) => {
    const reading = read(text);
    expect(reading.kind).toBe('broken');
    expect(problems(reading)).toEqual(expected);
  });

  test('refuses a circle of substitutes', () => {
    const step = (id: string, target: string) => `      - { id: ${id}, task: t, stateful: true, provides_state_for: ${target} }\n`;
    const reading = read(`id: s\nphases:\n  - id: p\n    steps:\n${step('a', 'b')}${step('b', 'c')}${step('c', 'a')}`);
    expect(problems(reading)).toEqual(['error reference_cycle s.yaml:5:43']);
    expect(reading.kind === 'broken' ? reading.problems[0]!.message : '').toContain('a -> b -> c -> a');
  });

  test('places every syntax error and still knows the id', () => {
    const reading = read('id: s\nphases:\n  - id: "p\n');
    expect(reading).toMatchObject({ kind: 'broken', id: 's' });
    expect(problems(reading)[0]).toMatch(/^error yaml_syntax s\.yaml:[34]:/);
    expect(problems(read('id: s\nid: t\nphases: []\n'))).toEqual(['error yaml_syntax s.yaml:2:1']);
  });

  test('refuses nesting that cannot be parsed', () => {
    expect(problems(read(`id: s\nphases: ${'['.repeat(200_000)}`))[0]).toMatch(/^error yaml_syntax s\.yaml:/);
  });

  test('refuses aliases that multiply', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\nid: s\nphases: []\n`;
    expect(problems(read(bomb))).toEqual(['error yaml_syntax s.yaml:1:1']);
  });
});
