/** `adwright bundle`, against a local server that stands in for the one of the releases. */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packTar } from 'modern-tar';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { judge } from '../support/judge.ts';
import { type Listening, listening } from '../support/listening.ts';

let cwd: string;
let server: Listening;
let served: Record<string, Buffer | string | { readonly redirect: string }>;
let asked: string[];

beforeEach(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'adwright-fetch-'));
  [served, asked] = [{}, []];
  server = await listening((request, response) => {
    asked.push(`${request.headers.host} ${request.url}`);
    const found = served[request.url!];
    if (found === undefined) response.writeHead(404).end();
    else if (typeof found === 'string' || Buffer.isBuffer(found)) response.end(found);
    else response.writeHead(302, { location: found.redirect }).end();
  });
});
afterEach(async () => {
  await server.close();
  rmSync(cwd, { recursive: true });
});

async function release(version: string): Promise<Buffer> {
  const files = [
    ['index.json', JSON.stringify({ published_version: version, adcp_version: version })], ['universal/a.yaml', `id: of_${version}\nphases: []\n`],
  ] as const;
  return gzipSync(await packTar(files.map(([name, body]) => (
    { header: { name: `adcp-${version}/compliance/${name}`, size: body.length, type: 'file' }, body }
  ))));
}
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const run = (...args: string[]) => judge(args, { cwd, env: { XDG_CACHE_HOME: cwd } });
const fetch = (version: string, ...more: string[]) =>
  run('bundle', 'fetch', version, '--base', 'https://releases.example/protocol/', '--map', `https://releases.example=${server.origin}`, ...more);
const kept = () => (existsSync(join(cwd, 'adwright/bundles')) ? readdirSync(join(cwd, 'adwright/bundles')) : []);

test('fetches a release, keeps it whole, and grades with it from then on', async () => {
  const bytes = await release('3.1.19');
  served = { '/protocol/3.1.19.tgz': bytes, '/protocol/3.1.19.tgz.sha256': `${sha256(bytes)}  3.1.19.tgz\n` };
  expect(await run('storyboard', 'list', '--bundle', '3.1.19')).toMatchObject({ code: 2, err: expect.stringContaining('adwright bundle fetch 3.1.19') });
  expect(await fetch('3.1.19')).toMatchObject({ code: 0, out: expect.stringContaining(`sha256 ${sha256(bytes)}`) });
  expect(asked).toEqual(['releases.example /protocol/3.1.19.tgz.sha256', 'releases.example /protocol/3.1.19.tgz']);
  expect(kept().sort()).toEqual(['3.1.19.tgz', '3.1.19.tgz.sha256']);
  expect(await run('storyboard', 'list', '--bundle', '3.1.19')).toMatchObject({ code: 0, out: expect.stringContaining('of_3.1.19') });
  expect((await run('bundle', 'list')).out).toMatch(/^ours .*\nsdk .*\n3\.1\.19 .*3\.1\.19\.tgz\n$/);
});

test('a release that is there and was not published anew is not fetched again', async () => {
  const bytes = await release('3.1.19');
  served = { '/protocol/3.1.19.tgz': bytes, '/protocol/3.1.19.tgz.sha256': sha256(bytes) };
  await fetch('3.1.19');
  asked = [];
  expect(await fetch('3.1.19')).toMatchObject({ code: 0, out: expect.stringContaining('up to date') });
  expect(asked).toEqual(['releases.example /protocol/3.1.19.tgz.sha256']);
});

test('a release that was changed in the cache grades nothing, and is fetched again', async () => {
  const bytes = await release('3.1.19');
  served = { '/protocol/3.1.19.tgz': bytes, '/protocol/3.1.19.tgz.sha256': sha256(bytes) };
  await fetch('3.1.19');
  writeFileSync(join(cwd, 'adwright/bundles/3.1.19.tgz'), 'changed');
  expect(await run('storyboard', 'list', '--bundle', '3.1.19')).toMatchObject({ code: 2, err: expect.stringContaining('not what was fetched') });
  expect(await fetch('3.1.19')).toMatchObject({ code: 0, out: expect.stringContaining('fetched') });
  expect(await run('storyboard', 'list', '--bundle', '3.1.19')).toMatchObject({ code: 0 });
});

test.for([
  ['bytes that are not those that were published', { digest: '0'.repeat(64) }, 'is not what was published'],
  ['a checksum that is none', { digest: '<html>' }, 'holds no SHA-256'],
  ['another release under this name', { holds: '3.1.18' }, 'holds version 3.1.18'],
  ['what is no bundle', { bytes: gzipSync('nothing') }, 'cannot be read'],
] as const)('keeps nothing of %s', async ([, wrong, reason]) => {
  const bytes = 'bytes' in wrong ? wrong.bytes : await release('holds' in wrong ? wrong.holds : '3.1.19');
  served = { '/protocol/3.1.19.tgz': bytes, '/protocol/3.1.19.tgz.sha256': 'digest' in wrong ? wrong.digest : sha256(bytes) };
  expect(await fetch('3.1.19')).toMatchObject({ code: 3, out: '', err: expect.stringContaining(reason) });
  expect(kept()).toEqual([]);
});

test('a release that is not there, one that redirects away from HTTPS, and one that redirects into the network are refused', async () => {
  expect(await fetch('3.1.19')).toMatchObject({ code: 3, err: expect.stringContaining('HTTP 404') });
  served = { '/protocol/3.1.19.tgz.sha256': { redirect: 'http://releases.example/x' } };
  expect(await fetch('3.1.19')).toMatchObject({ code: 3, err: expect.stringContaining('is not https') });
  served = { '/protocol/3.1.19.tgz.sha256': { redirect: 'https://127.0.0.1:9/x' } };
  expect(await fetch('3.1.19')).toMatchObject({ code: 3, err: expect.stringContaining('--allow-private') });
  served = { '/protocol/3.1.19.tgz.sha256': { redirect: '3.1.19.tgz.sha256' } };
  expect(await fetch('3.1.19')).toMatchObject({ code: 3, err: expect.stringContaining('redirects more than') });
});

test('follows a redirect to where releases are kept', async () => {
  const bytes = await release('3.1.19');
  served = {
    '/protocol/3.1.19.tgz': { redirect: 'https://files.example/a' }, '/protocol/3.1.19.tgz.sha256': sha256(bytes), '/a': bytes,
  };
  expect(await fetch('3.1.19', '--map', `https://files.example=${server.origin}`)).toMatchObject({ code: 0 });
  expect(asked.at(-1)).toBe('files.example /a');
});

test('wrong usage is told in a line', async () => {
  expect(await fetch('latest')).toMatchObject({ code: 2, err: 'adwright: "latest" is no version: write it as 3.1.19\n' });
  expect(await run('bundle', 'fetch', '3.1.19', '--base', 'http://releases.example')).toMatchObject({ code: 2, err: expect.stringContaining('HTTPS') });
  expect(await run('bundle', 'fetch', '3.1.19', '--map', 'https://a.example')).toMatchObject({ code: 2, err: expect.stringContaining('--map') });
});

test('--bundle takes the release of the installed SDK, a tarball, and says what it cannot find', async () => {
  writeFileSync(join(cwd, 'b.tgz'), await release('9.9.9'));
  expect(await run('storyboard', 'list', '--bundle', 'b.tgz')).toMatchObject({ code: 0, out: expect.stringContaining('of_9.9.9') });
  expect(await run('storyboard', 'list', '--bundle', 'sdk')).toMatchObject({ code: 0, out: expect.stringContaining('capability_discovery') });
  expect(await run('storyboard', 'list', '--bundle', 'c.tgz')).toMatchObject({ code: 2, err: expect.stringContaining('no bundle at c.tgz') });
});
