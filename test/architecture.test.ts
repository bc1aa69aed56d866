import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { parseSync } from 'oxc-parser';
import { describe, expect, test } from 'vitest';
import { FETCHING_ROOM, ROOMS } from './rooms.ts';

const ROOT = join(import.meta.dirname, '..');
const files = globSync('{src,training-agent,compliance}/**/*.ts', { cwd: ROOT }).filter((file) => !file.endsWith('.test.ts')).sort();
const names = Object.keys(ROOMS).sort((a, b) => b.length - a.length);
const roomOf = (file: string) => names.find((room) => file.startsWith(`${room}/`));

/** Every module specifier of a file: static and type-only imports, re-exports, `import()` of a literal. */
function importsOf(file: string): string[] {
  const source = readFileSync(join(ROOT, file), 'utf8');
  const { module } = parseSync(file, source);
  const literal = (span: { start: number; end: number }) => /^(['"`])([^$]*)\1$/.exec(source.slice(span.start, span.end))?.[2];
  return [
    ...module.staticImports.map((each) => each.moduleRequest.value),
    ...module.staticExports.flatMap((each) => each.entries.flatMap((entry) => entry.moduleRequest?.value ?? [])),
    ...module.dynamicImports.flatMap((each) => literal(each.moduleRequest) ?? []),
  ];
}

const local = (file: string, specifier: string) => relative('.', normalize(join(dirname(file), specifier)));
const edges = files.flatMap((file) => importsOf(file).map((specifier) => ({ file, specifier })));

function breach({ file, specifier }: { file: string; specifier: string }): string | undefined {
  const room = ROOMS[roomOf(file) ?? ''];
  if (room === undefined) return `${file} lies in no room of test/rooms.ts`;
  if (!specifier.startsWith('.')) return room.refuses?.some((prefix) => specifier.startsWith(prefix)) ? `${file} imports ${specifier}` : undefined;
  const target = local(file, specifier);
  const to = roomOf(target);
  if (to === roomOf(file)) return undefined;
  if (room.modules?.includes(target)) return undefined;
  if (to !== undefined && room.imports.includes(to) && !ROOMS[to]?.entryPoint) return undefined;
  return `${file} imports ${target}`;
}

describe('architecture', () => {
  test('every file lies in a room and imports only what its room may', () => {
    expect([...new Set([...edges.flatMap((edge) => breach(edge) ?? []), ...files.filter((file) => !roomOf(file))])]).toEqual([]);
  });

  test('rooms do not import each other in a circle', () => {
    const graph = new Map<string, Set<string>>();
    for (const { file, specifier } of edges.filter((edge) => edge.specifier.startsWith('.'))) {
      const [from, to] = [roomOf(file), roomOf(local(file, specifier))];
      if (from && to && from !== to) graph.set(from, (graph.get(from) ?? new Set()).add(to));
    }
    const circle = (room: string, path: string[]): string | undefined =>
      path.includes(room) ? [...path, room].join(' -> ') : [...(graph.get(room) ?? [])].map((next) => circle(next, [...path, room])).find(Boolean);
    expect([...graph.keys()].map((room) => circle(room, [])).filter(Boolean)).toEqual([]);
  });

  test('nothing in src but the outbound room fetches', () => {
    const fetching = files.filter((file) => file.startsWith('src/') && !file.startsWith(`${FETCHING_ROOM}/`))
      .filter((file) => /(?<![\w.'"`])fetch\s*\(/.test(readFileSync(join(ROOT, file), 'utf8')));
    expect(fetching).toEqual([]);
  });

  test('domain and use cases read neither a clock nor chance', () => {
    const impure = files.filter((file) => /^src\/(domain|usecases)\//.test(file))
      .filter((file) => /Date\.now\(|new Date\(\)|Math\.random\(|randomUUID\(/.test(readFileSync(join(ROOT, file), 'utf8')));
    expect(impure).toEqual([]);
  });
});
