#!/usr/bin/env node
// `npm run fuzz`: the tests that draw at random, for longer and from another seed than `npm test` has time for: 200,000 requests of the
// tools that read and as many of those that write, made from AdCP's schemas, and the same number of bodies with wrong bytes. They need the
// official AdCP release at ../shared/adcp/3.1.19. A failure names what it sent; the seed brings it back.
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: {
  documents: { type: 'string', default: '400' }, requests: { type: 'string', default: '700' }, faults: { type: 'string', default: '24' }, bodies: { type: 'string', default: '200000' }, orders: { type: 'string', default: '10' },
  seed: { type: 'string', default: String(randomInt(2 ** 31)) }, help: { type: 'boolean', short: 'h' },
} });

if (values.help) {
  console.log(`npm run fuzz -- [--documents N] [--requests N] [--faults N] [--bodies N] [--orders N] [--seed N]

  --documents N  generated documents for each schema, each with 25 faults, held against AdCP's schemas (400)
  --requests N   generated requests for each task, sent to a seller in this process (700)
  --faults N     copies of each of these, with one fault (24)
  --bodies N     bodies of calls that read, and of calls that write, with wrong bytes, sent to a seller over HTTP (200000)
  --orders N     orders in which all storyboards run on one seller that is never reset (10)
  --seed N       where to begin (random, printed)

Example:
  npm run fuzz -- --bodies 20000 --orders 2 --seed 7

Exit codes: 0 nothing was found, 1 something was, or a flag is not known`);
  process.exit(0);
}

const seed = Number(values.seed) >>> 0;
console.log(`fuzz: ${values.documents} documents, ${values.requests} requests with ${values.faults} faults each for each task, ${values.bodies} bodies of reads and of writes, ${values.orders} orders; again with --seed ${seed}`);
const { status } = spawnSync('vitest', [
  'run', 'test/contract/wire-differential.test.ts', 'test/e2e/generated-requests.test.ts', 'test/e2e/raw-bodies.test.ts', 'test/e2e/storyboards-any-order.test.ts',
], { stdio: 'inherit', env: { ...process.env, WIRE_RUNS: values.documents, REQUEST_RUNS: values.requests, REQUEST_FAULTS: values.faults, RAW_RUNS: values.bodies, ORDERS: values.orders, WIRE_SEED: String(seed) } });
process.exit(status ?? 1);
