import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const lines = readFileSync(join(ROOT, 'Dockerfile'), 'utf8').replaceAll('\\\n', ' ').split('\n');
const instructions = (name: string) => lines.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));

test('the image copies what is in the tree, and nothing that the build context leaves out', () => {
  const copied = instructions('COPY').filter((line) => !line.startsWith('--from')).flatMap((line) => line.split(/\s+/).slice(0, -1));
  const [, ...context] = readFileSync(join(ROOT, '.dockerignore'), 'utf8').trim().split('\n');
  expect(copied.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  expect(copied.toSorted()).toEqual(context.map((line) => line.replace('!', '')).toSorted());
});

test('the image needs no rights: it runs as a user, and what it runs belongs to root', () => {
  const [, ...stages] = lines.join('\n').split(/^FROM /m);
  expect(stages.at(-1)).toMatch(/^USER node$/m);
  expect(lines.filter((line) => line.includes('--from=build')).every((line) => line.includes('--chown=root:root'))).toBe(true);
  expect(instructions('VOLUME')).toEqual(['/data']);
});

test('the image starts the built command on the Node that the project pins', () => {
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { dependencies: { node: string } };
  const [major] = /\d+/.exec(dependencies.node)!;
  expect(instructions('FROM').every((line) => line.startsWith(`node:${major}-`))).toBe(true);
  expect(instructions('ENTRYPOINT')).toEqual(['["node", "dist/scripts/adwright.mjs"]']);
  expect(existsSync(join(ROOT, 'scripts/adwright.mjs'))).toBe(true);
});
