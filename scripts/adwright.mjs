#!/usr/bin/env node
// The `adwright` command. Runs on whatever Node is at hand and goes on with the pinned one.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const NEEDED_MAJOR = 24;

function pinnedNode() {
  try {
    return createRequire(import.meta.url).resolve('node/bin/node');
  } catch {
    return undefined;
  }
}

if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) {
  (await import('node:module')).enableCompileCache();
  const built = join(root, 'dist', 'src', 'main', 'adwright.js');
  const source = join(root, 'src', 'main', 'adwright.ts');
  await import(existsSync(source) ? source : built);
} else {
  const node = pinnedNode();
  if (node === undefined) {
    console.error(`adwright: needs Node ${NEEDED_MAJOR}; this is ${process.version} and the pinned one is not installed. Run: npm ci`);
    process.exit(1);
  }
  const { spawn } = await import('node:child_process');
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}
