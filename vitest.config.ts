import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{src,compliance,training-agent,test}/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
