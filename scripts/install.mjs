#!/usr/bin/env node
// Installs what is missing before `npm start`, `npm test` and `npm run demo`. Runs on Node 20, before anything is installed.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const read = (file) => {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8'));
  } catch {
    return undefined;
  }
};

const { dependencies, devDependencies } = read('package.json');
const locked = read('package-lock.json')?.packages ?? {};
const missing = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => {
  const installed = read(`node_modules/${name}/package.json`)?.version;
  return installed === undefined || installed !== (locked[`node_modules/${name}`]?.version ?? installed);
});

// Exactly what the lock file says; where a registry lacks a part of it, what fits package.json.
const ways = [['ci'], ['install', '--no-save', '--no-package-lock']];
if (missing.length > 0 && !ways.some(installs)) {
  console.error(`adwright: could not install ${missing.join(', ')}. Check the network and the npm registry, then try again.`);
  process.exit(1);
}

function installs(way) {
  console.error(`adwright: installing dependencies (npm ${way.join(' ')}) ...`);
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  return spawnSync('npm', [...way, ...quiet], { cwd: root, stdio: ['ignore', 2, 2] }).status === 0;
}
