/** Where a name leads is judged at the moment of the call, and the connection goes to what was judged. */
import type { lookup } from 'node:dns';
import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { boundedRecorder } from './recorder.ts';
import { sender } from './sender.ts';

const clock = { now: () => new Date('2026-11-20T12:00:00Z'), sleep: async () => {} };
const open: { close(): void }[] = [];
afterEach(() => { for (const each of open.splice(0)) each.close(); });

/** A resolver that gives one answer after the other, and the last for ever. */
function resolver(...answers: readonly (readonly string[])[]) {
  const asked: string[] = [];
  const resolve = ((hostname: string, _options: object, done: (error: null, found: readonly object[]) => void) => {
    const found = answers[Math.min(asked.length, answers.length - 1)]!;
    asked.push(hostname);
    done(null, found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
  }) as unknown as typeof lookup;
  return { asked, resolve };
}

/** Listens, and hangs up on whoever connects. */
async function door() {
  let connections = 0;
  const server = createServer((socket) => { connections += 1; socket.on('error', () => {}).destroy(); });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  open.push(server);
  return { port: (server.address() as { port: number }).port, connections: () => connections };
}

const call = (url: string, resolve: typeof lookup, loopback = false) =>
  sender({ recorder: boundedRecorder(), clock, loopback, resolve, timeoutMs: 2_000 }).post({ method: 'POST', url, headers: {}, body: '{}' });
const BARRED = { kind: 'barred', reason: 'hooks.example does not lead to a public address' };

describe('a name', () => {
  test.each([
    ['this machine', '127.0.0.1'], ['a private net', '10.0.0.1'], ['the metadata of a cloud', '169.254.169.254'], ['this machine, mapped', '::ffff:127.0.0.1'],
    ['this machine behind NAT64', '64:ff9b::7f00:1'], ['unique local addresses', 'fd00:ec2::254'], ['link local addresses', 'fe80::1%eth0'],
  ])('that leads to %s is not called', async (_where, address) => {
    const { port, connections } = await door();
    expect(await call(`https://hooks.example:${port}/`, resolver([address]).resolve)).toEqual(BARRED);
    expect(connections()).toBe(0);
  });

  test('that leads to a private address among public ones is not called at all', async () => {
    expect(await call('https://hooks.example/', resolver(['8.8.8.8', '127.0.0.1']).resolve)).toEqual(BARRED);
  });

  test('that leads nowhere is not called', async () => {
    expect(await call('https://hooks.example/', resolver([]).resolve)).toEqual(BARRED);
  });

  test('is asked for once a call: the address that was judged is the one that is connected to, whatever the name says next', async () => {
    const { port, connections } = await door();
    const { asked, resolve } = resolver(['127.0.0.1'], ['10.0.0.1']);
    expect(await call(`https://hooks.example:${port}/`, resolve, true)).toMatchObject({ kind: 'no_reply' });
    expect([asked, connections()]).toEqual([['hooks.example'], 1]);
    expect(await call(`https://hooks.example:${port}/`, resolve, true)).toEqual(BARRED);
    expect(connections()).toBe(1);
  });

  test('spelt as a number is an address, and judged as one', async () => {
    const { asked, resolve } = resolver(['8.8.8.8']);
    for (const host of ['0x7f.1', '2130706433', '127.0.0.1.', '[::ffff:7f00:1]', '[::ffff:127.0.0.1]'])
      expect(await call(`https://${host}/`, resolve)).toMatchObject({ kind: 'barred', reason: expect.stringMatching(/is not a public address/) });
    expect(asked).toEqual([]);
  });
});
