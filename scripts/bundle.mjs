#!/usr/bin/env node
// Writes the judge, and the seller that serves, as a few files each below dist: to find and load hundreds of modules takes longer than
// to ask a seller, or to be asked. The launcher takes them while no source was changed since. Runs after every `npm ci`; without
// devDependencies it does nothing.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, globSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';

const KEPT_MS = 3_600_000;
const root = join(import.meta.dirname, '..');
const bundler = await import('rolldown').catch(() => undefined);
if (bundler === undefined) process.exit();

const isCommand = (id, importer) => importer.endsWith(join('src', 'main', 'adwright.ts')) && (id.endsWith('-command.ts') || id === './judge.ts');
/** Loaded from where it is in the sources. */
const fromSources = (id) => ({ id: join('..', '..', '..', 'src', 'main', id), external: 'relative' });

/** Packages stay where they are; commands of the seller are loaded from where they are. */
const judging = {
  name: 'judging',
  resolveId(id, importer) {
    if (!id.startsWith('.')) return importer === undefined ? undefined : { id, external: true };
    return isCommand(id, importer) && id !== './judge.ts' ? fromSources(id) : undefined;
  },
};

/** Of many small modules each, and needed at every start. Packages that are large, native, or seldom needed stay where they are. */
const INLINED = /^(?:typebox|ajv|ajv-formats|yaml|commander|canonicalize)(?:\/|$)/;
/** Look for their like beside the bundle. */
const MOVED = ['src/store/sqlite/threaded-store.ts', 'src/main/sandbox.ts', 'src/main/package-root.ts'].map((file) => join(root, file));
/** Whoever reads files beside its source finds them there, or in the build when there are no sources. */
const PLACES = `import { existsSync } from 'node:fs'; import { join } from 'node:path';
const above = join(import.meta.dirname, '..', '..');
const whole = [join(above, '..'), above].find((folder) => existsSync(join(folder, 'src', 'main')));
export const place = (folder) => join(whole, folder);`;
/** Names that a module takes from `node:http` by import make Node look at all that it has, the client of WebSockets among them: a sixth of a start. */
const HTTP = "export const { createServer, request } = process.getBuiltinModule('node:http');";
const VIRTUAL = new Map([['virtual:places', PLACES], ['virtual:http', HTTP]]);
const serving = {
  name: 'serving',
  resolveId(id, importer) {
    if (VIRTUAL.has(id)) return id;
    if (id === 'node:http') return 'virtual:http';
    if (importer === undefined || importer.includes('node_modules')) return undefined;
    if (!id.startsWith('.')) return INLINED.test(id) ? undefined : { id, external: true };
    return isCommand(id, importer) && id !== './serve-command.ts' ? fromSources(id) : undefined;
  },
  load: (id) => VIRTUAL.get(id),
  transform(code, id) {
    if (!code.includes('import.meta.dirname') || id.includes('node_modules') || VIRTUAL.has(id) || MOVED.includes(id)) return undefined;
    return `import { place } from 'virtual:places';\n${code.replaceAll('import.meta.dirname', `place(${JSON.stringify(relative(root, dirname(id)))})`)}`;
  },
};

const stampOf = (file) => [relative(root, file), statSync(file).size, statSync(file).mtimeMs];

/** @param entries modules by the name of the file that stands for each */
async function written(kind, entries, plugin, assets = []) {
  const folder = join(root, 'dist', kind);
  const input = Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, join(root, file)]));
  const bundle = await bundler.rolldown({ input, platform: 'node', plugins: [plugin] });
  const { output } = await bundle.generate({ format: 'esm' });
  const modules = output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : [])).filter((id) => existsSync(id) && !id.includes('node_modules')).sort();
  const sources = [...modules, ...assets].map(stampOf);
  // A folder of its own for each state of the sources: whoever runs meanwhile keeps what it began with.
  const name = createHash('sha256').update(JSON.stringify(sources)).digest('hex').slice(0, 16);
  mkdirSync(join(folder, name), { recursive: true });
  for (const { fileName, code } of output) writeFileSync(join(folder, name, fileName), code);
  for (const asset of assets) copyFileSync(asset, join(folder, name, basename(asset)));
  writeFileSync(join(folder, `${name}.json`), JSON.stringify({ folder: name, sources }));
  renameSync(join(folder, `${name}.json`), join(folder, 'current.json'));
  for (const old of readdirSync(folder))
    if (old !== 'current.json' && old !== name && Date.now() - statSync(join(folder, old)).mtimeMs > KEPT_MS) rmSync(join(folder, old), { recursive: true, force: true });
  console.log(`the ${kind} in ${output.length} files: ${join(folder, name)}`);
}

await written('judge', { adwright: 'src/main/adwright.ts' }, judging, globSync('compliance/report/html/*.{css,js}', { cwd: root }).sort().map((file) => join(root, file)));
await written('seller', { adwright: 'src/main/adwright.ts', 'write-thread': 'src/store/sqlite/write-thread.ts', 'training-agent': 'training-agent/index.ts' }, serving);
