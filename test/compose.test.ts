/** What can be held of compose.yaml on a machine without a container daemon: to the image, to the server's configuration, and to what docs/operating.md tells. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadConfig } from '../src/config/config.ts';
import { serveCommand } from '../src/main/serve-command.ts';

interface Service {
  readonly build?: string;
  readonly image: string;
  readonly user: string;
  readonly read_only: boolean;
  readonly cap_drop: readonly string[];
  readonly security_opt: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly volumes: readonly (string | { readonly source: string; readonly target: string; readonly read_only: boolean })[];
  readonly tmpfs: readonly string[];
  readonly ports?: readonly string[];
  readonly command?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
}
interface Compose {
  readonly services: { readonly seller: Service; readonly database: Service };
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
  readonly volumes: Readonly<Record<string, object>>;
}

const ROOT = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const compose = parse(read('compose.yaml')) as Compose;
const { seller, database } = compose.services;
const dockerfile = read('Dockerfile');

test('no service has more rights than it needs', () => {
  for (const { user, read_only, cap_drop, security_opt } of [seller, database]) {
    expect([read_only, cap_drop, security_opt]).toEqual([true, ['ALL'], ['no-new-privileges:true']]);
    expect(['', 'root', '0']).not.toContain(user);
  }
  expect(dockerfile).toContain(`\nUSER ${seller.user}\n`);
  expect(seller.ports).toEqual(['127.0.0.1:4100:4100']);
  expect(database.ports).toBeUndefined();
});

test('each service that is waited for says when it is healthy', () => {
  expect(database.healthcheck?.test).toEqual(['CMD', 'pg_isready', '--quiet', '--username', database.environment['POSTGRES_USER'], '--dbname', database.environment['POSTGRES_DB']]);
  expect(dockerfile).toMatch(/^HEALTHCHECK .*\\\n +CMD .*\/readyz/m);
  expect(dockerfile).toContain(`http://127.0.0.1:${seller.environment['PORT']}/readyz`);
});

test('every variable of the seller is one that it reads, and says what it says', () => {
  const folder = mkdtempSync(join(tmpdir(), 'adwright-compose-'));
  const url = 'postgres://adwright:secret@database/adwright';
  writeFileSync(join(folder, 'database_url'), url);
  const env = Object.fromEntries(Object.entries(seller.environment).map(([name, value]) => [name, value.replace('/run/secrets', folder)]));
  const { config, origins } = loadConfig({}, env);
  expect(Object.entries(origins).filter(([, origin]) => origin === 'environment').map(([key]) => key).toSorted()).toEqual(['database_url', 'port']);
  expect(Object.keys(seller.environment)).toHaveLength(2);
  expect([config.database_url, config.port]).toEqual([url, 4100]);
});

test('the command is one that the program takes, and the image\'s own', () => {
  const [name, ...args] = seller.command!;
  const serve = serveCommand().exitOverride().action(() => {});
  expect(name).toBe(serve.name());
  serve.parse(args, { from: 'user' });
  expect(serve.opts()).toMatchObject({ host: '0.0.0.0', data: '/data', config: '/etc/adwright/adwright.yaml' });
  expect(JSON.parse(/^CMD (.*)$/m.exec(dockerfile)![1]!)).toEqual(seller.command);
});

test('what is written lies on volumes or in memory, what is mounted is what the seller reads', () => {
  expect(Object.keys(compose.volumes).toSorted()).toEqual(['keys', 'rows']);
  expect(dockerfile).toContain('\nVOLUME /data\n');
  const [data, ...mounted] = seller.volumes;
  expect(data).toBe('keys:/data');
  expect(database.volumes).toEqual(['rows:/var/lib/postgresql/data']);
  expect(mounted).toEqual(['adwright.yaml', 'inventory'].map((name) => ({
    type: 'bind', source: `./${name}`, target: `/etc/adwright/${name}`, read_only: true, bind: { create_host_path: false },
  })));
});

test('no credential stands in it: both come from files, which the context of the image and the repository leave out', () => {
  expect(compose.secrets).toEqual({ database_url: { file: './secrets/database_url' }, database_password: { file: './secrets/database_password' } });
  expect([seller.secrets, database.secrets]).toEqual([['database_url'], ['database_password']]);
  expect([seller.environment['DATABASE_URL_FILE'], database.environment['POSTGRES_PASSWORD_FILE']]).toEqual(['/run/secrets/database_url', '/run/secrets/database_password']);
  expect(read('compose.yaml')).not.toMatch(/sandbox|demo|postgres:\/\/|PASSWORD: [^{]/i);
  expect(read('.gitignore').split('\n')).toContain('/secrets/');
  expect(read('.dockerignore').split('\n')[0]).toBe('**');
});

test('docs/operating.md makes each file that has to be there before it starts', () => {
  const documented = read('docs/operating.md');
  const files = [...Object.values(compose.secrets).map(({ file }) => file), ...seller.volumes.flatMap((each) => (typeof each === 'string' ? [] : [each.source]))];
  for (const file of files) expect(documented).toContain(file.replace('./', ''));
});
