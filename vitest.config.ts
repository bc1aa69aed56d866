import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{src,compliance,training-agent,test}/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // Many tests wait for processes of their own, or for what comes in its own time: one more than the processors keeps them busy.
    maxWorkers: availableParallelism() + 1,
  },
});
