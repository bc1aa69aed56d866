import { type Context, createContext, Script } from 'node:vm';

/** Does what it is told; the one kind of work that can be stopped from outside while it runs. Made with the first. */
let worker: { readonly context: Context; readonly script: Script } | undefined;

export type Bounded<T> = { readonly kind: 'done'; readonly value: T } | { readonly kind: 'endless' };

/**
 * Ends work that takes too long. For matching texts against expressions: both are foreign (a storyboard's and a schema's patterns,
 * a seller's payload), and together can take for ever.
 * @throws whatever the work throws
 */
export function bounded<T>(work: () => T, maxMs: number): Bounded<T> {
  const { context, script } = (worker ??= { context: createContext({}), script: new Script('work()') });
  context['work'] = work;
  try {
    return { kind: 'done', value: script.runInContext(context, { timeout: maxMs }) as T };
  } catch (error) {
    if ((error as NodeJS.ErrnoException | null)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return { kind: 'endless' };
    throw error;
  } finally {
    context['work'] = undefined;
  }
}
