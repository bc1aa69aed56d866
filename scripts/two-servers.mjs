#!/usr/bin/env node
// `npm run two-servers`: all storyboards against two servers on one PostgreSQL, of which `npm test` has time for some, and more kills.
// It needs PostgreSQL's programs (apt-get install postgresql, or PG_BIN), and for the official storyboards ../shared/adcp/3.1.19.
import { spawnSync } from 'node:child_process';

const { status } = spawnSync('vitest', ['run', 'test/e2e/two-servers.test.ts'], { stdio: 'inherit', env: { ...process.env, TWO_SERVERS: 'whole' } });
process.exit(status ?? 1);
