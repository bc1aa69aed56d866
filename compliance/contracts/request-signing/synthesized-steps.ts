/** Steps that no file holds: one for each published request-signing vector, in the phases that are left empty for them. */
import type { VectorFiles } from '../../load/vector-files.ts';
import type { Check, Phase, Step, Storyboard } from '../../storyboard.ts';
import { signingVector, signingVectorNames } from './signing-vectors.ts';

const SIDES: ReadonlyMap<string, 'positive' | 'negative'> = new Map([['positive_vectors', 'positive'], ['negative_vectors', 'negative']]);
const TAKEN = [200, 201, 202, 203, 204];

/** Whether a phase stands for the vectors of one side. */
export function isVectorPhase(phase: Phase): boolean {
  return SIDES.has(phase.id) && phase.steps.length === 0;
}

/** The storyboard with its vector phases filled. */
export function withVectorSteps(storyboard: Storyboard, vectors: VectorFiles): Storyboard {
  if (!storyboard.phases.some(isVectorPhase)) return storyboard;
  return { ...storyboard, phases: storyboard.phases.map((phase) => (isVectorPhase(phase) ? filled(phase, vectors) : phase)) };
}

function filled(phase: Phase, vectors: VectorFiles): Phase {
  const side = SIDES.get(phase.id)!;
  return { ...phase, steps: signingVectorNames(vectors, side).map((name) => stepOf(phase, name, signingVector(vectors, name)?.title ?? name, side)) };
}

function stepOf({ location }: Phase, vector: string, title: string, side: 'positive' | 'negative'): Step {
  const authored = side === 'positive' ? { check: 'http_status_in', allowed_values: TAKEN } : { check: 'http_status', value: 401 };
  const description = `HTTP ${side === 'positive' ? '2xx' : '401'}`;
  const check: Check = { check: authored.check, description, severity: { kind: 'required' }, authored, location };
  return {
    id: vector.replace('/', '-'), title, task: 'request_signing_probe', validations: [check], stateful: false, expect_error: false,
    may_be_refused: false, omit_idempotency_key: false, provides_state_for: [], context_outputs: [], context_inputs: [], disabled_invariants: [], location,
    special: { kind: 'signing_probe', vector },
  };
}
