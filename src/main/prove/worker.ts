/** A process that grades the sellers that it is handed, for as long as the one that started it is there. */
import { grade } from './grade.ts';
import type { Handed, Returned } from './crew.ts';

const [folder] = process.argv.slice(2);

process.on('disconnect', () => process.exit());
// An interrupt reaches every process of a terminal; the one that started this says what follows.
process.on('SIGINT', () => {});
process.on('message', async ({ number, errand }: Handed) => {
  process.send!({ number, grading: await grade(errand, folder!) } satisfies Returned);
});
