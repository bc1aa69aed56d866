/** How soon a seller with a store answers, started as people start it, and how much memory it has: idle, and after load. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { residentBytes } from './child.ts';
import { measure, toolCall } from './load.ts';
import { KEY, operatorFolder } from './operator.ts';
import { ourSeller } from './our-seller.ts';
import { median, type Result } from './result.ts';
import type { Settings } from './settings.ts';

const COMMAND = join(import.meta.dirname, '..', '..', 'adwright.mjs');
const [FIRST_ANSWER_MS, IDLE_MB, LOADED_MB] = [400, 120, 300];
/** How long a seller that nobody calls is left alone before its memory is looked at. */
const IDLE_MS = 3_000;

export async function start(settings: Settings): Promise<Result[]> {
  const folder = operatorFolder();
  const [answered, idle]: [number[], number[]] = [[], []];
  for (let round = -1; round < settings.rounds; round += 1) {
    const begun = await begin(folder.config, folder.data);
    if (round >= 0) {
      answered.push(begun.milliseconds);
      await setTimeout(IDLE_MS);
      idle.push(residentBytes(begun.child.pid!) / 1e6);
      settings.progress(`first answer after ${Math.round(answered.at(-1)!)} ms, idle ${Math.round(idle.at(-1)!)} MB`);
    }
    begun.child.kill();
    await new Promise((resolve) => { begun.child.once('exit', resolve); });
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
async function begin(config: string, data: string): Promise<{ readonly child: ChildProcess; readonly milliseconds: number }> {
  const began = performance.now();
  const child = spawn(process.execPath, [COMMAND, 'serve', '--no-sandbox', '--config', config, '--data', data, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the seller ended with ${code} before it listened`)));
    child.stdout.on('data', (chunk: Buffer) => {
      const found = /MCP +(\S+)/.exec((printed += chunk.toString()))?.[1];
      if (found) resolve(found);
    });
  });
  const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream', authorization: `Bearer ${KEY}` };
  await (await fetch(url, { method: 'POST', headers, body: toolCall('get_media_buys', {}) })).text();
  return { child, milliseconds: performance.now() - began };
}

/** After a turn of each call. */
async function loadedMegabytes(settings: Settings): Promise<number> {
  const ours = await ourSeller();
  for (const next of Object.values(ours.calls)) await measure(ours.target, { ...settings, next });
  const bytes = ours.server.memory();
  await ours.stop();
  return bytes / 1e6;
}
