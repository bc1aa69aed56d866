import { expect, test } from 'vitest';
import { bundleFile, storyboard } from '../../test/support/storyboards.ts';
import type { JsonObject } from '../json/object.ts';
import type { Bundle } from '../load/bundle.ts';
import type { TestKit } from '../load/test-kit.ts';
import { apiKeysOf, basicCredential, brandDomain, credentialFor, defaultCredential } from './kit-credential.ts';

const kit = (id: string, document: JsonObject, relationship: TestKit['relationship'] = 'ordinary') =>
  [`k/${id}`, { kind: 'kit' as const, kit: { id, path: `k/${id}`, kind: 'brand' as const, relationship, document } }] as const;
const board = (kitId?: string) => storyboard(
  [],
  {
    id: String(kitId),
    ...(kitId !== undefined && { test_kit: { path: `k/${kitId}`, location: { file: '', line: 1, column: 1, source: '' } } }),
  }
);
const bundle: Bundle = {
  source: '', version: '', adcp_version: '3.1', digest: '', vectors: { names: [], document: () => undefined }, index: {},
  kits: new Map([
    kit('main', { auth: { api_key: 'main-key', probe_task: 'get_signals' } }),
    kit('other', { auth: { basic: { username: 'u', password: 'p' } } }), kit('live', { auth: { api_key: 'live-key' } }, 'live'),
  ]),
  files: [board('main'), board('main'), board('other'), board('live'), board('live'), board('live')].map(
    (each) => bundleFile('universal/x.yaml', { kind: 'storyboard', storyboard: each, warnings: [] })
  ),
};
const none = { kitTokens: new Map<string, string>(), environment: () => undefined };

test('without tokens every storyboard runs with its kit\'s own credential, special relationships included', () => {
  expect(credentialFor(board('main'), bundle, none)).toMatchObject({ kind: 'ready', credential: { kind: 'bearer', token: 'main-key' } });
  expect(credentialFor(board('other'), bundle, none)).toMatchObject({ credential: { kind: 'basic', username: 'u', password: 'p' } });
  expect(credentialFor(board('live'), bundle, none)).toMatchObject({ credential: { token: 'live-key' } });
});

test('the operator\'s token replaces the key of ordinary kits, and the kit shows it', () => {
  const ready = credentialFor(board('main'), bundle, { ...none, token: 'T' });
  expect(ready).toMatchObject({
    kind: 'ready', credential: { kind: 'bearer', token: 'T' }, kit: { auth: { api_key: 'T', probe_task: 'get_signals' } },
  });
});

test('a kit with a special relationship needs a token of its own once a token is given', () => {
  expect(credentialFor(board('live'), bundle, { ...none, token: 'T' })).toMatchObject({
    kind: 'gap', detail: expect.stringContaining('--kit-token live='),
  });
  expect(
    credentialFor(board('live'), bundle, { ...none, token: 'T', kitTokens: new Map([['live', 'L']]) })
  ).toMatchObject({ credential: { token: 'L' } });
});

test('discovery and storyboards without a kit use the token, else the key of the kit that most storyboards name', () => {
  expect(defaultCredential(bundle, { ...none, token: 'T' })).toEqual({ kind: 'bearer', token: 'T' });
  expect(credentialFor(board(), bundle, none)).toMatchObject({ credential: { kind: 'bearer', token: 'main-key' }, kit: {} });
  expect(defaultCredential({ ...bundle, files: [] }, none)).toEqual({ kind: 'none' });
});

test('a key that is left to the environment is looked up there, and is absent when nobody set it', () => {
  const left = kit('env', { auth: { api_key: '$env:ADWRIGHT_KIT_TOKEN', probe_task: 'get_signals' } });
  const leaving = {
    ...bundle, kits: new Map([left]),
    files: [bundleFile('universal/x.yaml', { kind: 'storyboard', storyboard: board('env'), warnings: [] })],
  };
  const set = { ...none, environment: (name: string) => (name === 'ADWRIGHT_KIT_TOKEN' ? 'E' : undefined) };
  expect(credentialFor(board('env'), leaving, set)).toMatchObject({
    credential: { kind: 'bearer', token: 'E' }, kit: { auth: { api_key: 'E' } },
  });
  expect(defaultCredential(leaving, set)).toEqual({ kind: 'bearer', token: 'E' });
  expect(credentialFor(board('env'), leaving, none)).toEqual({
    kind: 'ready', credential: { kind: 'none' }, kit: { auth: { probe_task: 'get_signals' } },
  });
});

test('further principals of a kit have keys of their own, and are absent when nobody set them', () => {
  const two = kit('two', { auth: { api_key: 'one-key', probe_task: 'get_signals', principals: { second: { api_key: '$env:ADWRIGHT_KIT_SECOND_TOKEN' }, third: { api_key: 'literal' } } } });
  const both = { ...bundle, kits: new Map([two]) };
  const set = { ...none, token: 'T', environment: (name: string) => (name === 'ADWRIGHT_KIT_SECOND_TOKEN' ? 'S' : undefined) };
  expect(credentialFor(board('two'), both, set)).toMatchObject({ credential: { token: 'T' }, kit: { auth: { api_key: 'T', principals: { second: { api_key: 'S' }, third: { api_key: 'literal' } } } } });
  const unset = credentialFor(board('two'), both, none);
  expect(unset).toEqual({ kind: 'ready', credential: { kind: 'bearer', token: 'one-key' }, kit: { auth: { api_key: 'one-key', probe_task: 'get_signals', principals: { third: { api_key: 'literal' } } } } });
  expect(apiKeysOf(unset.kind === 'ready' && unset.kit['auth'])).toEqual(['one-key', 'literal']);
});

test('a kit with a special relationship that has no key is a gap, not an anonymous buyer', () => {
  const left = kit('live', { auth: { api_key: '$env:ADWRIGHT_KIT_LIVE_TOKEN', probe_task: 'get_signals' } }, 'live');
  expect(credentialFor(board('live'), { ...bundle, kits: new Map([left]) }, none)).toEqual({
    kind: 'gap', detail: 'test kit live (live) has no key: --kit-token live=TOKEN, or ADWRIGHT_KIT_LIVE_TOKEN',
  });
});

test('reads basic credentials in both forms, and the brand of a kit', () => {
  expect(basicCredential({ credentials: 'u:p:q' })).toEqual({ kind: 'basic', username: 'u', password: 'p:q' });
  expect(basicCredential({ credentials: 'nothing' })).toBeUndefined();
  expect(brandDomain({ brand: { house: { domain: 'd.example' } } })).toBe('d.example');
  expect(brandDomain({})).toBeUndefined();
});
