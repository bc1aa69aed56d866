import { describe, expect, test } from 'vitest';
import type { Outline } from '../load/outline.ts';
import { outOfScope, type Scope, WHOLE_SCOPE } from './scope.ts';

const storyboard = (track: string): Outline => ({ kind: 'storyboard', id: 'buying/s', track, requires_scenarios: [], steps: 1 });
const scope = (more: Partial<Scope>): Scope => ({ ...WHOLE_SCOPE, ...more });

describe('what narrows a selection', () => {
  test('is nothing by itself', () => {
    for (const outline of [storyboard('core'), { kind: 'broken', id: 'b' }, { kind: 'ignored' }] as const) expect(outOfScope(outline, WHOLE_SCOPE)).toBeUndefined();
  });

  test('are tracks; what is broken shows itself whatever track it may have', () => {
    const narrowed = scope({ tracks: ['core'] });
    expect(outOfScope(storyboard('core'), narrowed)).toBeUndefined();
    expect(outOfScope(storyboard('media_buy'), narrowed)).toBe('its track is media_buy');
    expect(outOfScope({ kind: 'broken', id: 'b' }, narrowed)).toBeUndefined();
  });

  test('are exclusions, of broken files too', () => {
    const narrowed = scope({ exclude: [{ text: 'b*', storyboard: 'b*' }] });
    expect([storyboard('core'), { kind: 'broken', id: 'b' } as const].map((outline) => outOfScope(outline, narrowed)))
      .toEqual(['left out by --exclude', 'left out by --exclude']);
    expect(outOfScope({ kind: 'broken' }, narrowed)).toBeUndefined();
  });
});
