import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSeller, type TestSeller } from '../support/seller.ts';

const EXPECTED = join(import.meta.dirname, '..', 'mcp-expected-failures.yaml');
const SUITE = join(dirname(createRequire(import.meta.url).resolve('@modelcontextprotocol/conformance/package.json')), 'dist', 'index.js');
/** What MCP asks of a server that sells. */
const APPLY = ['server-initialize', 'ping', 'tools-list', 'server-sse-multiple-streams', 'dns-rebinding-protection'];

const folder = mkdtempSync(join(tmpdir(), 'adwright-mcp-'));
let seller: TestSeller;
beforeAll(async () => { seller = await startSeller(); });
afterAll(async () => {
  await seller.close();
  rmSync(folder, { recursive: true });
});

test('every scenario of MCP\'s conformance suite that applies to a seller passes, and the others fail as listed', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [SUITE, 'server', '--url', seller.url, '--suite', 'all', '--expected-failures', EXPECTED], { cwd: folder }).catch((failed: { stdout: string; stderr: string }) => { throw new Error(failed.stdout.slice(-2000) + failed.stderr); });
  for (const scenario of APPLY) expect(stdout).toMatch(new RegExp(`✓ ${scenario}: \\d+ passed, 0 failed`));
}, 60_000);
