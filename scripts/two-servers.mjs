#!/usr/bin/env node
// `npm run two-servers`: all storyboards against two servers on one PostgreSQL, of which `npm test` has time for some, and more kills.
// It needs PostgreSQL's programs (apt-get install postgresql, or PG_BIN), and for the official storyboards ../shared/adcp/3.1.19.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
if (values.help) {
  console.log(`npm run two-servers

All storyboards against two servers on one PostgreSQL behind a balancer, and one of the two killed again and again. It needs
PostgreSQL's programs (PG_BIN says where), and for the official storyboards ../shared/adcp/3.1.19.

Example:
  PG_BIN=/usr/lib/postgresql/15/bin npm run two-servers

Exit codes: 0 nothing was lost or done twice, 1 something was, or a flag is not known`);
  process.exit(0);
}

const { status } = spawnSync('vitest', ['run', 'test/e2e/two-servers.test.ts'], { stdio: 'inherit', env: { ...process.env, TWO_SERVERS: 'whole' } });
process.exit(status ?? 1);
