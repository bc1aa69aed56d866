import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { madeOnce } from './made-once.ts';

const folder = mkdtempSync(join(tmpdir(), 'adwright-once-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('is made when it is not there, for its owner only, and read from then on', () => {
  const file = join(folder, 'new', 'secret');
  expect([madeOnce(file, () => 'first'), madeOnce(file, () => 'second')]).toEqual(['first', 'first']);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(folder, 'new'))).toEqual(['secret']);
});

test('that another server makes in the meantime is that one\'s', () => {
  const file = join(folder, 'both');
  expect(madeOnce(file, () => { madeOnce(file, () => 'the other\'s'); return 'mine'; })).toBe('the other\'s');
  expect(readdirSync(folder).filter((name) => name.startsWith('both'))).toEqual(['both']);
});
