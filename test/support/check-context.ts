import type { CheckContext } from '../../compliance/judge/checks/check.ts';
import { AUTHORED } from '../../compliance/policy.ts';
import type { Check } from '../../compliance/storyboard.ts';

/** The surroundings of a check in a test: a task that succeeded with this payload. */
export function checkContext(data: unknown, more: Partial<CheckContext> = {}): CheckContext {
  return {
    task: 'get_products', outcome: { kind: 'succeeded' }, data, accumulator: {}, contributions: new Set(),
    agentUrl: 'https://seller.example/mcp',
    release: '3.1.19', productReplies: [], policy: AUTHORED, upstream: () => ({ kind: 'not_advertised' }), ...more,
  };
}

export const FAILED_TASK = { outcome: { kind: 'failed', why: 'test' } } as const;

/** An authored check, as loaded. */
export function authored(check: string, entry: Readonly<Record<string, unknown>> = {}): Check {
  return {
    check, description: '', severity: { kind: 'required' }, authored: { check, ...entry },
    location: { file: 's.yaml', line: 1, column: 1, source: '' },
  };
}
