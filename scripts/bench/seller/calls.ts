/** Calls per second of our seller, of an empty server on the MCP SDK, and of the framework of `@adcp/sdk`, in turns. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { started } from './child.ts';
import { measure, type Target } from './load.ts';
import { order, ourSeller, type Calls } from './our-seller.ts';
import { toolCall } from './load.ts';
import { median, type Result } from './result.ts';
import type { Settings } from './settings.ts';

type Task = keyof Calls;

/** How many times the calls of an empty SDK server. */
const BESIDE_EMPTY: readonly (readonly [Task, number])[] = [
  ['get_adcp_capabilities', 4], ['get_media_buys', 4], ['get_media_buy_delivery', 4], ['get_products', 2], ['create_media_buy', 1.5],
];
const BESIDE_FRAMEWORK = 5;

export async function calls(settings: Settings): Promise<Result[]> {
  const ours = await ourSeller();
  const folder = mkdtempSync(join(tmpdir(), 'adwright-bench-'));
  const documents = join(folder, 'documents.json');
  writeFileSync(documents, JSON.stringify(await ours.documents()));
  const [empty, echo, documented, quickest] = await Promise.all([
    started('empty-sdk.ts'), started('echo.ts'), started('adcp-sdk.ts', ['documented', documents], true), started('adcp-sdk.ts', ['quickest', documents], true),
  ]);
  const tasks = BESIDE_EMPTY.map(([task]) => task);
  const timed = new Map<string, number[]>();
  const time = async (name: string, target: Target, next: () => string) => {
    const { rate } = await measure(target, { ...settings, next });
    timed.set(name, [...(timed.get(name) ?? []), rate]);
    settings.progress(`${name} ${Math.round(rate)}/s`);
  };
  try {
    for (let round = -1; round < settings.rounds; round += 1) {
      if (round === 0) timed.clear();
      await time('echo', echo, ours.calls.get_adcp_capabilities);
      await time('empty', empty, ours.calls.get_adcp_capabilities);
      for (const task of tasks) {
        await time(`ours ${task}`, ours.target, ours.calls[task]);
        await time(`framework ${task}`, documented, FRAMEWORK_CALLS[task]);
        await time(`framework at its quickest ${task}`, quickest, FRAMEWORK_CALLS[task]);
      }
    }
  } finally {
    await Promise.all([ours, empty, documented, quickest, echo].map((server) => server.stop()));
    rmSync(folder, { recursive: true });
  }
  const rate = (name: string) => median(timed.get(name)!);
  const beside = (task: Task, other: string, name: string, target: number): Result =>
    ({ name: `${task}_to_${name}`, ours: rate(`ours ${task}`), beside: rate(other), unit: 'calls/s', target, sense: 'at least' });
  return [
    { name: 'empty_sdk_to_echo', ours: rate('empty'), beside: rate('echo'), unit: 'calls/s', target: 0, sense: 'at least' },
    ...BESIDE_EMPTY.map(([task, target]) => beside(task, 'empty', 'empty_sdk', target)),
    ...tasks.map((task) => beside(task, `framework ${task}`, 'adcp_sdk', BESIDE_FRAMEWORK)),
    ...tasks.map((task) => beside(task, `framework at its quickest ${task}`, 'adcp_sdk_at_its_quickest', 0)),
  ];
}

/** The framework's handlers answer the same whatever is asked. */
const FRAMEWORK_CALLS: Calls = {
  get_adcp_capabilities: () => toolCall('get_adcp_capabilities', {}),
  get_products: () => toolCall('get_products', { buying_mode: 'wholesale' }),
  get_media_buys: () => toolCall('get_media_buys', { media_buy_ids: ['mb_1'] }),
  get_media_buy_delivery: () => toolCall('get_media_buy_delivery', { media_buy_ids: ['mb_1'] }),
  create_media_buy: () => toolCall('create_media_buy', { ...order(), account: { account_id: 'acct' } }),
};
