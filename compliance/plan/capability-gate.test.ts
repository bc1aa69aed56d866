import { describe, expect, test } from 'vitest';
import { schemaCatalogue } from '../../src/protocol/schema-catalogue.ts';
import type { JsonObject } from '../json/object.ts';
import type { CapabilityGate } from '../storyboard.ts';
import { checkCapabilityGate } from './capability-gate.ts';

const tools = (...names: string[]) => new Set(['get_adcp_capabilities', ...names]);

describe('capability gates', () => {
  const check = (g: CapabilityGate, capabilities: JsonObject | undefined, names = tools()) =>
    checkCapabilityGate(g, { url: 'u', tools: names, mcp_version: '', ...(capabilities !== undefined && { capabilities }) }, undefined).kind;

  test.each<[CapabilityGate, JsonObject, string]>([
    [{ path: 'a.b', matcher: 'equals', value: { x: [1] } }, { a: { b: { x: [1] } } }, 'met'],
    [{ path: 'a', matcher: 'equals', value: 1 }, { a: '1' }, 'unmet'],
    [{ path: 'a', matcher: 'contains', value: 'x' }, { a: ['x'] }, 'met'],
    [{ path: 'a', matcher: 'contains', value: 'x' }, { a: 'x' }, 'unmet'], [{ path: 'a', matcher: 'contains', value: 'x' }, {}, 'unmet'],
    [{ path: 'a', matcher: 'present', value: true }, { a: {} }, 'met'],
    [{ path: 'a', matcher: 'present', value: true }, { a: false }, 'met'],
    [{ path: 'a', matcher: 'present', value: true }, { a: null }, 'unmet'],
    [{ path: 'a', matcher: 'present', value: false }, {}, 'met'], [{ path: 'toString', matcher: 'present', value: true }, {}, 'unmet'],
  ])('%j on %j is %s', (g, capabilities, expected) => {
    expect(check(g, capabilities)).toBe(expected);
  });

  test('a seller without capabilities fails equality only when it does not even list the task', () => {
    const equals: CapabilityGate = { path: 'a', matcher: 'equals', value: 1 };
    expect(check(equals, undefined)).toBe('met');
    expect(check(equals, undefined, new Set())).toBe('unmet');
    expect(check({ path: 'a', matcher: 'present', value: true }, undefined, new Set())).toBe('met');
  });

  test('a default of the schema stands in where the parent is declared', () => {
    const schemas = schemaCatalogue('t', new Map([['protocol/get-adcp-capabilities-response.json', {
      properties: { account: { properties: { flag: { default: true } } } },
    }]]));
    const gated = (capabilities: JsonObject, g: CapabilityGate) =>
      checkCapabilityGate(g, { url: '', tools: tools(), mcp_version: '', capabilities }, schemas).kind;
    expect(gated({ account: {} }, { path: 'account.flag', matcher: 'equals', value: true })).toBe('met');
    expect(gated({}, { path: 'account.flag', matcher: 'equals', value: true })).toBe('unmet');
    expect(gated({ account: {} }, { path: 'account.flag', matcher: 'present', value: true })).toBe('unmet');
  });
});
