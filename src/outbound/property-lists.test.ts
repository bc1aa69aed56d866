import { describe, expect, onTestFinished, test } from 'vitest';
import { testClock } from '../../test/support/desk.ts';
import { startAgent, type AgentManner, type Tool } from '../../test/support/mcp-agent.ts';
import { callAgent } from './agent-caller.ts';
import { askedPropertyLists } from './property-lists.ts';
import { boundedRecorder } from './recorder.ts';
import { sender } from './sender.ts';

const domain = (value: string) => ({ type: 'domain', value });
const INFO = { name: 'test', version: '1' };

async function keeper(tool: Tool, manner: AgentManner = {}) {
  const agent = await startAgent({ get_property_list: tool }, manner);
  onTestFinished(() => agent.close());
  const clock = testClock();
  const send = sender({ recorder: boundedRecorder(), clock, loopback: true, timeoutMs: 2_000 });
  const lists = askedPropertyLists((call) => callAgent(call, send, INFO), clock);
  return { agent, clock, read: (list_id = 'l', auth_token?: string) => lists.identifiers({ agent_url: agent.url, list_id, ...(auth_token === undefined ? {} : { auth_token }) }) };
}
const telling = (...values: string[]): Tool => () => ({ status: 'completed', list: { list_id: 'l' }, identifiers: values.map(domain) });

describe('a list that another agent keeps', () => {
  test.each<[string, AgentManner]>([['as JSON', {}], ['as a stream', { reply: 'sse' }], ['with sessions', { stateful: true }]])('is read %s', async (_how, manner) => {
    const { agent, read } = await keeper(telling('a.example', 'b.example'), manner);
    expect(await read()).toEqual([domain('a.example'), domain('b.example')]);
    expect(agent.calls[0]!.args).toMatchObject({ list_id: 'l', resolve: true });
  });

  test('is read with the buyer\'s token, page after page', async () => {
    const pages: Tool = ({ pagination }) => ((pagination as { cursor?: string }).cursor === undefined
      ? { list: {}, identifiers: [domain('a.example')], pagination: { has_more: true, cursor: 'next' } }
      : { list: {}, identifiers: [domain('b.example')], pagination: { has_more: false } });
    const { read } = await keeper(pages, { token: 'secret' });
    expect(await read('l', 'secret')).toHaveLength(2);
    expect(await read('l', 'wrong')).toBeUndefined();
  });

  test('is believed for five minutes, or as long as it says', async () => {
    const { agent, clock, read } = await keeper(telling('a.example'));
    const pass = (minutes: number) => { clock.at = new Date(Date.parse(clock.at) + minutes * 60_000).toISOString(); };
    await read();
    pass(4);
    await read();
    expect(agent.calls).toHaveLength(1);
    pass(2);
    await read();
    expect(agent.calls).toHaveLength(2);
    const long = await keeper(() => ({ list: {}, identifiers: [], cache_valid_until: '2026-11-20T13:00:00Z' }));
    await long.read();
    long.clock.at = '2026-11-20T12:59:00.000Z';
    expect([await long.read(), long.agent.calls.length]).toEqual([[], 1]);
  });

  test.each<[string, Tool]>([
    ['refuses', () => ({ $result: { isError: true, content: [{ type: 'text', text: 'no' }], structuredContent: { adcp_error: { code: 'REFERENCE_NOT_FOUND' } } } })],
    ['answers something else', () => ({ list: {} })],
    ['never comes to an end', () => ({ list: {}, identifiers: [], pagination: { has_more: true, cursor: 'again' } })],
  ])('is not had from an agent that %s', async (_what, tool) => expect(await (await keeper(tool)).read()).toBeUndefined());

  test('is not had from an agent that is not there, and not asked for at every call', async () => {
    const { agent, read, clock } = await keeper(telling('a.example'));
    await agent.close();
    expect(await read()).toBeUndefined();
    clock.at = '2026-11-20T12:00:10.000Z';
    expect(await read()).toBeUndefined();
  });

  test('is not asked of an address that is not public', async () => {
    const { agent } = await keeper(telling('a.example'));
    const strict = sender({ recorder: boundedRecorder(), clock: testClock() });
    expect(await callAgent({ agent_url: agent.url, tool: 'get_property_list', request: {} }, strict, INFO)).toMatchObject({ kind: 'unreachable' });
    expect(agent.methods).toEqual([]);
  });
});
