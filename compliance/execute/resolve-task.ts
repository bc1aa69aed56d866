import { own } from '../json/object.ts';
import { PROBE_TASKS } from '../load/test-kit.ts';
import type { SellerProfile } from '../seller.ts';
import type { Skip } from '../step-report.ts';
import type { Step } from '../storyboard.ts';

export type ResolvedTask =
  | { readonly kind: 'task'; readonly task: string }
  | { readonly kind: 'skip'; readonly skip: Skip }
  | { readonly kind: 'unresolved' };

const KIT_REFERENCE = '$test_kit.';

/**
 * The tool that a step calls. A kit's probe task is taken when the seller lists it, else the first listed task that may
 * stand in; other references into the kit fall back to the step's default.
 */
export function resolveTask(step: Step, kit: unknown, profile: SellerProfile): ResolvedTask {
  if (!step.task.startsWith(KIT_REFERENCE)) return { kind: 'task', task: step.task };
  const path = step.task.slice(KIT_REFERENCE.length);
  const value = path.split('.').reduce<unknown>(own, kit);
  if (path === 'auth.probe_task') return probeTask(value, profile);
  const task = typeof value === 'string' && value !== '' ? value : step.task_default;
  return task === undefined ? { kind: 'unresolved' } : { kind: 'task', task };
}

function probeTask(wanted: unknown, profile: SellerProfile): ResolvedTask {
  const candidates = [...PROBE_TASKS.filter((task) => task === wanted), ...PROBE_TASKS];
  const task = candidates.find((each) => profile.tools.has(each));
  if (task !== undefined) return { kind: 'task', task };
  return {
    kind: 'skip',
    skip: {
      reason: 'not_applicable', cause: 'no_probe_task',
      detail: `the seller lists none of the tasks that can probe authentication: ${PROBE_TASKS.join(', ')}`,
    },
  };
}
