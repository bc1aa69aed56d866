import { expect, test } from 'vitest';
import { checkContext } from '../../../test/support/check-context.ts';
import { canonicalAgentUrl } from './agent-url.ts';
import { refsResolve } from './refs-resolve.ts';

const entry = {
  source: { from: 'context', path: 'wanted' }, target: { from: 'current_step', path: 'formats[*].format_id' }, match_keys: ['agent_url', 'id'],
  scope: { key: 'agent_url', equals: '$agent_url' }, on_out_of_scope: 'warn',
};
const own = (id: string) => ({ agent_url: 'https://SELLER.example:443/', id });
const data = { formats: [{ format_id: { agent_url: 'https://seller.example/mcp', id: 'a' } }] };
const grade = (wanted: unknown, payload: unknown = data, more: object = {}) =>
  refsResolve({ ...entry, ...more }, checkContext(payload, { accumulator: { wanted } }));

test('passes when every reference leads to a target, whatever the form of its URL', () => {
  expect(grade([own('a')])).toEqual({ kind: 'passed' });
  expect(grade(own('a'))).toEqual({ kind: 'passed' });
});

test('fails with the references that lead nowhere, each once', () => {
  expect(grade([own('a'), own('b'), own('b')])).toMatchObject({
    kind: 'failed', actual: { missing: [{ agent_url: 'https://SELLER.example:443/', id: 'b' }] },
  });
});

test('treats references to other agents as the author says', () => {
  const foreign = { agent_url: 'https://other.example', id: 'z' };
  expect(grade(foreign)).toMatchObject({ kind: 'passed', observations: [expect.stringContaining('out of scope')] });
  expect(grade(foreign, data, { on_out_of_scope: 'ignore' })).toEqual({ kind: 'passed' });
  expect(grade(foreign, data, { on_out_of_scope: 'fail' })).toMatchObject({ kind: 'failed', actual: { missing: [foreign] } });
});

test('a target on a later page is an observation, not a failure', () => {
  expect(grade(own('b'), { ...data, pagination: { has_more: true } })).toMatchObject({
    kind: 'passed', observations: [expect.stringContaining('not on this page')],
  });
});

test('a key that both sides lack is equal, one that is null or of another type is not', () => {
  const sides = (source: object, target: object) => grade([source], { formats: [{ format_id: target }] }, { scope: undefined }).kind;
  expect(sides({ id: 'a' }, { id: 'a' })).toBe('passed');
  expect(sides({ id: 'a', agent_url: null }, { id: 'a' })).toBe('failed');
  expect(sides({ id: 1 }, { id: '1' })).toBe('failed');
  expect(sides({ id: { b: 1, a: 2 } }, { id: { a: 2, b: 1 } })).toBe('passed');
});

test('thousands of references against thousands of targets are no trouble', () => {
  const many = (mark: string) => Array.from({ length: 10_000 }, (_, i) => ({ agent_url: 'https://seller.example/mcp', id: `${mark}${i}` }));
  const formats = many('target').map((format_id) => ({ format_id }));
  expect(grade(many('source'), { formats })).toMatchObject({ kind: 'failed', actual: { missing: { length: 10_000 } } });
}, 5000);

test('refuses an entry that names no places or no keys', () => {
  expect(grade(own('a'), data, { source: { from: 'elsewhere', path: 'x' } })).toMatchObject({ kind: 'failed' });
  expect(grade(own('a'), data, { target: undefined })).toMatchObject({ kind: 'failed' });
  expect(grade(own('a'), data, { match_keys: [] })).toMatchObject({ kind: 'failed' });
});

test.each([
  ['https://Seller.Example/MCP', 'https://seller.example/MCP'], ['https://u:p@seller.example:443/a/mcp/?q#f', 'https://seller.example/a'],
  ['https://seller.example/.well-known/agent-card.json', 'https://seller.example'],
  ['http://seller.example:8080/sse', 'http://seller.example:8080'], ['no url', 'no url'],
])('writes the agent %s as %s', (url, canonical) => {
  expect(canonicalAgentUrl(url)).toBe(canonical);
});
