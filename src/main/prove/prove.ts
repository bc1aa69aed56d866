/** `adwright prove`: the honest seller first, then every seller that lies. */
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { PROVE_EXIT, type ProveFlags } from '../prove-command.ts';
import { VERSION } from '../version.ts';
import { crewOf, type Crew } from './crew.ts';
import type { Errand, Grading, Suite } from './grading.ts';
import { liesOf, type ListedLie } from './lies.ts';
import { isCaught, killedBy, rowOf, type Row } from './matrix.ts';
import { headText, rowText, totalsText } from './matrix-text.ts';

/** @returns the exit code */
export async function prove(flags: ProveFlags): Promise<number> {
  const lies = await liesOf(flags.only);
  if (typeof lies === 'string') {
    process.stderr.write(`adwright: ${lies}\n`);
    return PROVE_EXIT.usage;
  }
  const unwritable = flags.json === undefined || flags.json === '-' ? undefined : flawOf(flags.json);
  if (unwritable !== undefined) {
    process.stderr.write(`adwright: ${unwritable}\n`);
    return PROVE_EXIT.usage;
  }
  const crew = crewOf(flags.jobs);
  const stop = () => void crew.dismiss();
  process.once('SIGINT', stop);
  try {
    return await provenBy(crew, flags, lies);
  } catch (error) {
    process.stderr.write(`adwright: ${(error as Error).name === 'AbortError' ? 'stopped; nothing is proven' : (error as Error).stack}\n`);
    return PROVE_EXIT.unproven;
  } finally {
    process.off('SIGINT', stop);
    await crew.dismiss();
  }
}

/** Said before the run: after it, the matrix would be lost. */
function flawOf(file: string): string | undefined {
  try {
    closeSync(openSync(file, 'a'));
    return undefined;
  } catch (error) {
    return `cannot write ${file}: ${(error as Error).message}`;
  }
}

async function provenBy(crew: Crew, flags: ProveFlags, lies: readonly ListedLie[]): Promise<number> {
  const suites = suitesOf(flags);
  const human = flags.json === '-' ? process.stderr : process.stdout;
  const honest = await Promise.all(suites.map((errand) => crew.grade(withBaseline(errand, flags))));
  for (const { suite, code, detail, failed } of honest) {
    if (code === 0) continue;
    process.stderr.write(`adwright: the honest seller does not pass (${suite}): ${detail}\n${Object.values(failed).flat().map((step) => `  ${step}\n`).join('')}`);
    return PROVE_EXIT.unproven;
  }
  const names = suites.map(({ suite }) => suite);
  human.write(`${headText(names)}\n`);
  const rows = await inOrder(lies, (lie) => rowFor(lie, crew, suites, honest), (row, at) => {
    human.write(`${rowText(row, names, flags.verbose === true)}\n`);
    if (process.stderr.isTTY) process.stderr.write(at + 1 < lies.length ? `\r${at + 1} / ${lies.length}\r` : '\r         \r');
  });
  human.write(`\n${totalsText(rows, names)}\n`);
  if (flags.json !== undefined) writeJson(flags.json, rows, names);
  if (rows.some((row) => !isCaught(row) && row.unclear.length > 0)) return PROVE_EXIT.unproven;
  return rows.every(isCaught) ? PROVE_EXIT.proven : PROVE_EXIT.survived;
}

function suitesOf({ official, select = [] }: ProveFlags): Errand[] {
  const ours: Errand = { suite: 'ours', flags: select.flatMap((id) => ['--select', id]) };
  return official === undefined ? [ours] : [ours, { suite: 'official', flags: ['--bundle', official] }];
}

const withBaseline = (errand: Errand, { baseline }: ProveFlags): Errand =>
  (errand.suite === 'official' && baseline !== undefined ? { ...errand, flags: [...errand.flags, '--baseline', baseline] } : errand);

async function rowFor(lie: ListedLie, crew: Crew, suites: readonly Errand[], honest: readonly Grading[]): Promise<Row> {
  const gradings = await Promise.all(suites.map((errand) => crew.grade({ ...errand, lie: { name: lie.name, module: lie.module } })));
  return rowOf(lie, gradings, honest);
}

/** Does everything beside each other, and tells of each as soon as all before it have been told. */
async function inOrder<Item, Done>(items: readonly Item[], work: (item: Item) => Promise<Done>, tell: (done: Done, at: number) => void): Promise<Done[]> {
  const all = items.map(work);
  // One that fails ends it all where it is awaited; until then its failure is nobody else's.
  for (const each of all) each.catch(() => {});
  const done: Done[] = [];
  for (const each of all) {
    done.push(await each);
    tell(done.at(-1)!, done.length - 1);
  }
  return done;
}

function writeJson(file: string, rows: readonly Row[], suites: readonly Suite[]): void {
  const document = {
    adwright: VERSION, suites, killed: rows.filter(isCaught).length, total: rows.length,
    killed_by: Object.fromEntries(suites.map((suite) => [suite, killedBy(rows, suite)])), lies: rows,
  };
  const text = `${JSON.stringify(document, null, 2)}\n`;
  if (file === '-') process.stdout.write(text);
  else writeFileSync(file, text);
}
