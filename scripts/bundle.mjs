#!/usr/bin/env node
// Writes the judge as a few files below dist/judge: to find and load three hundred modules takes longer than to ask a seller.
// The launcher takes them while no source was changed since. Runs after every `npm ci`; without devDependencies it does nothing.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, globSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';

const KEPT_MS = 3_600_000;
const root = join(import.meta.dirname, '..');
const judge = join(root, 'dist', 'judge');
const bundler = await import('rolldown').catch(() => undefined);
if (bundler === undefined) process.exit();

/** Packages stay where they are; commands of the seller are loaded from where they are. */
const ours = {
  name: 'ours',
  resolveId(id, importer) {
    if (!id.startsWith('.')) return importer === undefined ? undefined : { id, external: true };
    const isOfSeller = importer.endsWith(join('src', 'main', 'adwright.ts')) && id.endsWith('-command.ts');
    return isOfSeller ? { id: join('..', '..', '..', 'src', 'main', id), external: 'relative' } : undefined;
  },
};

const stampOf = (file) => [relative(root, file), statSync(file).size, statSync(file).mtimeMs];
const bundle = await bundler.rolldown({ input: join(root, 'src', 'main', 'adwright.ts'), platform: 'node', plugins: [ours] });
const { output } = await bundle.generate({ format: 'esm' });
const modules = output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : [])).filter((id) => existsSync(id)).sort();
const assets = globSync('compliance/report/html/*.{css,js}', { cwd: root }).sort().map((file) => join(root, file));
const sources = [...modules, ...assets].map(stampOf);

// A folder of its own for each state of the sources: whoever runs meanwhile keeps what it began with.
const name = createHash('sha256').update(JSON.stringify(sources)).digest('hex').slice(0, 16);
mkdirSync(join(judge, name), { recursive: true });
for (const { fileName, code } of output) writeFileSync(join(judge, name, fileName), code);
for (const asset of assets) copyFileSync(asset, join(judge, name, basename(asset)));
writeFileSync(join(judge, `${name}.json`), JSON.stringify({ folder: name, sources }));
renameSync(join(judge, `${name}.json`), join(judge, 'current.json'));
for (const old of readdirSync(judge))
  if (old !== 'current.json' && old !== name && Date.now() - statSync(join(judge, old)).mtimeMs > KEPT_MS) rmSync(join(judge, old), { recursive: true, force: true });
console.log(`the judge in ${output.length} files: ${join(judge, name)}`);
