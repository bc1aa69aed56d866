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
  ['principals:\n  - principal_id: a\n    key_sha256: short\n', 'FILE:3:17: principals[0].key_sha256 must match pattern "^[0-9a-f]{64}$"'],
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
