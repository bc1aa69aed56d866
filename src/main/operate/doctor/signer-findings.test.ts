import { expect, test } from 'vitest';
import type { Exchange, Reply } from '../../../outbound/sender.ts';
import { signerFindings } from './signer-findings.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
const WEB: Readonly<Record<string, object>> = {
  'https://a.example/jwks': { keys: [] },
  'https://b.example/brand.json': { agents: [{ url: 'https://b.example/mcp', jwks_uri: 'https://a.example/jwks' }] },
  'https://a.example/revoked': { updated: '2026-11-20T11:00:00Z', next_update: '2026-11-20T13:00:00Z', revoked_kids: [] },
  'https://b.example/revoked': { updated: '2026-11-18T11:00:00Z', next_update: '2026-11-19T13:00:00Z', revoked_kids: [] },
};
const send = {
  post: async ({ url }: Exchange): Promise<Reply> => (WEB[url] ? { kind: 'reply', status: 200, headers: {}, body: JSON.stringify(WEB[url]) } : { kind: 'no_reply', reason: 'no reply in time' }),
};
const findings = (...signers: readonly object[]) => signerFindings({ request_signing: { signers: signers as never } }, { send, clock: { now: () => NOW, sleep: async () => {} } });

test('who signs is found where the configuration says, with keys and a list of revoked ones', async () => {
  const found = await findings(
    { principal_id: 'a', jwks_uri: 'https://a.example/jwks', revocation_uri: 'https://a.example/revoked' },
    { principal_id: 'b', brand_json_url: 'https://b.example/brand.json', agent_url: 'https://b.example/mcp' },
    { principal_id: 'c', jwks_file: 'keys.json' },
  );
  expect(found.map(({ standing, subject }) => [standing, subject])).toEqual([['ok', 'signer of a'], ['ok', 'signer of b']]);
});

test('what cannot be had is a warning that says what comes of it', async () => {
  const found = await findings(
    { principal_id: 'a', jwks_uri: 'https://nowhere.example/jwks' }, { principal_id: 'b', brand_json_url: 'https://b.example/brand.json', agent_url: 'https://other.example/mcp' },
    { principal_id: 'c', jwks_file: 'keys.json', revocation_uri: 'https://b.example/revoked' },
  );
  expect(found.map(({ standing }) => standing)).toEqual(['warn', 'warn', 'warn']);
  expect(JSON.stringify(found)).toMatch(/no keys: calls that are signed get HTTP 503.*no keys of https:\/\/other.example\/mcp.*gives no list of revoked keys/);
});

test('nothing is said where nothing is signed', async () => expect(await signerFindings({}, { send, clock: { now: () => NOW, sleep: async () => {} } })).toEqual([]));
