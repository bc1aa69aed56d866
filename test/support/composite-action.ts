/** Runs the shell steps of a composite action as GitHub's runner would: bash, expressions replaced, GITHUB_* files, `always()`. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

interface Step {
  readonly id?: string;
  readonly name: string;
  readonly if?: string;
  readonly shell: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly run: string;
}

export interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly required?: boolean; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string; readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

export interface ActionRun {
  readonly failed: boolean;
  readonly outputs: Readonly<Record<string, string>>;
  /** The page of the job. */
  readonly summary: string;
  /** What the steps printed, by their names. Steps that did not run are absent. */
  readonly printed: Readonly<Record<string, string>>;
}

export function readAction(file: string): Action {
  return parse(readFileSync(file, 'utf8')) as Action;
}

/** @param folder an empty folder that stands for the runner's own */
export function runAction(action: Action, root: string, folder: string, given: Readonly<Record<string, string>>): ActionRun {
  for (const name of ['work', 'temp']) mkdirSync(join(folder, name), { recursive: true });
  const inputs = Object.fromEntries(Object.entries(action.inputs).map(([name, { default: fallback }]) => [name, given[name] ?? fallback ?? '']));
  const outputs: Record<string, Record<string, string>> = {};
  const resolve = (expression: string): string => valueOf(expression.trim(), { root, folder, inputs, outputs });
  const filled = (text: string): string => text.replaceAll(/\$\{\{(.*?)\}\}/g, (_whole, expression: string) => resolve(expression));
  const printed: Record<string, string> = {};
  const summary = join(folder, 'summary');
  writeFileSync(summary, '');
  let failed = false;
  for (const [i, step] of action.runs.steps.entries()) {
    if (/\$\{\{/.test(step.run)) throw new Error(`${step.name}: an expression inside a script can be an injection; it belongs into env`);
    if (!holds(step.if, failed, resolve)) continue;
    const output = join(folder, `output-${i}`);
    const script = join(folder, `step-${i}.sh`);
    writeFileSync(output, '');
    writeFileSync(script, step.run);
    const env = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, text]) => [name, filled(text)]));
    const ran = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], {
      cwd: join(folder, 'work'), encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env, ...env, GITHUB_ACTIONS: 'true', GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary, GITHUB_WORKSPACE: join(folder, 'work'),
        RUNNER_TEMP: join(folder, 'temp'),
      },
    });
    printed[step.name] = `${ran.stdout}${ran.stderr}`;
    if (step.id !== undefined) outputs[step.id] = pairs(readFileSync(output, 'utf8'));
    failed ||= ran.status !== 0;
  }
  return {
    failed, printed, summary: existsSync(summary) ? readFileSync(summary, 'utf8') : '',
    outputs: Object.fromEntries(Object.entries(action.outputs).map(([name, { value }]) => [name, filled(value)])),
  };
}

interface Scope {
  readonly root: string;
  readonly folder: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The expressions that our action uses; any other is an error. */
function valueOf(expression: string, { root, folder, inputs, outputs }: Scope): string {
  if (expression === 'github.action_path') return root;
  if (expression === 'runner.temp') return join(folder, 'temp');
  const input = /^inputs\.([\w-]+)$/.exec(expression)?.[1];
  if (input !== undefined && Object.hasOwn(inputs, input)) return inputs[input]!;
  const [, step, output] = /^steps\.([\w-]+)\.outputs\.([\w-]+)$/.exec(expression) ?? [];
  if (step !== undefined && output !== undefined) return outputs[step]?.[output] ?? '';
  throw new Error(`an unknown expression: ${expression}`);
}

function holds(condition: string | undefined, failed: boolean, resolve: (expression: string) => string): boolean {
  if (condition === undefined) return !failed;
  const parts = condition.replace(/^\$\{\{|\}\}$/g, '').split('&&').map((part) => part.trim());
  const always = parts.includes('always()');
  return (always || !failed) && parts.filter((part) => part !== 'always()').every((part) => {
    const [, left] = /^(\S+) != ''$/.exec(part) ?? [];
    if (left === undefined) throw new Error(`an unknown condition: ${part}`);
    return resolve(left) !== '';
  });
}

const pairs = (text: string): Record<string, string> => Object.fromEntries(
  text.split('\n').filter((line) => line !== '').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])
);
