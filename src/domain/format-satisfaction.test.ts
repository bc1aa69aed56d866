import { describe, expect, it } from 'vitest';
import { satisfies } from './format-satisfaction.ts';

const image = (params: Record<string, unknown>) => ({ format_kind: 'image' as const, params });
const video = (params: Record<string, unknown>) => ({ format_kind: 'video_hosted' as const, params });

describe('a wanted format satisfies a declared one', () => {
  it.each([
    ['of the same fixed size', image({ width: 300, height: 250 }), image({ width: 300, height: 250, max_file_size_kb: 200 })],
    ['that fixes nothing', image({ width: 1, height: 1 }), image({})],
    [
      'by one of its sizes',
      image({ width: 728, height: 90 }),
      image({
        sizes: [
          { width: 300, height: 250 },
          { width: 728, height: 90 },
        ],
      }),
    ],
    [
      'by several of its sizes',
      image({ sizes: [{ width: 728, height: 90 }] }),
      image({
        sizes: [
          { width: 300, height: 250 },
          { width: 728, height: 90 },
        ],
      }),
    ],
    ['within a range of sizes', image({ width: 400, height: 90 }), image({ min_width: 300, max_width: 970 })],
    ['by a range within its range', image({ min_width: 400, max_width: 500 }), image({ min_width: 300, max_width: 970 })],
    ['of the same duration', video({ duration_ms_exact: 30_000 }), video({ duration_ms_exact: 30_000, duration_ms_range: [1, 2] })],
    ['by a duration within its range', video({ duration_ms_exact: 15_000 }), video({ duration_ms_range: [6000, 30_000] })],
    [
      'by a range of durations within a half-open one',
      video({ duration_ms_range: [null, 15_000] }),
      video({ duration_ms_range: [null, 60_000] }),
    ],
    ['with words that do not disagree', video({ orientation: 'vertical' }), video({})],
  ])('%s', (_what, wanted, declared) => {
    expect(satisfies(wanted, declared)).toBe(true);
  });
});

describe('a wanted format does not satisfy a declared one', () => {
  it.each([
    ['of another kind', video({}), image({})],
    ['that fixes a size which it leaves open', image({}), image({ width: 300, height: 250 })],
    ['of another size', image({ width: 728, height: 90 }), image({ width: 300, height: 250 })],
    [
      'when one of its sizes is not accepted',
      image({
        sizes: [
          { width: 728, height: 90 },
          { width: 1, height: 1 },
        ],
      }),
      image({ sizes: [{ width: 728, height: 90 }] }),
    ],
    ['when its range reaches further', image({ min_width: 200, max_width: 500 }), image({ min_width: 300, max_width: 970 })],
    ['when it leaves a range open', image({}), image({ max_width: 970 })],
    ['of another duration', video({ duration_ms_exact: 15_000 }), video({ duration_ms_exact: 30_000 })],
    ['when it leaves the duration open', video({}), video({ duration_ms_exact: 30_000 })],
    [
      'when its range of durations reaches further',
      video({ duration_ms_range: [null, 61_000] }),
      video({ duration_ms_range: [null, 60_000] }),
    ],
    ['with words that disagree', video({ orientation: 'vertical' }), video({ orientation: 'horizontal' })],
  ])('%s', (_what, wanted, declared) => {
    expect(satisfies(wanted, declared)).toBe(false);
  });
});
