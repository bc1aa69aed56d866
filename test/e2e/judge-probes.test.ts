/** Probes of public documents, each against a small agent that serves the document well and ones that do not. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { judge, type JudgeRun, oneStoryboard } from '../support/judge-run.ts';
import type { Tool } from '../support/mcp-agent.ts';

type Page = object | string | number | ((response: ServerResponse) => void);

/** What the agent serves beside MCP, by path; `$ORIGIN` in a document stands for its own origin. */
function pages(served: Readonly<Record<string, Page>>): { intercept: (request: IncomingMessage, response: ServerResponse) => boolean } {
  return { intercept: (request, response) => {
    if (request.url === '/mcp') return false;
    const page = Object.hasOwn(served, request.url ?? '') ? served[request.url!]! : 404;
    if (typeof page === 'function') page(response);
    else if (typeof page === 'number') response.writeHead(page).end();
    else
      response.writeHead(200, { 'content-type': 'application/json' }).end(
        (typeof page === 'string' ? page : JSON.stringify(page)).replaceAll('$ORIGIN', `http://127.0.0.1:${request.socket.localPort}`)
      );
    return true;
  } };
}

const oauthPhases = `id: s
version: "1.0.0"
title: S
phases:
  - id: always
    steps: [{ id: caps, task: get_adcp_capabilities }]
  - id: oauth
    optional: true
    steps:
      - id: resource
        task: protected_resource_metadata
        validations:
          - { check: http_status, value: 200, description: served }
          - { check: field_present, path: authorization_servers, description: named }
          - { check: resource_equals_agent_url, description: itself }
      - id: server
        task: oauth_auth_server_metadata
        validations:
          - { check: http_status, value: 200, description: served }
          - { check: field_present, path: token_endpoint, description: tokens }
      - id: after
        task: get_products
`;
const OAUTH = { 'compliance/universal/s.yaml': oauthPhases };
const claims = (more: object): Readonly<Record<string, Tool>> => ({
  get_adcp_capabilities: () => ({ status: 'completed', adcp: { major_versions: [3] }, supported_protocols: [], ...more }),
  get_products: () => ({ products: [] }),
});
const RESOURCE = '/.well-known/oauth-protected-resource/mcp';
const SERVER = '/.well-known/oauth-authorization-server';
const good = { resource: '$ORIGIN/mcp', authorization_servers: ['$ORIGIN'] };
const oauth = (served: Readonly<Record<string, Page>>, more: object = { oauth: { supported: true } }): Promise<JudgeRun> =>
  judge(OAUTH, claims(more), [], pages(served));
const states = (run: JudgeRun): readonly string[] => ['resource', 'server', 'after'].map(run.state);

describe('OAuth metadata', () => {
  test('passes when resource and server are described where they belong', async () => {
    const run = await oauth({ [RESOURCE]: good, [SERVER]: { issuer: '$ORIGIN', token_endpoint: '$ORIGIN/token' } });
    expect([...states(run), run.code]).toEqual(['passed', 'passed', 'passed', 0]);
    expect(run.rows.get('resource')).toMatchObject({
      request: { transport: 'http', operation: 'protected_resource_metadata', url: expect.stringContaining(RESOURCE) },
      response: { transport: 'http', status: 200, payload: { resource: expect.stringMatching(/\/mcp$/) } },
    });
  });

  test('an issuer with a path is asked at both places', async () => {
    const servers = { ...good, authorization_servers: ['$ORIGIN/tenant'] };
    for (const path of [`${SERVER}/tenant`, `/tenant${SERVER}`])
      expect(states(await oauth({ [RESOURCE]: servers, [path]: { token_endpoint: 'x' } }))[1]).toBe('passed');
  });

  test('a seller that advertises OAuth fails the run by what is wrong with it, although the phase is optional', async () => {
    const run = await oauth({ [RESOURCE]: { ...good, resource: 'https://auth.example' } });
    expect([...states(run), run.code]).toEqual(['failed', 'failed', 'passed', 1]);
    expect(run.rows.get('server')).toMatchObject({ counted: true, validations: [{ check: 'http_status', passed: false }, { passed: false }] });
  });

  test('404 means that the seller does not speak OAuth, and leaves out the rest of the phase', async () => {
    const run = await oauth({});
    expect(states(run)).toEqual(Array.from({ length: 3 }, () => 'not_applicable:oauth_not_advertised'));
    expect(run.code).toBe(0);
  });

  test('a seller that declares neither is not asked, one without capabilities is', async () => {
    expect(states(await oauth({ [RESOURCE]: 500 }, {}))).toEqual(Array.from({ length: 3 }, () => 'not_applicable:oauth_not_advertised'));
    const silent = { get_adcp_capabilities: () => ({ errors: [{ code: 'X' }] }), get_products: () => ({ products: [] }) };
    expect((await judge(OAUTH, silent, [], pages({ [RESOURCE]: good }))).state('resource')).toBe('passed');
    expect(states(await oauth({}, { account: { authorization_endpoint: 'https://x.example' } }))[0]).toBe('not_applicable:oauth_not_advertised');
  });

  test('another status fails uncounted: nothing was advertised', async () => {
    const run = await oauth({ [RESOURCE]: 500 });
    expect(run.rows.get('resource')).toMatchObject({ outcome: 'failed', counted: false });
    expect(run.rows.get('server')!.validations[0]).toMatchObject({ check: 'authorization_server_unnamed' });
  });

  test.each<[string, Page, string]>([
    ['in a private network', { ...good, authorization_servers: ['https://10.0.0.1'] }, 'barred'],
    ['at the address of cloud metadata', { ...good, authorization_servers: ['http://169.254.169.254'] }, 'barred'],
    ['without https', { ...good, authorization_servers: ['http://8.8.8.8'] }, 'barred'],
  ])('a server %s is not asked', async (_where, page, code) => {
    const run = await oauth({ [RESOURCE]: page });
    expect(run.rows.get('server')).toMatchObject({ outcome: 'failed', error_code: code });
    expect(run.state('after')).toBe('passed');
  });

  const empty = { validations: [{ passed: true }, { check: 'field_present', passed: false }, { passed: false }] };
  test.each<[string, Page, object]>([
    ['redirects', (response) => response.writeHead(302, { location: 'http://169.254.169.254/' }).end(), { error_code: 'redirected' }],
    ['redirects within its origin', (response) => response.writeHead(307, { location: '/elsewhere' }).end(), { error_code: 'redirected' }],
    ['is too large', (response) => response.end('x'.repeat(70_000)), { error_code: 'too_large' }],
    ['never comes', () => undefined, { error_code: 'timed_out' }],
    [
      'breaks off', (response) => { response.writeHead(200, { 'content-length': '9' }).write('{', () => response.destroy()); },
      { error_code: 'closed' },
    ],
    ['is HTML', '<html>', empty], ['is deeply nested', '['.repeat(2000), empty], ['is a list', '[1]', empty],
    ['has prototype keys', '{"__proto__":{"authorization_servers":[1]}}', empty],
  ])('a document that %s fails one step', async (_what, page, row) => {
    const run = await judge(OAUTH, claims({ oauth: { supported: true } }), ['--timeout', '0.3'], pages({ [RESOURCE]: page }));
    expect(run.rows.get('resource')).toMatchObject({ outcome: 'failed', ...row });
    expect(run.state('after')).toBe('passed');
  });
});

describe('published keys', () => {
  const steps = '      - id: fetch\n        task: fetch_brand_jwks\n      - id: purpose\n        task: assert_jwks_purpose\n';
  const agents = [
    { type: 'buying', url: 'https://other.example/mcp', jwks_uri: '$ORIGIN/other.json' }, { url: '$ORIGIN/mcp', jwks_uri: '$ORIGIN/keys.json' },
  ];
  const key = { kty: 'OKP', kid: 'k1', adcp_use: 'request-signing' };
  /** The agent's address is only known once it listens: its capabilities name a host that `--map` brings back to it. */
  const look = (
    served: Readonly<Record<string, Page>>, identity: object = { brand_json_url: 'https://brand.example/brand.json' }, args: readonly string[] = []
  ): Promise<JudgeRun> => judge(
    oneStoryboard(steps), claims({ identity }), args, pages(served), (url) => ['--map', `https://brand.example=${new URL(url).origin}`]
  );
  const outcome = (run: JudgeRun): readonly string[] => ['fetch', 'purpose'].map((id) => {
    const row = run.rows.get(id)!;
    return row.outcome === 'failed' ? row.validations[0]!.check : row.outcome;
  });

  test('the entry of this agent leads to a key for signing', async () => {
    const keys = [{ ...key, adcp_use: 'response-signing' }, key];
    const run = await look({ '/brand.json': { agents }, '/keys.json': { keys }, '/other.json': { keys: [] } });
    expect(outcome(run)).toEqual(['passed', 'passed']);
    expect(run.rows.get('fetch')).toMatchObject({ request: { url: expect.stringMatching(/keys\.json$/) } });
  });

  test('an entry without jwks_uri has its keys at the default place; agents of a house and of its brands count', async () => {
    const entry = { url: '$ORIGIN/mcp' };
    const keys = { '/.well-known/jwks.json': { keys: [{ ...key, adcp_use: 'webhook-signing' }] } };
    for (const document of [{ agents: [entry] }, { house: { agents: [entry] } }, { brands: [{ agents: [entry] }] }])
      expect(outcome(await look({ '/brand.json': document, ...keys }))).toEqual(['passed', 'passed']);
  });

  test('an agent that is judged at another address than its public one is the only one with keys', async () => {
    const elsewhere = { url: 'https://public.example/mcp', jwks_uri: '$ORIGIN/keys.json' };
    expect(outcome(await look({ '/brand.json': { agents: [elsewhere] }, '/keys.json': { keys: [key] } }))).toEqual(['passed', 'passed']);
  });

  test('the official runner takes the first entry that names keys', async () => {
    const served = { '/brand.json': { agents }, '/keys.json': { keys: [key] }, '/other.json': { keys: [{ ...key, adcp_use: 'x' }] } };
    expect(outcome(await look(served))).toEqual(['passed', 'passed']);
    expect(outcome(await look(served, undefined, ['--compat', 'official']))).toEqual(['passed', 'webhook_signing_keys_wrong_purpose']);
  });

  const noKeys = 'webhook_signing_keys_unpublished';
  test.each<[string, Readonly<Record<string, Page>>, object | undefined, readonly [string, string]]>([
    ['no brand.json is declared', {}, {}, ['brand_json_unreachable', noKeys]],
    ['brand.json is not served', {}, undefined, ['brand_json_unreachable', noKeys]],
    ['brand.json lies in a private network', {}, { brand_json_url: 'https://192.168.0.1/brand.json' }, ['brand_json_unreachable', noKeys]],
    ['brand.json is HTML', { '/brand.json': '<html>' }, undefined, ['brand_json_malformed', noKeys]],
    ['brand.json names no agent', { '/brand.json': { house: 'x.example' } }, undefined, ['agents_jwks_uri_missing', noKeys]],
    ['the key set is not served', { '/brand.json': { agents } }, undefined, ['agents_jwks_uri_missing', noKeys]],
    ['the key set is empty', { '/brand.json': { agents }, '/keys.json': { keys: [] } }, undefined, ['passed', noKeys]],
    [
      'no key is for signing', { '/brand.json': { agents }, '/keys.json': { keys: [{ ...key, adcp_use: 'governance-signing' }, 7] } }, undefined,
      ['passed', 'webhook_signing_keys_wrong_purpose'],
    ],
    [
      'the signing key is revoked', { '/brand.json': { agents }, '/keys.json': { keys: [{ ...key, revoked: true }] } }, undefined,
      ['passed', 'webhook_signing_keys_all_revoked'],
    ],
  ])('fails when %s', async (_when, served, identity, codes) => {
    const run = await look(served, identity);
    expect(outcome(run)).toEqual(codes);
    expect(run.code).toBe(1);
  });

  test('a step whose contract is not in scope is left out', async () => {
    const step = '      - id: fetch\n        task: fetch_brand_jwks\n        requires_contract: some_runner\n';
    const run = await judge(oneStoryboard(step), claims({}));
    expect(run.state('fetch')).toBe('unsatisfied_contract:missing_test_kit_contract');
  });
});
