/** How soon a seller with a store answers, started as people start it, and how much memory it has: idle, and after load. */
import { setTimeout } from 'node:timers/promises';
import { commanded, type Started } from './child.ts';
import { measure, toolCall } from './load.ts';
import { KEY, operatorFolder } from './operator.ts';
import { ourSeller } from './our-seller.ts';
import { median, type Result } from './result.ts';
import type { Settings } from './settings.ts';

const [FIRST_ANSWER_MS, IDLE_MB, LOADED_MB] = [400, 120, 300];
/** How long a seller that nobody calls is left alone before its memory is looked at. */
const IDLE_MS = 3_000;

export async function start(settings: Settings): Promise<Result[]> {
  const folder = operatorFolder();
  const [answered, idle]: [number[], number[]] = [[], []];
  for (let round = -1; round < settings.rounds; round += 1) {
    const begun = await begin(folder.config, folder.data);
    if (round >= 0) {
      answered.push(settings.clock === 'processor' ? begun.processorMs : begun.milliseconds);
      await setTimeout(IDLE_MS);
      idle.push(begun.server.memory() / 1e6);
      settings.progress(`first answer after ${Math.round(answered.at(-1)!)} ms, ${Math.round(begun.processorMs)} of them of a processor; idle ${Math.round(idle.at(-1)!)} MB`);
    }
    await begun.server.stop();
  }
  folder.remove();
  const limit = (name: string, measured: number, most: number, unit: string): Result => ({ name, ours: measured, beside: most, unit, target: 1, sense: 'within' });
  return [
    limit('start_to_first_answer', median(answered), FIRST_ANSWER_MS, 'ms'),
    limit('memory_idle', median(idle), IDLE_MB, 'MB'),
    limit('memory_after_load', await loadedMegabytes(settings), LOADED_MB, 'MB'),
  ];
}

/** The first one makes the store, and warms the cache of compiled code. */
async function begin(config: string, data: string): Promise<{ readonly server: Started; readonly milliseconds: number; readonly processorMs: number }> {
  const began = performance.now();
  const server = await commanded(config, data);
  const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream', authorization: `Bearer ${KEY}` };
  await (await fetch(server.url, { method: 'POST', headers, body: toolCall('get_media_buys', {}) })).text();
  return { server, milliseconds: performance.now() - began, processorMs: server.processorSeconds() * 1000 };
}

/** After a turn of each call. */
async function loadedMegabytes(settings: Settings): Promise<number> {
  const ours = await ourSeller(undefined, commanded);
  for (const next of Object.values(ours.calls)) await measure(ours.target, { ...settings, next });
  const bytes = ours.server.memory();
  await ours.stop();
  return bytes / 1e6;
}
