/** `npm run bench:load`: how the seller stands more than it can do, and upstreams and receivers that fail. */
import { Command, Option } from 'commander';
import { ratioOf, table, type Result } from '../seller/result.ts';
import { faults } from './faults.ts';
import { overload } from './overload.ts';
import type { Settings } from './settings.ts';

const PARTS = { overload, faults } as const;
type Part = keyof typeof PARTS;

const program = new Command('bench:load')
  .description('Loads the seller from another process, and prints a table and, as the last line, one JSON object with the ratios.')
  .addOption(new Option('--part <part...>', 'only these').choices(Object.keys(PARTS)))
  .option('--seconds <n>', 'for how long each part puts its load on', '600')
  .addHelpText('after', `
  overload  1,000 connections with mixed traffic at twice the rate that was measured before
  faults    80 % of that rate, while the platform times out and answers 503, and receivers of webhooks are slow

Example:
  npm run bench:load -- --part overload --seconds 20

Exit codes: 0 every target was reached, 1 one was not, or something failed, 2 wrong usage`)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse();

const flags = program.opts<{ readonly part?: readonly Part[]; readonly seconds: string }>();
const settings: Settings = { milliseconds: Number(flags.seconds) * 1000, progress: (line) => process.stderr.write(`${line}\n`) };

const results: Result[] = [];
for (const part of flags.part ?? (Object.keys(PARTS) as Part[])) results.push(...(await PARTS[part](settings)));
process.stdout.write(`${table(results)}\n${JSON.stringify(Object.fromEntries(results.map((each) => [each.name, Number(ratioOf(each).toFixed(3))])))}\n`);
process.exit(results.every((each) => (each.sense === 'at least' ? ratioOf(each) >= each.target : ratioOf(each) <= each.target)) ? 0 : 1);
