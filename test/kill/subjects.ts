/** The sellers that are killed. With the training agent the store writes where it reads; without it, on a thread of its own. */
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { toolCaller, type Tool } from '../support/mcp-call.ts';
import { BUYER_ACCOUNT, BUYER_KEY, operatorConfig } from '../support/operator.ts';
import { spawnSeller, type SellerProcess } from '../support/process.ts';
import type { Json } from './operation.ts';

export interface Subject {
  readonly name: 'sandbox' | 'operator';
  readonly account: Json;
  /** Whether it may post webhooks to this machine. */
  readonly reachesUs: boolean;
  /** Flags of `adwright doctor` that fit. */
  readonly flags: readonly string[];
  /** @param spawned is given the process before it serves */
  start(spawned?: (child: ChildProcess) => void): Promise<{ readonly seller: SellerProcess; readonly call: Tool }>;
}

/** @param training_agent a module in the place of the training agent: one with a fault */
export function sandbox(folder: string, training_agent?: string): Subject {
  return {
    name: 'sandbox', account: { ...BUYER_ACCOUNT, sandbox: true }, reachesUs: true, flags: ['--sandbox'],
    async start(spawned) {
      const seller = await spawnSeller(join(folder, 'data'), training_agent ? ['--training-agent', training_agent] : [], spawned);
      return { seller, call: toolCaller(seller.url, seller.token) };
    },
  };
}

export function operator(folder: string): Subject {
  const config = operatorConfig(folder);
  return {
    name: 'operator', account: BUYER_ACCOUNT, reachesUs: false, flags: ['--config', config],
    async start(spawned) {
      const seller = await spawnSeller(join(folder, 'data'), ['--no-sandbox', '--config', config], spawned);
      return { seller, call: toolCaller(seller.url, BUYER_KEY) };
    },
  };
}
