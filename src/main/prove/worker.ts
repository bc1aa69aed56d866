/** A process that grades one seller after the other, for as long as the one that started it is there. */
import { grade } from './grade.ts';
import type { Errand } from './grading.ts';

const [folder] = process.argv.slice(2);

process.on('disconnect', () => process.exit());
// An interrupt reaches every process of a terminal; the one that started this says what follows.
process.on('SIGINT', () => {});
process.on('message', async (errand: Errand) => {
  process.send!(await grade(errand, folder!));
});
