import { describe, expect, test } from 'vitest';
import { KITS } from './kits.ts';
import { kitPrincipals } from './principals.ts';

const caller = (token: string, session?: string | string[]) => kitPrincipals.principal(token, session === undefined ? {} : { 'x-test-session-id': session });

describe('demo tokens', () => {
  test.each(KITS.map((kit) => kit.name))('demo-%s- is a caller of its own, whatever follows', async (name) => {
    const [one, other] = [await caller(`demo-${name}-v1`), await caller(`demo-${name}-2031.7`)];
    expect(one?.principal_id).toBe(name);
    expect(other).toEqual(one);
  });

  test('the longest name wins, so that the live advertiser is not taken for the sandbox one', async () => {
    expect(await caller('demo-acme-outdoor-live-v1')).toEqual({ principal_id: 'acme-outdoor-live', mode: 'live' });
    expect(await caller('demo-acme-outdoor-lively')).toEqual({ principal_id: 'acme-outdoor', mode: 'sandbox' });
  });

  test('the passthrough agent may not be billed itself', async () => {
    const { billing } = (await caller('demo-billing-passthrough-v1'))!;
    expect(billing).toContain('operator');
    expect(billing).not.toContain('agent');
  });

  test.each(['demo-acme-outdoor', 'demo-acme-outdoor-', 'demo-nobody-v1', 'acme-outdoor-v1', 'Demo-acme-outdoor-v1', ''])('nobody is known as "%s"', async (token) => {
    expect(await caller(token)).toBeUndefined();
  });
});

describe('sessions', () => {
  test('each session is a caller of its own', async () => {
    expect((await caller('demo-acme-outdoor-v1', 'run-1'))?.principal_id).toBe('acme-outdoor/run-1');
    expect((await caller('demo-acme-outdoor-v1', ''))?.principal_id).toBe('acme-outdoor');
    expect((await caller('demo-acme-outdoor-live-v1', 'run-1'))?.mode).toBe('live');
  });

  test.each(['x'.repeat(10_000), 'a/b', '../..', "'; DROP TABLE accounts", 'ünïcode', 'two words'])('a session that is no plain name becomes a digest', async (session) => {
    const { principal_id } = (await caller('demo-acme-outdoor-v1', session))!;
    expect(principal_id).toMatch(/^acme-outdoor\/sha256-[0-9a-f]{32}$/);
    expect((await caller('demo-acme-outdoor-v1', `${session}!`))?.principal_id).not.toBe(principal_id);
  });

  test('a repeated header is one session', async () => {
    expect((await caller('demo-acme-outdoor-v1', ['a', 'b']))?.principal_id).toMatch(/^acme-outdoor\/sha256-/);
  });
});
