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

/** The command in a few files, unless a source was changed since `bundle.mjs` wrote them. */
function bundled(kind) {
  try {
    const place = [join(root, 'dist', kind), join(root, kind)].find(existsSync);
    const { folder, sources } = JSON.parse(readFileSync(join(place, 'current.json'), 'utf8'));
    const isChanged = ([file, size, mtimeMs]) => {
      const found = statSync(join(root, file));
      return found.size !== size || found.mtimeMs !== mtimeMs;
    };
    const entry = join(place, folder, 'adwright.js');
    return (existsSync(join(root, 'src', 'main', 'adwright.ts')) && sources.some(isChanged)) || !existsSync(entry) ? undefined : entry;
  } catch {
    return undefined;
  }
}

/** A sandbox from another module comes with the sources that it imports. */
function kindOf(command, args) {
  if (['storyboard', 'bundle'].includes(command)) return 'judge';
  return command === 'serve' && !args.some((arg) => arg.startsWith('--training-agent')) ? 'seller' : undefined;
}

if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) {
  (await import('node:module')).enableCompileCache();
  const kind = kindOf(process.argv[2], process.argv.slice(3));
  // What a judge looks at is soon of no use: a nursery that stays small is emptied in time.
  if (kind === 'judge') process.getBuiltinModule('node:v8').setFlagsFromString('--semi-space-growth-factor=1');
  const places = ['src/main/adwright.ts', 'dist/src/main/adwright.js', 'src/main/adwright.js'].map((file) => join(root, file));
  await import((kind && bundled(kind)) ?? places.find(existsSync));
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
