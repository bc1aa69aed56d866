#!/usr/bin/env node
// Builds the package into dist/: JavaScript by tsc, and the data that the program reads beside it.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, globSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
for (const old of existsSync(dist) ? readdirSync(dist) : []) if (!['judge', 'seller'].includes(old)) rmSync(join(dist, old), { recursive: true, force: true });
const { status } = spawnSync('tsc', ['--project', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);
for (const file of globSync('{src,training-agent,compliance}/**/*.{sql,yaml,json,css,js}', { cwd: root })) cpSync(join(root, file), join(dist, file));
for (const folder of ['schemas', 'storyboards', 'package.json', 'scripts/adwright.mjs']) cpSync(join(root, folder), join(dist, folder), { recursive: true });
spawnSync(process.execPath, [join(root, 'scripts', 'bundle.mjs')], { stdio: 'inherit' });
console.log(`built ${dist}`);
