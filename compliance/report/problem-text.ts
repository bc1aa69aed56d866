import type { Problem } from '../problem.ts';
import { excerpt } from './excerpt.ts';
import type { Paint } from './paint.ts';
import { escapeControls } from './quote.ts';

/** A problem of a file, with its place and the way out. */
export function problemText(problem: Problem, colours: Paint): string {
  const label = problem.severity === 'error' ? colours.bad(`error[${problem.code}]`) : colours.warn(`warning[${problem.code}]`);
  return excerpt(`${label}: ${escapeControls(problem.message)}`, problem.location, [], [`fix     ${escapeControls(problem.way_out)}`], colours);
}
