/** `npm run bench:seller`: how quick the seller is, as ratios to what is measured beside it in the same run. */
import { Command, Option } from 'commander';
import { calls } from './calls.ts';
import { events } from './events.ts';
import { manyRows } from './many-rows.ts';
import { ratioOf, table, type Result } from './result.ts';
import type { Settings } from './settings.ts';
import { start } from './start.ts';

const PARTS = { calls, events, 'many-rows': manyRows, start } as const;
type Part = keyof typeof PARTS;

interface Flags {
  readonly part?: readonly Part[];
  readonly rounds: string;
  readonly seconds: string;
  readonly connections: string;
  readonly clock: Settings['clock'];
  readonly storedEvents: string;
  readonly manyBuys: string;
  readonly manyEvents: string;
}

const program = new Command('bench:seller')
  .description('Measures the seller beside other servers, and prints a table and, as the last line, one JSON object with the ratios.')
  .addOption(new Option('--part <part...>', 'only these').choices(Object.keys(PARTS)))
  .option('--rounds <n>', 'measurements of each, whose median counts', '5')
  .option('--seconds <n>', 'length of one measurement', '3')
  .option('--connections <n>', 'open at once', '16')
  .addOption(new Option('--clock <clock>', 'what a second is: of the wall, or of the server\'s processor time').choices(['wall', 'processor']).default('wall'))
  .option('--stored-events <n>', 'events stored before events are timed', '1000000')
  .option('--many-buys <n>', 'media buys stored for the cost of many rows', '100000')
  .option('--many-events <n>', 'events stored for the cost of many rows', '10000000')
  .addHelpText('after', '\nExample:\n  npm run bench:seller -- --part calls --rounds 5\n\nExit codes: 0 measured (whatever came of it), 1 something failed, 2 wrong usage')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse();

const flags = program.opts<Flags>();
const settings: Settings = {
  rounds: Number(flags.rounds), connections: Number(flags.connections), milliseconds: Number(flags.seconds) * 1000, clock: flags.clock,
  stored: { events: Number(flags.storedEvents), manyBuys: Number(flags.manyBuys), manyEvents: Number(flags.manyEvents) },
  progress: (line) => process.stderr.write(`${line}\n`),
};

const results: Result[] = [];
for (const part of flags.part ?? (Object.keys(PARTS) as Part[])) results.push(...(await PARTS[part](settings)));
process.stdout.write(`${table(results)}\n${JSON.stringify(Object.fromEntries(results.map((each) => [each.name, Number(ratioOf(each).toFixed(3))])))}\n`);
process.exit();
