import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startAgent } from '../../test/support/mcp-agent.ts';
import { storyboard, type TestBundle, writeBundle } from '../../test/support/judge.ts';

const KIT = 'id: acme\nbrand: { house: { domain: acme.example } }\nauth: { api_key: demo-acme-v1, probe_task: list_creatives }\n';

let work: TestBundle;
beforeEach(() => { work = writeBundle({ 'storyboards/test-kits/acme.yaml': KIT }); });
afterEach(() => { work.remove(); });

const command = (...args: readonly string[]) => storyboard(args, { cwd: work.folder });
const written = (path: string): string => readFileSync(join(work.folder, path), 'utf8');

describe('new', () => {
  test('writes a storyboard that lints clean, with the kit of the bundle and the schema for editors', async () => {
    expect(await command('new', 'ours/late_events', '--protocol', 'media_buy', '--task', 'log_event')).toEqual({ code: 0, err: '', out: [
      'storyboards/protocols/media-buy/scenarios/late_events.yaml', '  check   adwright storyboard lint storyboards/protocols/media-buy/scenarios/late_events.yaml',
      '  run     adwright storyboard run $URL storyboards/protocols/media-buy/scenarios/late_events.yaml', '',
    ].join('\n') });
    const text = written('storyboards/protocols/media-buy/scenarios/late_events.yaml');
    expect(text).toContain('test_kit: test-kits/acme.yaml');
    const schema = /^# yaml-language-server: \$schema=(\S+)/.exec(text)![1]!;
    expect(existsSync(join(work.folder, 'storyboards/protocols/media-buy/scenarios', schema))).toBe(true);
    expect(await command('lint', 'storyboards', '--strict')).toEqual({ code: 0, err: '', out: '2 files: 0 errors, 0 warnings\n' });
  });

  test('writes what can be run as it is', async () => {
    await command('new', 'first');
    const agent = await startAgent({ get_adcp_capabilities: ({ context }) => ({ adcp: { major_versions: [3] }, supported_protocols: ['media_buy'], context }) });
    try {
      expect(await command('run', agent.url, 'storyboards/universal/first.yaml')).toMatchObject({ code: 0, out: expect.stringContaining('✓ first') });
      expect(agent.calls.at(-1)?.args['context']).toEqual({ correlation_id: 'first--get_adcp_capabilities' });
    } finally {
      await agent.close();
    }
  });

  test('puts a storyboard of a specialism into its folder', async () => {
    await command('new', 'social', '--specialism', 'sales-social');
    expect(written('storyboards/specialisms/sales-social/social.yaml')).toContain('id: social\n');
  });

  test.each([
    [['new', '../up'], '"../up" is no id'], [['new', 'a', '--task', 'get_prodcts'], 'AdCP has no task "get_prodcts"; did you mean get_products?'],
    [['new', 'a', '--protocol', 'media'], 'AdCP has no protocol "media"'], [['new', 'a', '--specialism', '../x'], '--specialism "../x" is no name'],
  ])('refuses %j', async (args, message) => {
    expect(await command(...args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(message) });
  });

  test('overwrites no file and repeats no id', async () => {
    await command('new', 'ours/first');
    expect((await command('new', 'theirs/first')).err).toBe('adwright: storyboards/universal/first.yaml is there already\n');
    expect((await command('new', 'ours/first', '--protocol', 'signals')).err).toBe('adwright: storyboard "ours/first" stands already in storyboards/universal/first.yaml\n');
  });
});
