import { describe, expect, test } from 'vitest';
import { newPrivateJwk, signingKey } from '../../protocol/signatures/keys.ts';
import type { Exchange, Reply } from '../sender.ts';
import { KEPT_MS, PAUSE_MS } from './kept-document.ts';
import { agentKeys, publishedKeys } from './key-set.ts';
import { listedRevocations } from './revocation-list.ts';

const NOON = Date.parse('2026-11-20T12:00:00Z');
const [spring, summer] = ['spring', 'summer'].map((kid) => signingKey({ ...newPrivateJwk('ed25519'), kid }).jwk) as [ReturnType<typeof signingKey>['jwk'], ReturnType<typeof signingKey>['jwk']];
const JWKS = 'https://buyer.example/jwks.json';

/** Documents by URL that can change, and how often each was asked for. A URL without one does not answer. */
function web(documents: Record<string, unknown>) {
  const asked: string[] = [];
  const clock = { ms: NOON, now: () => new Date(clock.ms), sleep: async () => {} };
  const send = {
    async post({ url }: Exchange): Promise<Reply> {
      asked.push(url);
      const found = documents[url];
      if (found === undefined) return { kind: 'no_reply', reason: 'no reply in time' };
      return { kind: 'reply', status: 200, headers: {}, body: typeof found === 'string' ? found : JSON.stringify(found) };
    },
  };
  return { documents, asked, clock, means: { send, clock } };
}

describe('keys behind a URL', () => {
  test('are fetched once for many calls that come together, and kept for a while', async () => {
    const { asked, clock, means } = web({ [JWKS]: { keys: [spring] } });
    const keys = publishedKeys(async () => JWKS, means);
    expect(await Promise.all([keys.named('spring'), keys.named('spring')])).toEqual([spring, spring]);
    clock.ms += KEPT_MS - 1;
    await keys.named('spring');
    expect(asked).toHaveLength(1);
    clock.ms += 1;
    await keys.named('spring');
    expect(asked).toHaveLength(2);
  });

  test('are fetched again for a name that is not known, but no more than now and then', async () => {
    const { documents, asked, clock, means } = web({ [JWKS]: { keys: [spring] } });
    const keys = publishedKeys(async () => JWKS, means);
    for (let at = 0; at < 5; at += 1) expect(await keys.named('summer')).toBeUndefined();
    expect(asked).toHaveLength(1);
    documents[JWKS] = { keys: [spring, summer] };
    clock.ms += PAUSE_MS;
    expect(await keys.named('summer')).toEqual(summer);
    expect(asked).toHaveLength(2);
  });

  test('that are taken away are good for no longer than they are kept', async () => {
    const { documents, clock, means } = web({ [JWKS]: { keys: [spring] } });
    const keys = publishedKeys(async () => JWKS, means);
    await keys.named('spring');
    documents[JWKS] = { keys: [summer] };
    clock.ms += KEPT_MS;
    expect(await keys.named('spring')).toBeUndefined();
  });

  test.each([['nobody answers', undefined], ['no JSON comes', '<html>'], ['no set of keys comes', { kid: 'spring' }]])('cannot be had while %s, and are asked for no more than now and then', async (_why, document) => {
    const { documents, asked, clock, means } = web({ [JWKS]: document });
    const keys = publishedKeys(async () => JWKS, means);
    expect([await keys.named('spring'), await keys.named('spring'), asked.length]).toEqual(['unavailable', 'unavailable', 1]);
    documents[JWKS] = { keys: [spring] };
    clock.ms += PAUSE_MS;
    expect(await keys.named('spring')).toEqual(spring);
  });
});

describe('keys of an agent', () => {
  const BRAND = 'https://buyer.example/.well-known/brand.json';
  const AGENT = 'https://buyer.example/mcp';
  const entry = (url: string, jwks_uri: string) => ({ type: 'buying', url, id: url, jwks_uri });

  test('are where the entry of that agent says, and no other entry', async () => {
    const { asked, means } = web({ [BRAND]: { agents: [entry(`${AGENT}/`, 'https://other.example/jwks'), entry(AGENT, JWKS)] }, [JWKS]: { keys: [spring] } });
    expect(await agentKeys(BRAND, AGENT, means).named('spring')).toEqual(spring);
    expect(asked).toEqual([BRAND, JWKS]);
  });

  test.each([[{ agents: [] }], [{ agents: [{ url: AGENT }] }], [{}], ['<html>'], [undefined]])('cannot be had while brand.json is %j', async (document) => {
    expect(await agentKeys(BRAND, AGENT, web({ [BRAND]: document, [JWKS]: { keys: [spring] } }).means).named('spring')).toBe('unavailable');
  });
});

describe('a list of revoked keys', () => {
  const LIST = 'https://buyer.example/revoked.json';
  const list = (updated: number, next: number, ...revoked_kids: string[]) =>
    ({ issuer: 'https://buyer.example', updated: new Date(NOON + updated * 1000).toISOString(), next_update: new Date(NOON + next * 1000).toISOString(), revoked_kids, revoked_jtis: [] });
  const told = async (ask: ReturnType<typeof listedRevocations>) => { const { kids, stale } = await ask(); return [[...kids].toSorted(), stale]; };

  test('counts, with what the operator named', async () => {
    const { means } = web({ [LIST]: list(0, 900, 'winter') });
    expect(await told(listedRevocations(LIST, ['autumn'], 60, means))).toEqual([['autumn', 'winter'], false]);
  });

  test('that nobody has ever had is too old, and so is one that is no list', async () => {
    expect(await told(listedRevocations(LIST, [], 60, web({}).means))).toEqual([[], true]);
    expect(await told(listedRevocations(LIST, [], 60, web({ [LIST]: { revoked_kids: ['winter'] } }).means))).toEqual([[], true]);
  });

  test('counts for its grace after its next one was due, and then no key does until there is one', async () => {
    const { documents, clock, means } = web({ [LIST]: list(0, 900, 'winter') });
    const ask = listedRevocations(LIST, [], 60, means);
    await ask();
    documents[LIST] = undefined;
    clock.ms += 960_000;
    expect(await told(ask)).toEqual([['winter'], false]);
    clock.ms += 30_001;
    expect(await told(ask)).toEqual([['winter'], true]);
    documents[LIST] = list(1000, 1900, 'winter', 'spring');
    clock.ms += PAUSE_MS;
    expect(await told(ask)).toEqual([['spring', 'winter'], false]);
  });

  test('that is older than the one we know brings no key back', async () => {
    const { documents, clock, means } = web({ [LIST]: list(0, 900, 'winter') });
    const ask = listedRevocations(LIST, [], 3600, means);
    await ask();
    documents[LIST] = list(-100, 5000);
    clock.ms += 900_000;
    await ask();
    expect(await told(ask)).toEqual([['winter'], false]);
  });
});
