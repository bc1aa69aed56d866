import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import type { JsonObject } from '../../src/protocol/envelope.ts';
import { responseIssues } from '../../src/protocol/request-check.ts';
import { hasOfficial, officialSchemas } from './official-schemas.ts';
import { openedSandbox, type OpenedSandbox } from './opened-sandbox.ts';

export interface ControllerBench {
  readonly open: OpenedSandbox;
  /** The caller of the test that runs: a session of its own. */
  readonly principal_id: string;
  /** Calls the controller as that caller; every answer is held to the published and to the official schema. */
  control(scenario: string, params?: JsonObject, more?: JsonObject, token?: string): Promise<JsonObject>;
  call(task: string, request: JsonObject, token?: string): Promise<JsonObject>;
}

/** One sandbox for a file of tests; each test is a caller of its own in it. */
export function controllerBench(): ControllerBench {
  const official = hasOfficial('answers of the test controller against the official schema') ? officialSchemas() : undefined;
  let open: OpenedSandbox;
  let count = 0;
  beforeAll(async () => { open = await openedSandbox(); });
  beforeEach(() => { count += 1; });
  afterAll(() => open.close());
  const bench: ControllerBench = {
    get open() { return open; },
    get principal_id() { return `acme-outdoor/test-${count}`; },
    async control(scenario, params, more = {}, token) {
      const document = await bench.call('comply_test_controller', { account: { sandbox: true }, scenario, ...(params ? { params } : {}), ...more }, token);
      expect(responseIssues('comply_test_controller', document)).toEqual([]);
      expect(official?.validate('compliance/comply-test-controller-response.json', document) ?? []).toEqual([]);
      return document;
    },
    call: (task, request, token) => open.call(task, request, token, `test-${count}`),
  };
  return bench;
}

export const OK = { success: true, status: 'completed' };

/** What a refusal of the controller looks like. */
export const failed = (error: string, more: JsonObject = {}): JsonObject => ({ success: false, status: 'failed', error, error_detail: expect.any(String), ...more });
