#!/usr/bin/env node
// `npm test`: types, lint, then every test. Stops at the first that fails; prints what ran and how long it took.
import { spawnSync } from 'node:child_process';

const steps = [
  ['types', 'tsc', ['--noEmit']],
  ['lint', 'oxlint', []],
  ['tests', 'vitest', ['run', ...process.argv.slice(2)]],
];

for (const [name, command, args] of steps) {
  const from = performance.now();
  console.log(`\n== ${name}: ${command} ${args.join(' ')}`);
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (error || status !== 0) {
    console.error(`\n${name} failed${error ? `: ${error.message}` : ''}`);
    process.exit(status || 1);
  }
  console.log(`== ${name}: passed in ${((performance.now() - from) / 1000).toFixed(1)} s`);
}
