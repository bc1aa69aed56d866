import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packTar, type ParsedTarEntryWithData, type TarEntry } from 'modern-tar';
import { afterAll, expect, test } from 'vitest';
import { hasOfficial, OFFICIAL_STORYBOARDS } from '../../test/support/official-schemas.ts';
import { LOAD_RULES } from '../cli/bundle-option.ts';
import { type Bundle, bundleFolders, openBundle, openBundleSource } from './bundle.ts';
import { TARBALL_LIMITS, tarballSource } from './tarball-source.ts';

const folder = mkdtempSync(join(tmpdir(), 'adwright-tarball-'));
afterAll(() => rmSync(folder, { recursive: true }));

const board = (id: string) => `id: ${id}\nphases: []\n`;
const file = (name: string, body: string): TarEntry => ({ header: { name, size: Buffer.byteLength(body), type: 'file' }, body });
const link = (name: string, linkname: string): TarEntry => ({ header: { name, size: 0, type: 'symlink', linkname } });
let count = 0;

async function tarball(...entries: (TarEntry | ParsedTarEntryWithData)[]): Promise<string> {
  const path = join(folder, `${count += 1}.tgz`);
  writeFileSync(path, gzipSync(await packTar(entries)));
  return path;
}

async function open(path: string, limits = TARBALL_LIMITS): Promise<Bundle> {
  const tar = await tarballSource(path, folder, limits);
  if (tar.kind === 'refused') throw new Error(tar.problem);
  const opened = openBundleSource(tar.source, LOAD_RULES);
  if (opened.kind === 'refused') throw new Error(opened.problem);
  return opened.bundle;
}

test('a release below a folder of any name is read with its kits, index and schemas', async () => {
  const bundle = await open(await tarball(
    { header: { name: 'adcp-3.1/', size: 0, type: 'directory' } }, file('adcp-3.1/compliance/universal/a.yaml', board('a')),
    file('./adcp-3.1/compliance/index.json', '{"published_version":"3.1.19","adcp_version":"3.1.19"}'),
    file('adcp-3.1/compliance/test-kits/k.yaml', 'id: k\n'), file('adcp-3.1/schemas/core/money.json', '{"type":"number"}'),
    file('adcp-3.1/README.md', '# no part of it'),
  ));
  expect(bundle).toMatchObject({ version: '3.1.19', adcp_version: '3.1' });
  expect(bundle.files.map(({ path, reading }) => [path, reading.kind])).toEqual([['universal/a.yaml', 'storyboard']]);
  expect(bundle.files[0]!.reading).toMatchObject({ storyboard: { location: { file: '1.tgz/adcp-3.1/compliance/universal/a.yaml' } } });
  expect([...bundle.kits.keys()]).toEqual(['test-kits/k.yaml']);
  expect(bundle.schemas?.validate('core/money.json', 'x')).toHaveLength(1);
});

test('storyboards and schemas may lie at the top', async () => {
  const bundle = await open(await tarball(file('protocols/p/a.yaml', board('a')), file('schemas/x.json', '{}')));
  expect(bundle.files.map(({ path }) => path)).toEqual(['protocols/p/a.yaml']);
  expect(bundle.schemas?.refs).toEqual(['x.json']);
});

test('a link is no storyboard, wherever it leads', async () => {
  const bundle = await open(await tarball(file('universal/a.yaml', board('a')), link('universal/b.yaml', '/etc/passwd')));
  expect(bundle.files[1]!.reading).toMatchObject({ kind: 'broken', problems: [{ code: 'unreadable_file', message: 'it is no file but a symlink' }] });
});

test('paths that lead elsewhere are no part of the bundle', async () => {
  const bundle = await open(await tarball(
    file('universal/a.yaml', board('a')), file('../universal/b.yaml', board('b')), file('/universal/c.yaml', board('c')),
    file('universal/../../d.yaml', board('d')), file('universal\\e.yaml', board('e')),
  ));
  expect(bundle.files.map(({ path }) => path)).toEqual(['universal/a.yaml']);
});

test('a file that is too large is reported and not kept', async () => {
  const bundle = await open(await tarball(file('universal/a.yaml', board('a')), file('universal/b.yaml', `# ${'x'.repeat(4 * 2 ** 20)}`)));
  expect(bundle.files[1]!.reading).toMatchObject({ problems: [{ message: 'the file is too large' }] });
});

test.for([
  ['one that is larger than a bundle may be', { packedBytes: 10 }, /has \d+ bytes/],
  ['one that grows beyond it', { unpackedBytes: 1000 }, /unpacked it is larger/],
  ['one of too many entries', { entries: 1 }, /more than 1 entries/],
] as const)('refuses %s', async ([, limits, reason]) => {
  const path = await tarball(file('universal/a.yaml', board('a')), file('universal/b.yaml', board('b')));
  await expect(open(path, { ...TARBALL_LIMITS, ...limits })).rejects.toThrow(reason);
});

test('refuses a file that is none, a damaged one, one without storyboards, and one that holds a file twice', async () => {
  const path = join(folder, 'bad.tgz');
  await expect(open(path)).rejects.toThrow('ENOENT');
  writeFileSync(path, 'text');
  await expect(open(path)).rejects.toThrow('no gzip file');
  writeFileSync(path, gzipSync('x'.repeat(2000)));
  await expect(open(path)).rejects.toThrow('cannot be read');
  const whole = await packTar([file('universal/a.yaml', board('a').repeat(500))]);
  writeFileSync(path, gzipSync(whole.subarray(0, 2000)));
  await expect(open(path)).rejects.toThrow('cannot be read');
  await expect(open(await tarball(file('notes.yaml', 'a: b')))).rejects.toThrow('holds no storyboards');
  await expect(open(await tarball(file('universal/a.yaml', board('a')), file('universal/a.yaml', board('b'))))).rejects.toThrow('twice');
});

test.runIf(hasOfficial('that a release is the same bundle in a folder and in a tarball'))(
  'a release has the same digest and storyboards in a folder and in a tarball of the usual program', async () => {
    const path = join(folder, 'release.tgz');
    execFileSync('tar', ['czf', path, '-C', join(OFFICIAL_STORYBOARDS, '..', '..'), '3.1.19']);
    const opened = openBundle(bundleFolders(join(OFFICIAL_STORYBOARDS, '..'))!, { cwd: folder, rules: LOAD_RULES });
    const [inFolder, inTarball] = [opened.kind === 'bundle' ? opened.bundle : undefined, await open(path)];
    expect(inTarball.digest).toBe(inFolder?.digest);
    expect(inTarball.files.map(({ path: name, outline }) => [name, outline])).toEqual(inFolder?.files.map(({ path: name, outline }) => [name, outline]));
    expect(inTarball.schemas?.refs).toEqual(inFolder?.schemas?.refs);
  }
);
