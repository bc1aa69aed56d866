#!/usr/bin/env node
// Installs what is missing before `npm start`, `npm test` and `npm run demo`. Runs on Node 20, before anything is installed.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const installed = (name) => existsSync(join(root, 'node_modules', name, 'package.json'));
const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const missing = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => !installed(name));

if (missing.length > 0) {
  const verb = existsSync(join(root, 'package-lock.json')) ? 'ci' : 'install';
  console.error(`adwright: installing dependencies (npm ${verb}) ...`);
  const run = spawnSync('npm', [verb, '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (run.status !== 0) {
    console.error(`adwright: npm ${verb} failed; missing: ${missing.join(', ')}. Check the network and the npm registry, then try again.`);
    process.exit(1);
  }
}
