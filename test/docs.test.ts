import { existsSync, globSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inventoryOf } from '../src/catalogue/reload.ts';
import { ERRORS } from '../src/protocol/errors.ts';
import { hasOfficial, officialSchemas } from './support/official-schemas.ts';

const ROOT = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

const errorRows = Object.entries(ERRORS).map(([code, { recovery, when, remedy }]) => `| \`${code}\` | ${recovery} | ${when} | ${remedy} |`).join('\n');

test('docs/errors.md holds the table of errors, row by row (UPDATE_GOLDENS=1 rewrites it)', () => {
  const head = read('docs/errors.md').split('| code |')[0]!;
  const whole = `${head}| code | recovery | when this seller answers it | what to do |\n|---|---|---|---|\n${errorRows}\n`;
  if (process.env['UPDATE_GOLDENS']) writeFileSync(join(ROOT, 'docs/errors.md'), whole);
  expect(read('docs/errors.md')).toBe(whole);
});

test.runIf(hasOfficial('that error codes and recoveries are AdCP\'s'))('every code and its recovery are AdCP\'s', () => {
  const { enum: codes, enumMetadata } = officialSchemas().schema('enums/error-code.json') as { enum: string[]; enumMetadata: Record<string, { recovery: string }> };
  for (const [code, { recovery }] of Object.entries(ERRORS)) {
    expect(codes).toContain(code);
    expect([code, recovery]).toEqual([code, enumMetadata[code]!.recovery]);
  }
});

test('every code that the source answers is in the table, and every row is answered somewhere', () => {
  const source = globSync('{src,training-agent}/**/*.ts', { cwd: ROOT }).filter((file) => !/\.test\.ts$|protocol\/errors\.ts$/.test(file)).map(read).join('\n');
  const unused = Object.keys(ERRORS).filter((code) => !source.includes(`'${code}'`));
  expect(unused).toEqual([]);
});

test('docs/dependencies.md has a line for each dependency, and none for others', () => {
  const manifest = JSON.parse(read('package.json')) as { dependencies: object; devDependencies: object };
  const told = [...read('docs/dependencies.md').matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1]!);
  expect(told.sort()).toEqual(Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).sort());
});

test('the inventory that docs/catalogue.md shows can be sold', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'adwright-docs-')), 'inventory.yaml');
  writeFileSync(file, /```yaml\n([\s\S]*?)```/.exec(read('docs/catalogue.md'))![1]!);
  expect(inventoryOf([file], { agent_url: 'https://ads.example/mcp', publisher_domain: 'daily-trail.example' })).toMatchObject({
    kind: 'inventory', inventory: { products: [{ product_id: 'masthead' }, { product_id: 'trail_films' }], formats: [{}], signals: [{}] },
  });
});

test('files and commands that the documents name exist', () => {
  const documents = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md', { cwd: ROOT })];
  const scripts = (JSON.parse(read('package.json')) as { scripts: object }).scripts;
  for (const document of documents) {
    const text = read(document);
    for (const [, target] of text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)) expect([document, target, existsSync(join(ROOT, document, '..', target!))]).toEqual([document, target, true]);
    for (const [, script] of text.matchAll(/npm run ([\w:-]+)/g)) expect([document, script, Object.hasOwn(scripts, script!)]).toEqual([document, script, true]);
  }
});
