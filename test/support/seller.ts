/** The real seller with its training agent, in this process, on a free port, with a folder of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig, type Config } from '../../src/config/config.ts';
import type { FeatureSwitches } from '../../src/config/shape.ts';
import { logger } from '../../src/main/log.ts';
import { trainingSandbox } from '../../src/main/sandbox.ts';
import { serve } from '../../src/main/serve.ts';
import { watched } from './official.ts';

export interface TestSeller {
  readonly url: string;
  readonly token: string;
  /** What answers had against the official schemas. Look at it when the test ends. */
  readonly violations: string[];
  close(): Promise<void>;
}

export interface SellerOptions {
  /** Kept when given; else a new folder, removed at the end. */
  readonly data?: string;
  /** A module of `training-agent/broken`. */
  readonly trainingAgent?: string;
  readonly features?: FeatureSwitches;
  /** As which https URL buyers know it. */
  readonly public_url?: string;
  /** More of the configuration. */
  readonly config?: Partial<Config>;
}

export async function startSeller(options: SellerOptions = {}): Promise<TestSeller> {
  const data = options.data ?? mkdtempSync(join(tmpdir(), 'adwright-test-'));
  const { config } = loadConfig({ data, port: '0', sandbox: true }, {});
  const violations: string[] = [];
  const honest = trainingSandbox(options.trainingAgent);
  const running = await serve({
    config: { ...config, stop_within_seconds: 2, ...options.config, features: options.features ?? {}, ...(options.public_url ? { public_url: options.public_url } : {}) }, log: logger('error'),
    async sandbox(setting) {
      const sandbox = await honest(setting);
      return { ...sandbox, facade: (pipeline) => { const pretending = sandbox.facade?.(pipeline) ?? pipeline; return options.trainingAgent ? pretending : watched(pretending, violations); } };
    },
  });
  return {
    url: running.local_url, token: running.demo_token!, violations,
    async close() {
      await running.close();
      if (options.data === undefined) rmSync(data, { recursive: true, force: true });
    },
  };
}
