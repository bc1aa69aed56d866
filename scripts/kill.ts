/**
 * `npm run kill`: kills sellers at random moments under the load of buyers who repeat what was not answered, and looks for what was
 * acknowledged and is lost, or was done twice. `npm test` has ten such kills; this has as many as there is time for.
 */
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { chanceOf } from '../test/kill/chance.ts';
import { killRun, type KillReport } from '../test/kill/run.ts';
import { operator, sandbox, type Subject } from '../test/kill/subjects.ts';

const SUBJECTS: Readonly<Record<Subject['name'], (folder: string) => Subject>> = { sandbox, operator };

const program = new Command('kill')
  .description('Kills sellers with SIGKILL under mixed load, and holds what they acknowledged to what is there afterwards.')
  .option('--kills <n>', 'in all, shared among the sellers', '200')
  .addOption(new Option('--seller <which...>', 'sandbox: webhooks too; operator: writes on a thread of its own').choices(Object.keys(SUBJECTS)))
  .option('--seed <n>', 'what happens, and when (default: random, printed)')
  .option('--keep', 'leave the data folders where they are')
  .addHelpText('after', '\nExample:\n  npm run kill -- --kills 200 --seed 7\n\nExit codes: 0 nothing was lost or done twice, 1 something was, 2 wrong usage')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse();
const flags = program.opts<{ readonly kills: string; readonly seller?: readonly Subject['name'][]; readonly seed?: string; readonly keep?: boolean }>();

const seed = flags.seed === undefined ? randomInt(2 ** 31) : Number(flags.seed);
const names = flags.seller ?? (Object.keys(SUBJECTS) as Subject['name'][]);
process.stdout.write(`${flags.kills} kills; again with --seed ${seed}\n`);

const reports: KillReport[] = [];
for (const [at, name] of names.entries()) {
  const folder = mkdtempSync(join(tmpdir(), `adwright-kill-${name}-`));
  const kills = Math.floor((Number(flags.kills) + at) / names.length);
  const report = await killRun({
    subject: SUBJECTS[name](folder), folder, kills, chance: chanceOf(seed + at),
    progress: (kill, answered) => { if (kill % 5 === 0 || kill === kills) process.stderr.write(`${name}: ${kill} of ${kills} kills, ${answered} calls answered\n`); },
  });
  reports.push(report);
  if (!flags.keep) rmSync(folder, { recursive: true, force: true });
  else process.stdout.write(`${name}: ${folder}\n`);
}

const COLUMNS: readonly (readonly [head: string, value: (report: KillReport) => string | number])[] = [
  ['SELLER', ({ subject }) => subject], ['KILLS', ({ kills }) => kills], ['AT START', ({ killed_starting }) => killed_starting],
  ['CALLS', ({ operations }) => operations], ['REPEATED', ({ repeated }) => repeated], ['DONE BEFORE', ({ done_before }) => done_before],
  ['WEBHOOKS', ({ webhooks }) => webhooks], ['RETRIES', ({ webhook_repetitions }) => webhook_repetitions], ['FLAWS', ({ flaws }) => flaws.length],
];
const rows = [COLUMNS.map(([head]) => head), ...reports.map((report) => COLUMNS.map(([, value]) => String(value(report))))];
const widths = COLUMNS.map((_, at) => Math.max(...rows.map((row) => row[at]!.length)));
process.stdout.write(`\n${rows.map((row) => row.map((cell, at) => cell.padEnd(widths[at]!)).join('  ').trimEnd()).join('\n')}\n`);
const flaws = reports.flatMap(({ subject, flaws: found }) => found.map((flaw) => `${subject}: ${flaw}`));
for (const flaw of flaws.slice(0, 50)) process.stdout.write(`${flaw}\n`);
process.exitCode = flaws.length === 0 ? 0 : 1;
