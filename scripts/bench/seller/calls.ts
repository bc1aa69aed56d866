/** Calls per second of our seller, of an empty server on the MCP SDK, and of the framework of `@adcp/sdk`, in turns. */
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
  const [ours, empty, framework, echo] = await Promise.all([ourSeller(), started('empty-sdk.ts'), started('adcp-sdk.ts', [], true), started('echo.ts')]);
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
        await time(`framework ${task}`, framework, FRAMEWORK_CALLS[task]);
      }
    }
  } finally {
    await Promise.all([ours.stop(), empty.stop(), framework.stop(), echo.stop()]);
  }
  const rate = (name: string) => median(timed.get(name)!);
  return [
    { name: 'empty_sdk_to_echo', ours: rate('empty'), beside: rate('echo'), unit: 'calls/s', target: 0, sense: 'at least' },
    ...BESIDE_EMPTY.map(([task, target]): Result => ({
      name: `${task}_to_empty_sdk`, ours: rate(`ours ${task}`), beside: rate('empty'), unit: 'calls/s', target, sense: 'at least',
    })),
    ...tasks.map((task): Result => ({
      name: `${task}_to_adcp_sdk`, ours: rate(`ours ${task}`), beside: rate(`framework ${task}`), unit: 'calls/s', target: BESIDE_FRAMEWORK, sense: 'at least',
    })),
  ];
}

/** The framework's handlers answer from memory whatever is asked. */
const FRAMEWORK_CALLS: Calls = {
  get_adcp_capabilities: () => toolCall('get_adcp_capabilities', {}),
  get_products: () => toolCall('get_products', { buying_mode: 'wholesale' }),
  get_media_buys: () => toolCall('get_media_buys', { media_buy_ids: ['mb_1'] }),
  get_media_buy_delivery: () => toolCall('get_media_buy_delivery', { media_buy_ids: ['mb_1'] }),
  create_media_buy: () => toolCall('create_media_buy', { ...order(), account: { account_id: 'acct' } }),
};
