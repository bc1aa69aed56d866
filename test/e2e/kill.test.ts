import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chanceOf } from '../kill/chance.ts';
import { killRun } from '../kill/run.ts';
import { operator, sandbox, type Subject } from '../kill/subjects.ts';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'adwright-kill-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (subject: Subject, kills: number) => killRun({ subject, folder, kills, chance: chanceOf(20_261_120) });

test.each([['a sandbox', sandbox], ['an operator\'s seller', operator]])('%s that is killed five times under load has lost nothing that it acknowledged, and done nothing twice', async (_what, subject) => {
  const report = await run(subject(folder), 5);
  expect(report.flaws).toEqual([]);
  expect(report.operations).toBeGreaterThan(50);
  expect(report.repeated).toBeGreaterThan(5);
}, 240_000);

const FAULTS = join(import.meta.dirname, '..', 'kill', 'faults');
const BROKEN = join(import.meta.dirname, '..', '..', 'training-agent', 'broken');
test.each([
  ['acknowledges before anything is on disk', join(FAULTS, 'acknowledges-early.ts'), /^lost: log_event .* is not known any more$/],
  ['does again what it has done', join(BROKEN, 'idempotency', 'forgets-keys.ts'), /^twice: create_media_buy was acknowledged \d+ times, and done \d+ times$/],
  ['gives retries of webhooks new keys', join(BROKEN, 'webhooks', 'rename-retries.ts'), /^webhooks: operation .* was told of under [2-9] keys$/],
  ['loses webhooks', join(BROKEN, 'webhooks', 'get-lost.ts'), /^webhooks: nobody was told of operation /],
])('a seller that %s is caught', async (_what, fault, flaw) => {
  expect((await run(sandbox(folder, fault), 1)).flaws).toContainEqual(expect.stringMatching(flaw));
}, 240_000);
