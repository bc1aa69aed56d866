#!/usr/bin/env node
// The `adwright` command. Runs on whatever Node is at hand and goes on with the pinned one.
import { existsSync, readFileSync, statSync } from 'node:fs';
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

/** The judge in a few files, unless a source was changed since `bundle.mjs` wrote them. */
function bundledJudge() {
  try {
    const { folder, sources } = JSON.parse(readFileSync(join(root, 'dist', 'judge', 'current.json'), 'utf8'));
    const isChanged = ([file, size, mtimeMs]) => {
      const found = statSync(join(root, file));
      return found.size !== size || found.mtimeMs !== mtimeMs;
    };
    const entry = join(root, 'dist', 'judge', folder, 'adwright.js');
    return (existsSync(join(root, 'src')) && sources.some(isChanged)) || !existsSync(entry) ? undefined : entry;
  } catch {
    return undefined;
  }
}

if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) {
  (await import('node:module')).enableCompileCache();
  const isJudge = ['storyboard', 'bundle'].includes(process.argv[2]);
  // What a judge looks at is soon of no use: a nursery that stays small is emptied in time.
  if (isJudge) process.getBuiltinModule('node:v8').setFlagsFromString('--semi-space-growth-factor=1');
  const places = ['src/main/adwright.ts', 'dist/src/main/adwright.js'].map((file) => join(root, file));
  await import((isJudge ? bundledJudge() : undefined) ?? places.find(existsSync));
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
