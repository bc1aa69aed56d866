import { formatLocation } from '../location.ts';
import { parseAddress } from '../plan/address.ts';
import { filesMatching } from '../plan/scope.ts';
import { paint } from '../report/paint.ts';
import { problemText } from '../report/problem-text.ts';
import { escapeControls, quote, showId } from '../report/quote.ts';
import type { CapabilityGate, Check, Phase, Step, Storyboard } from '../storyboard.ts';
import { openBundleOption } from './bundle-option.ts';
import { type CliIo, EXIT_USAGE, UsageError } from './io.ts';

/** `storyboard show ID`: what a storyboard asks and checks, in the order in which it runs. */
export async function showCommand(id: string, named: string | undefined, io: CliIo): Promise<number> {
  const bundle = await openBundleOption(named, io);
  const address = parseAddress(id);
  const [file] = address === undefined ? [] : filesMatching(bundle, [address]);
  if (file === undefined) throw new UsageError(`no storyboard ${JSON.stringify(id)} in the bundle; see: adwright storyboard list`);
  const { reading } = file;
  if (reading.kind === 'storyboard') io.stdout.write(`${describe(reading.storyboard).join('\n')}\n`);
  if (reading.kind === 'broken') io.stderr.write(`${reading.problems.map((problem) => problemText(problem, paint(false))).join('\n\n')}\n`);
  return reading.kind === 'broken' ? EXIT_USAGE : 0;
}

function describe(storyboard: Storyboard): readonly string[] {
  return [
    `${showId(storyboard.id)}  ${escapeControls(storyboard.title)}`, `  file      ${escapeControls(formatLocation(storyboard.location))}`,
    `  track     ${showId(storyboard.track)}`,
    ...(storyboard.test_kit === undefined ? [] : [`  kit       ${escapeControls(storyboard.test_kit.path)}`]),
    ...(storyboard.required_tools.length === 0 ? [] : [`  tools     any of ${storyboard.required_tools.map(showId).join(', ')}`]),
    ...(storyboard.requires.length === 0 ? [] : [`  requires  ${storyboard.requires.map(showId).join(', ')}`]),
    ...gateLine('  ', storyboard.requires_capability),
    ...(
      storyboard.controller_seeding
        ? [`  seeds     ${Object.entries(storyboard.fixtures).map(([kind, entries]) => `${entries.length} ${showId(kind)}`).join(', ')}`]
        : []
    ),
    ...storyboard.requires_scenarios.map((reference) => `  scenario  ${showId(reference.id)}`),
    ...storyboard.phases.flatMap(describePhase),
  ];
}

function describePhase(phase: Phase): readonly string[] {
  const marks = [
    phase.optional && 'optional', phase.branch_set !== undefined && `branch set ${showId(phase.branch_set)}`,
    phase.skip_if !== undefined && 'has a condition',
  ].filter((mark) => mark !== false);
  return [
    '', `  ${showId(phase.id)}  ${escapeControls(phase.title)}${marks.length === 0 ? '' : ` (${marks.join(', ')})`}`,
    ...gateLine('    ', phase.requires_capability), ...phase.steps.flatMap(describeStep),
  ];
}

function describeStep(step: Step): readonly string[] {
  const marks = [
    step.stateful && 'stateful', step.expect_error && 'expects a refusal', step.auth !== undefined && 'own credential',
  ].filter((mark) => mark !== false);
  return [
    `    ${showId(step.id)}  ${showId(step.task)}${marks.length === 0 ? '' : ` (${marks.join(', ')})`}`,
    ...step.validations.map((check) => `      ${describeCheck(check)}`),
  ];
}

function describeCheck({ check, authored, severity }: Check): string {
  const expectation = authored['allowed_values'] ?? authored['value'];
  return [
    showId(check), typeof authored['path'] === 'string' ? showId(authored['path']) : '',
    expectation === undefined ? '' : quote(expectation, 80),
    severity.kind === 'advisory' ? '(advisory)' : '',
  ].filter((part) => part !== '').join(' ');
}

function gateLine(indent: string, gate: CapabilityGate | undefined): readonly string[] {
  return gate === undefined ? [] : [`${indent}applies   when ${showId(gate.path)} ${gate.matcher} ${quote(gate.value, 80)}`];
}
