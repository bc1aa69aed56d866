import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startAgent } from '../support/mcp-agent.ts';
import { agentOf, bad, board, bundleOf, good, missing, run } from '../support/small-run.ts';

describe('a baseline', () => {
  const files = { ...board('s', bad), ...board('t', good), ...board('u', missing) };
  const agentAndBundle = async (baseline?: string) => {
    const bundle = bundleOf(files);
    if (baseline !== undefined) writeFileSync(join(bundle.folder, 'known.yaml'), baseline);
    return [await agentOf(), bundle] as const;
  };
  const flags = ['--baseline', 'known.yaml'];

  test('keeps known failures from failing the run, unproven storyboards among them', async () => {
    const { code, out } = await run(
      ...await agentAndBundle('known_failures:\n  - { step: "s#main/a", reason: "not built yet" }\n  - u\n'), flags
    );
    expect(code).toBe(0);
    expect(out).toContain('known     s#main/a  "not built yet"');
    expect(out).toContain('CONFORMS BUT KNOWN: 2 known failures');
    expect(out).not.toContain('error[field_present]');
  });

  test('fails a run with a failure that it does not name', async () => {
    const { code, out } = await run(...await agentAndBundle('- u\n'), flags);
    expect([code, out]).toEqual([1, expect.stringContaining('FAILS: 1 step fails that the baseline does not name')]);
  });

  test('fails a run in which an entry passes, and says nothing against one that was not graded', async () => {
    const { code, out } = await run(...await agentAndBundle('["s#main/a", "t#main/a", "u", "gone#x/y"]'), flags);
    expect(code).toBe(1);
    expect(out).toContain('mended    t#main/a');
    expect(out).toContain('ungraded  gone#x/y');
    expect(out).toContain('BASELINE OUTDATED');
  });

  test('is rewritten on demand, with the reasons and comments that it had, in the order of the addresses', async () => {
    const [agent, bundle] = await agentAndBundle(
      '# What we know\n\nknown_failures:\n  # soon\n  - { step: "s#main/a", reason: "not built yet" } # May\n  - "t#main/a" # mended\n  - "gone#x/y"\n'
    );
    expect((await run(agent, bundle, [...flags, '--update-baseline'])).code).toBe(0);
    expect(readFileSync(join(bundle.folder, 'known.yaml'), 'utf8')).toBe(
      '# What we know\n\nknown_failures:\n  - step: gone#x/y\n  # soon\n  # May\n  - step: s#main/a\n    reason: not built yet\n  - step: u\n'
    );
    expect((await run(agent, bundle, flags)).code).toBe(0);
  });

  test('is not rewritten by a run that was not whole', async () => {
    const bundle = bundleOf(files);
    const gone = await startAgent({});
    await gone.close();
    expect((await run(gone, bundle, [...flags, '--update-baseline'])).code).toBe(3);
    expect(existsSync(join(bundle.folder, 'known.yaml'))).toBe(false);
  });

  test.each(['{ a: 1, known_failures: 3 }', '[1]', 'known_failures: [', '- { reason: x }'])('is refused when it is %j', async (text) => {
    const { code, err } = await run(...await agentAndBundle(text), flags);
    expect(code).toBe(2);
    expect(err).toMatch(/^adwright: the baseline known\.yaml .*\n$/);
  });
});
