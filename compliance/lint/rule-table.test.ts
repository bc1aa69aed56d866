import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LINT_RULES, RULE_TABLE } from './rule-table.ts';

const tests = globSync('rules/*.test.ts', { cwd: import.meta.dirname }).map((name) => readFileSync(join(import.meta.dirname, name), 'utf8')).join('\n');

test.each(Object.keys(LINT_RULES))('%s is shown to find something and to leave something alone', (rule) => {
  expect(tests).toContain(`expectFound('${rule}'`);
  expect(tests).toMatch(new RegExp(`expectClean\\('${rule}'|for \\(const rule of [^)]*'${rule}'`));
});

test('every rule says in one line what it finds', () => {
  for (const [id, finds] of RULE_TABLE) expect([id, finds.length < 100, finds.includes('\n')]).toEqual([id, true, false]);
});
