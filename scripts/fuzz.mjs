#!/usr/bin/env node
// `npm run fuzz`: the tests that draw at random, for longer and from another seed than `npm test` has time for. They need the official
// AdCP release at ../shared/adcp/3.1.19. A failure names what it sent; the seed brings it back.
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: {
  documents: { type: 'string', default: '400' }, requests: { type: 'string', default: '200' }, orders: { type: 'string', default: '10' },
  seed: { type: 'string', default: String(randomInt(2 ** 31)) }, help: { type: 'boolean', short: 'h' },
} });

if (values.help) {
  console.log(`npm run fuzz -- [--documents N] [--requests N] [--orders N] [--seed N]

  --documents N  generated documents for each schema, each with 25 faults, held against AdCP's schemas (400)
  --requests N   generated requests for each task, each with 4 faults, sent to a seller in memory (200)
  --orders N     orders in which all storyboards run on one seller that is never reset (10)
  --seed N       where to begin (random, printed)`);
  process.exit(0);
}

const seed = Number(values.seed) >>> 0;
console.log(`fuzz: ${values.documents} documents, ${values.requests} requests, ${values.orders} orders; again with --seed ${seed}`);
const { status } = spawnSync('vitest', [
  'run', 'test/contract/wire-differential.test.ts', 'test/e2e/generated-requests.test.ts', 'test/e2e/storyboards-any-order.test.ts',
], { stdio: 'inherit', env: { ...process.env, WIRE_RUNS: values.documents, REQUEST_RUNS: values.requests, ORDERS: values.orders, WIRE_SEED: String(seed) } });
process.exit(status ?? 1);
