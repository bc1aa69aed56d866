import { Command } from 'commander';
import type { JobPayloads } from '../../domain/ports/jobs.ts';
import type { TaskRecord } from '../../domain/task.ts';
import { OperatorError, type OperatorStore } from '../../domain/ports/operator-store.ts';
import { randomIds, systemClock } from '../system.ts';
import { act } from './act.ts';
import { limitOf, operatorCommand, table } from './operator-command.ts';

/** `adwright tasks`: what waits for a person, and the decision. */
export function tasksCommand(): Command {
  const list = new Command('list').description('orders and briefs that wait for you, newest first')
    .option('--all', 'tasks that have ended and such that nobody has to decide, too').option('--limit <n>', 'as many', '50').option('--json', 'whole, a line each');
  const approve = new Command('approve').description('carry it out, as if it had just been asked').argument('<task-id>').option('--principal <id>', 'whose, when two callers share the id');
  const reject = new Command('reject').description('turn it down, and tell the buyer why').argument('<task-id>').requiredOption('--reason <text>', 'what the buyer reads')
    .option('--principal <id>', 'whose, when two callers share the id');
  return new Command('tasks').description('decide on orders and briefs that wait for a person (see "review" in the configuration)')
    .addCommand(operatorCommand(list, listed))
    .addCommand(operatorCommand(approve, (store, flags, task_id: string) => decided(store, flags, task_id, { verdict: 'approved' })))
    .addCommand(operatorCommand(reject, (store, flags, task_id: string) => decided(store, flags, task_id, { verdict: 'rejected', reason: flags['reason'] as string })))
    .addHelpText('afterAll', '\nExample:\n  adwright tasks reject task_3f9c --reason "The week is sold out."\n\nExit codes: 0 done, 1 failed, 2 wrong usage');
}

async function listed(store: OperatorStore, { all, limit, json }: Readonly<Record<string, unknown>>): Promise<string> {
  const found = (await store.tasks({ waiting: all !== true }, limitOf(limit))).map(({ request: _sealed, webhook: _kept, ...task }) => task);
  if (json) return found.map((each) => JSON.stringify(each)).join('\n');
  if (found.length === 0) return all ? 'no tasks' : 'nothing waits';
  return table(['TASK', 'WHAT', 'STATUS', 'SINCE', 'FOR', 'BRAND'], found.map(({ task_id, task_type, status, created_at, principal, owner }) =>
    [task_id, task_type, status, created_at, principal.principal_id, owner.brand?.domain ?? '']));
}

type Verdict = { readonly verdict: 'approved' } | { readonly verdict: 'rejected'; readonly reason: string };

async function decided(store: OperatorStore, { principal }: Readonly<Record<string, unknown>>, task_id: string, verdict: Verdict): Promise<string> {
  const [task, another] = await store.tasks({ task_id, waiting: true, ...(principal ? { principal_id: principal as string } : {}) }, 2);
  if (task === undefined) throw new OperatorError(`no task "${task_id}" waits; adwright tasks list shows those that do`);
  if (another) throw new OperatorError(`several callers have a task "${task_id}": name one with --principal`);
  await store.enqueue(jobFor(task, { task_id, ...verdict }), act(verdict.verdict === 'approved' ? 'task.approve' : 'task.reject', systemClock.now(), `task:${task_id}`, `principal:${task.principal.principal_id}`));
  return `task ${task_id} is ${verdict.verdict}; a running server settles it at once, one that is not running when it starts`;
}

function jobFor({ principal: { principal_id }, task_id }: TaskRecord, payload: JobPayloads['settle_task']) {
  const run_at = systemClock.now().toISOString();
  // A lane of its own: it must not wait behind the hour at which the desk would decide by itself.
  return { kind: 'settle_task' as const, job_id: randomIds.next('job'), principal_id, lane: `decision:${principal_id}/${task_id}`, run_at, payload };
}
