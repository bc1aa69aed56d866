/** The plain reader against the library: the same values at the same places, or nothing. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasOfficial, OFFICIAL_STORYBOARDS } from '../../test/support/official-schemas.ts';
import { parseWithLibrary } from './library-yaml.ts';
import { parsePlain } from './plain-yaml.ts';
import type { YamlNode } from './yaml-node.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const official = hasOfficial('that storyboards of the official release are read as the YAML library reads them');
const FOLDERS = [join(ROOT, 'storyboards'), join(ROOT, 'node_modules/@adcp/sdk/compliance/cache/3.0.6'), ...(official ? [OFFICIAL_STORYBOARDS] : [])];
const RUNS = Number(process.env['YAML_RUNS'] ?? 1500);
const SEED = Number(process.env['YAML_SEED'] ?? 31_319);

const textsIn = (folder: string): readonly (readonly [name: string, text: string])[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml')).sort()
    .map((name) => [name, readFileSync(join(folder, name), 'utf8')]);

/** A document with the place of every node. */
const shown = (node: YamlNode): unknown => ({
  at: `${node.location.line}:${node.location.column}`, ...(node.isMap && { members: node.members().map(([name, inner]) => [name, shown(inner)]) }),
  ...(node.isList && { items: node.items().map(shown) }), ...(!node.isMap && !node.isList && { value: node.value }),
});

function bothOf(text: string): { readonly plain: unknown; readonly library: unknown } | undefined {
  const plain = parsePlain(text, 'f.yaml');
  if (plain === undefined) return undefined;
  const library = parseWithLibrary(text, 'f.yaml');
  if (library.kind === 'broken') return { plain: text, library: library.problems.map(({ message }) => message) };
  return { plain: [plain.value, plain.location, shown(plain)], library: [library.root.value, library.root.location, shown(library.root)] };
}

test.for(FOLDERS)('reads the files in %s as the library does, and leaves it hardly any', (folder) => {
  const left: string[] = [];
  for (const [name, text] of textsIn(folder)) {
    const both = bothOf(text);
    if (both === undefined) left.push(name);
    expect({ name, document: both?.plain }).toEqual({ name, document: both?.library });
  }
  expect(left.length).toBeLessThan(textsIn(folder).length / 20);
});

describe('files with something changed', () => {
  const texts = FOLDERS.flatMap(textsIn).map(([, text]) => text.split('\n'));
  const PIECES = [' ', '  ', '-', '- ', ':', ': ', ' #', '"', "'", '[', ']', '{', '}', ',', '|', '>', '&a ', '*a', '\\', '\n', '\n\n', '? ', '!', '~', '1', 'null', '...', '---', '\t', 'é', '%', '@'];
  const change = fc.record({ file: fc.nat(), line: fc.nat(), at: fc.nat(), drop: fc.nat(3), piece: fc.constantFrom('', ...PIECES) });

  test('are read as the library reads them, or not at all', { timeout: 60_000 }, () => {
    let read = 0;
    fc.assert(fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
      const whole = texts[changes[0]!.file % texts.length]!;
      const lines = blockFrom(whole, changes[0]!.line % whole.length);
      for (const { line, at, drop, piece } of changes) {
        const number = line % lines.length;
        const text = lines[number]!;
        const column = at % (text.length + 1);
        lines[number] = text.slice(0, column) + piece + text.slice(column + drop);
      }
      const both = bothOf(lines.join('\n'));
      if (both === undefined) return;
      read += 1;
      expect(both.plain).toEqual(both.library);
    }), { numRuns: RUNS, seed: SEED });
    console.info(`${read} of ${RUNS} changed documents were read`);
    expect(read).toBeGreaterThan(RUNS / 20);
  });
});

/** A few lines that belong together, brought out to the left. */
function blockFrom(lines: readonly string[], from: number): string[] {
  const indent = lines[from]!.search(/[^ ]|$/);
  const end = lines.findIndex((line, at) => at > from && (at === from + 30 || (line !== '' && line.search(/[^ ]/) < indent)));
  return lines.slice(from, end < 0 ? undefined : end).map((line) => line.slice(indent));
}

test.for([
  ['maps and lists', 'a:\n  b: 1\n  c:\n  - x\n  -   y: 1\n      z: 2\n  - - p\n    - q\nd:\n'],
  ['numbers, flags and nothing', 'a: 1\nb: -2.50\nc: true\nd: ~\ne: null\nf:\ng: 007\nh: 1.2.3\ni: 2026-01-01\nj: +5\nk: "5"\nl: yes\n'],
  ['texts over lines', 'a: one\n  two\n  three # no\nb: x\n'],
  ['quoted texts', `a: "x \\"y\\" \\u00e9\\n" # c\nb: 'it''s'\n"c d": 1\n'e': ''\n`],
  ['blocks of text', 'a: |\n  one\n\n    two\n  # three\n\n\nb: >-\n  one\n  two\n\n  three\n    four\n    five\n\n  six\nc: >\n  x\n- no\n'.replace('- no\n', '')],
  ['brackets', 'a: [1, "b", c d, { e: f, "g": [] }, https://x.example:80/y#z]\nb: {\n  c: 1,\n  d: [x,\n    y],\n }\nc: {}\n'],
  ['names and repetitions', 'a: &x { b: 1 }\nc: *x\nd: [*x, *x]\ne: &y\n  f: *x\n  g: 1\nh: *y\ni:\n  - &z k\n  - *z\n  - &w\n    l: 1\n  - &v [2]\n  - *w\n'],
  ['comments everywhere', '# c\n---\n'.slice(4) + '# c\na: 1 # c\n  # c\nb: # c\n  # c\n  c: 2\n#c\n'],
  ['a list at the root', '- a\n- b: 1\n  c: 2\n'],
] as const)('reads %s', ([, text]) => {
  const both = bothOf(text);
  expect(both).toBeDefined();
  expect(both!.plain).toEqual(both!.library);
});

test.for([
  ['tags', 'a: !!str 1\n'], ['tabs', 'a:\n\t- b\n'], ['two documents', 'a: 1\n---\nb: 2\n'], ['a directive', '%YAML 1.2\n---\na: 1\n'],
  ['a name that comes twice', 'a: 1\na: 2\n'], ['an anchor that comes twice', 'a: &x 1\nb: &x 2\n'], ['a repetition of nothing', 'a: *x\n'],
  ['a value in itself', 'a: &x { b: *x }\n'], ['a text that grows', `a: &x [1]\n${Array.from({ length: 101 }, (_, at) => `b${at}: *x\n`).join('')}`],
  ['texts that are quoted over lines', 'a: "b\n  c"\n'], ['a text that goes on behind an empty line', 'a: b\n\n  c\n'],
  ['members on one line', 'a: b: c\n'], ['a name that is a value', 'true: 1\n'], ['a name of a prototype', '__proto__: 1\n'], ['questions', '? a\n: b\n'],
  ['blocks that keep their end', 'a: |+\n  b\n\n'], ['blocks of a given depth', 'a: |2\n    b\n'], ['odd numbers', 'a: 0x1f\n'], ['line ends of Windows', 'a: 1\r\nb: 2\r\n'],
  ['a scalar alone', 'a\n'], ['nothing', ''], ['steps that do not align', 'a:\n    b: 1\n  c: 2\n'], ['open brackets', 'a: [1\n'], ['brackets that end too far out', 'a:\n  b: [1,\n  2]\n'],
  ['very deep lists', `a: ${'['.repeat(80)}${']'.repeat(80)}\n`], ['very deep maps', `${Array.from({ length: 80 }, (_, at) => `${' '.repeat(at)}a:\n`).join('')}${' '.repeat(80)}b\n`],
] as const)('leaves %s to the library', ([, text]) => expect(parsePlain(text, 'f.yaml')).toBeUndefined());

test('a file of blanks, of brackets or of quotes takes no longer than any other', () => {
  const started = performance.now();
  for (const piece of [' ', '- ', '[', '{a: ', '"', "'", '\\"', ' #', ': ', '&a ', 'a: b\n', '  - a\n', '>', '-']) parsePlain(`a: ${piece.repeat(200_000)}x`, 'f.yaml');
  expect(performance.now() - started).toBeLessThan(4000);
});
