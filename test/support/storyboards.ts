/** Storyboards and step reports in memory, for tests of pure rules. */
import { type BundleFile, placeOf } from '../../compliance/load/bundle-file.ts';
import { outlineOf } from '../../compliance/load/outline.ts';
import type { ReadStoryboard } from '../../compliance/load/read-storyboard.ts';
import type { StepOutcome, StepReport } from '../../compliance/step-report.ts';
import type { Phase, Step, Storyboard } from '../../compliance/storyboard.ts';

const location = { file: 's.yaml', line: 1, column: 1, source: '' };

export function step(id: string, more: Partial<Step> = {}): Step {
  return {
    id, title: '', task: 'get_products', validations: [], stateful: true, expect_error: false, may_be_refused: false,
    omit_idempotency_key: false, provides_state_for: [],
    context_outputs: [], context_inputs: [], disabled_invariants: [], location, ...more,
  };
}

export function phase(id: string, steps: readonly Step[], more: Partial<Phase> = {}): Phase {
  return { id, title: '', optional: false, steps, location, ...more };
}

export function storyboard(phases: readonly Phase[], more: Partial<Storyboard> = {}): Storyboard {
  return {
    id: 's', version: '1.0.0', title: '', track: 'core', required_tools: [], required_any_of_tools: [], requires: [], requires_scenarios: [],
    controller_seeding: false, fixtures: {}, context: {}, invariants: { disable: [], enable: [] }, phases, location, ...more,
  };
}

/** A file of a bundle in memory, placed by its path. */
export function bundleFile(path: string, reading: ReadStoryboard): BundleFile {
  return { path, place: placeOf(path), reading, outline: outlineOf(reading) };
}

export function report(phaseId: string, stepId: string, outcome: StepOutcome): StepReport {
  return {
    address: { storyboard_id: 's', phase_id: phaseId, step_id: stepId }, task: 'get_products', title: '', outcome, validations: [],
    duration_ms: 0,
    extraction: { path: 'none' }, prerequisite: false, location,
  };
}

export const PASSED: StepOutcome = { kind: 'passed' };
export const FAILED: StepOutcome = { kind: 'failed', counted: true };
export const UNCOUNTED: StepOutcome = { kind: 'failed', counted: false };
export const skip = (
  reason: Extract<StepOutcome, { kind: 'skipped' }>['skip']['reason'], cause?: Extract<StepOutcome, { kind: 'skipped' }>['skip']['cause']
): StepOutcome =>
  ({ kind: 'skipped', skip: { reason, detail: reason, ...(cause !== undefined && { cause }) } });
