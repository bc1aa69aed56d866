/** Writes `schemas/` anew from the shapes of the wire and of authors' files: `npm run schemas`. What is no longer published is removed. */
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { authoringSchemas } from '../compliance/lint/file-schema/published.ts';
import { publishedSchemas } from '../src/protocol/wire/published.ts';

const FOLDER = join(import.meta.dirname, '..', 'schemas');
const FAMILY = '/schemas/adwright-3.1/';

const published = new Map([...publishedSchemas(), ...authoringSchemas()]);

for (const file of globSync('**/*.json', { cwd: FOLDER })) {
  const { $id } = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as { $id?: string };
  if ($id?.startsWith(FAMILY) && !published.has(file.replaceAll('\\', '/'))) rmSync(join(FOLDER, file));
}
for (const [path, schema] of published) {
  mkdirSync(dirname(join(FOLDER, path)), { recursive: true });
  writeFileSync(join(FOLDER, path), `${JSON.stringify(schema, null, 2)}\n`);
}
console.log(`${published.size} schemas in ${FOLDER}`);
