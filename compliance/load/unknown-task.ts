import { isPseudoTask } from '../pseudo-tasks.ts';
import type { FieldReader } from './field-reader.ts';
import type { LoadRules } from './read-step.ts';
import type { YamlNode } from './yaml-node.ts';

/** A tool that nobody can offer keeps its step from ever running, and nothing fails by it. */
export function warnUnknownTask(reader: FieldReader, task: string | undefined, at: YamlNode, { isKnownTask }: Pick<LoadRules, 'isKnownTask'>): void {
  if (task === undefined || task === '' || task.startsWith('$') || isPseudoTask(task) || isKnownTask(task)) return;
  reader.warn('unknown_task', `neither AdCP nor a schema of this bundle knows a task ${JSON.stringify(task)}`, 'correct its name, or expect it to be skipped', at);
}
