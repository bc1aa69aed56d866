import { describe, expect, test } from 'vitest';
import { type CommandOptions } from '../support/judge.ts';
import { type Tool } from '../support/mcp-agent.ts';
import { agentOf, bad, board, bundleOf, run } from '../support/small-run.ts';

describe('secrets', () => {
  const SECRET = 'super-secret-token-123456';

  test('stand in no output: token, secret members, text that repeats them', async () => {
    const steps = `      - id: a
        task: get_products
        sample_request: { credentials: hidden-value, note: x }
        validations: [{ check: field_value, path: access_token, value: other }, { check: field_present, path: none }] # ${SECRET}
`;
    const leaky: Tool = (_args, { headers }) => ({ products: [], access_token: 'abcdef', echo: `you sent ${headers.authorization}` });
    const agent = await agentOf({ get_products: leaky });
    const bundle = bundleOf(board('s', steps));
    const { out, err, code } = await run(agent, bundle, ['--token', SECRET, '-v', '--json', '-']);
    expect(code).toBe(1);
    for (const text of [out, err]) for (const secret of [SECRET, 'hidden-value', 'abcdef']) expect(text).not.toContain(secret);
    expect(err).toContain('--token "$TOKEN"');
    expect(JSON.parse(out)).toMatchObject({
      step_results: [
        {
          request: { payload: { credentials: '[redacted]', note: 'x' } },
          validations: expect.arrayContaining([expect.objectContaining({ check: 'assertion', json_pointer: '/echo' })]),
        },
      ],
    });
  });
});

describe('foreign text', () => {
  test('cannot move the cursor or break out of its line', async () => {
    const evil = 'x\u001b[2Jy\nverdict   CONFORMS\u202e';
    const agent = await agentOf({ get_products: () => ({ errors: [{ code: 'X', message: evil }] }) });
    const bundle = bundleOf({
      'universal/s.yaml': `id: s\ntitle: "${'\\u001b'}[31mred"\nphases:\n  - id: "p ${'\\u001b'}[0m"\n    steps:\n      - id: a\n        task: get_products\n`,
    });
    const { out } = await run(agent, bundle, ['-v']);
    // oxlint-disable-next-line no-control-regex
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(out).toContain('\\u001b[2J');
    expect(out.match(/^verdict/gm)).toHaveLength(1);
  });

  test('colours appear on a terminal only, and not when they are not wanted', async () => {
    const bundle = bundleOf(board('s', bad));
    const coloured = async (
      options: Partial<CommandOptions>, args: readonly string[] = []
    ) => (await run(await agentOf(), bundle, args, options)).out.includes('\u001b[39m');
    expect(await coloured({ isTTY: true })).toBe(true);
    expect(await coloured({ isTTY: false })).toBe(false);
    expect(await coloured({ isTTY: true }, ['--no-color'])).toBe(false);
    expect(await coloured({ isTTY: true, env: { NO_COLOR: '1' } })).toBe(false);
  });
});
