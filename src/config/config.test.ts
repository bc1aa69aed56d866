import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeConfig, loadConfig } from './config.ts';

const fileWith = (text: string): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'adwright-config-')), 'adwright.yaml');
  writeFileSync(file, text);
  return file;
};
const faultOf = (text: string) => {
  const config = fileWith(text);
  try { loadConfig({ config }, {}); } catch (error) { return (error as Error).message.replace(config, 'FILE'); }
  return 'accepted';
};

test('takes the default, then the file, then the environment, then the flag, and says which', () => {
  const config = fileWith('port: 5000\ndata: /tmp/from-file\nseller:\n  name: Daily Trail\n');
  const loaded = loadConfig({ config, data: '/tmp/from-flag' }, { PORT: '6000' });
  expect(loaded.config).toMatchObject({ host: '127.0.0.1', port: 6000, data: '/tmp/from-flag', seller: { name: 'Daily Trail', publisher_domain: 'publisher.example' } });
  expect(loaded.origins).toMatchObject({ host: 'default', port: 'environment', data: 'flag', seller: 'file' });
});

test.each([
  ['porte: 1', 'FILE:1:1: unknown key "porte"'],
  ['host: a\nfeatures:\n  convertion_tracking: false\n', 'FILE:3:3: unknown key "convertion_tracking" in features'],
  ['host: a\nport: "x"', 'FILE:2:7: port must be integer'],
  ['principals:\n  - principal_id: a\n    key_sha256: short\n', 'FILE:3:17: principals[0].key_sha256 must be the SHA-256 of an API key, 64 digits of lower-case hex'],
  ['log: loud', 'FILE:1:6: log must be one of silent, error, warn, info, debug'],
  ['features: {conversion_tracking: maybe}', 'FILE:1:33: features.conversion_tracking must be boolean or object'],
  ['features: {conversion_tracking: {targets: []}}', 'FILE:1:34: unknown key "targets" in features.conversion_tracking'],
  ['features: {conversion_tracking: {supported_targets: [cpa]}}', 'FILE:1:54: features.conversion_tracking.supported_targets[0] must be one of cost_per, per_ad_spend, maximize_value'],
  ['features: {audience_targeting: {minimum_audience_size: 0}}', 'FILE:1:56: features.audience_targeting.minimum_audience_size must be >= 1'],
  ['public_url: https://ads.example:99999/mcp', 'FILE:1:13: public_url must be a URL that begins with https://, without ? and #'],
  ['port: *nowhere', 'FILE: Unresolved alias (the anchor must be set before the alias): nowhere'],
  [`principals: [{principal_id: a, key_sha256: ${'a'.repeat(64)}}, {principal_id: b, key_sha256: ${'a'.repeat(64)}}]`, 'FILE: principals[1].key_sha256 is that of principals[0] too; a key belongs to one caller'],
  ['host: [a', 'FILE:1:9: Flow sequence in block collection must be sufficiently indented and end with a ]'],
])('names file, line, column and fault of %j', (text, message) => expect(faultOf(text)).toBe(message));

test('says in one line that a file cannot be read, or that a port is none', () => {
  expect(() => loadConfig({ config: '/no/such/file.yaml' }, {})).toThrow('/no/such/file.yaml: cannot be read (ENOENT)');
  expect(() => loadConfig({}, { PORT: 'http' })).toThrow('PORT: "http" is not a port from 0 to 65535');
});

test('prints every setting with its origin and no key hash whole', () => {
  const hash = 'a'.repeat(64);
  const text = describeConfig(loadConfig({ config: fileWith(`principals: [{principal_id: p, key_sha256: "${hash}"}]`) }, {}));
  expect(text).toContain('(default)');
  expect(text).not.toContain(hash);
});

test('the database comes from the environment or from a file that it names, and only from one of them', () => {
  const url = 'postgres://adwright:s3cret@db.example:5432/adwright?sslmode=require';
  expect(loadConfig({}, { DATABASE_URL: url })).toMatchObject({ config: { database_url: url }, origins: { database_url: 'environment' } });
  const file = fileWith(`${url}\n`);
  expect(loadConfig({}, { DATABASE_URL_FILE: file }).config.database_url).toBe(url);
  expect(loadConfig({}, { DATABASE_URL: '' }).config.database_url).toBeUndefined();
  expect(() => loadConfig({}, { DATABASE_URL: url, DATABASE_URL_FILE: file })).toThrow('both set');
  expect(() => loadConfig({}, { DATABASE_URL_FILE: '/no/such/file' })).toThrow('DATABASE_URL_FILE: /no/such/file cannot be read (ENOENT)');
});

test('a database that is none of PostgreSQL is refused without telling its password', () => {
  expect(() => loadConfig({}, { DATABASE_URL: 'mysql://me:s3cret@db.example/x' })).toThrow(/^DATABASE_URL is no URL of a PostgreSQL database, such as [^\n]*$/);
  expect(() => loadConfig({}, { DATABASE_URL: 'me:s3cret' })).not.toThrow('s3cret');
  expect(() => loadConfig({ config: fileWith('database_url: postgres://me:s3cret@db.example/x') }, {})).toThrow('unknown key "database_url"');
});

test('the password of the database is not printed', () => {
  const text = describeConfig(loadConfig({}, { DATABASE_URL: 'postgres://adwright:s3cret@db.example/adwright?password=other-s3cret' }));
  expect(text).toContain('database_url "postgres://adwright:...@db.example/adwright"  (environment)');
  expect(text).not.toContain('s3cret');
});
