import { unmarked } from '../plan/address.ts';

/** The command that runs one part again, as it would be typed. Credentials stand as `$TOKEN`, never with their value. */
export interface RerunCommand {
  readonly url: string;
  /** Files and folders that were named. */
  readonly paths?: readonly string[];
  /** What the operator gave this time. */
  readonly flags: readonly GivenFlag[];
}

export interface GivenFlag {
  /** As it is typed: `--bundle`. */
  readonly flag: string;
  readonly values: readonly string[];
}

/** They choose what is run, where it is told and when it ends. A seed is left out too: a seller remembers the keys that come of it. */
const NOT_REPEATED: ReadonlySet<string> = new Set([
  '--select', '--exclude', '--track', '--specialism', '--json', '--report', '--baseline', '--update-baseline', '--verbose', '--no-color', '--seed', '--shuffle',
  '--deadline', '--jobs', '--watch', '--dry-run',
]);
const SECRET_FLAG = /token|secret|password|^--agent$/;

export function rerunLine({ url, paths = [], flags }: RerunCommand, address: string): string {
  const repeated = flags.filter(({ flag }) => !NOT_REPEATED.has(flag));
  return ['adwright storyboard run', shellWord(url), ...paths.map(shellWord), ...repeated.flatMap(words), '--select', shellWord(unmarked(address))].join(' ');
}

function words({ flag, values }: GivenFlag): readonly string[] {
  if (values.length === 0) return [flag];
  const shown = SECRET_FLAG.test(flag) ? (value: string) => withoutSecret(flag, value) : shellWord;
  return values.flatMap((value) => [flag, shown(value)]);
}

/** `ID=TOKEN` keeps its id, `KEY=URL,TOKEN` its key and URL. */
function withoutSecret(flag: string, value: string): string {
  const [agent = '', ownToken] = value.split(',');
  if (flag === '--agent') return ownToken === undefined ? shellWord(agent) : `${shellWord(agent)},"$TOKEN"`;
  const variable = `"$${flag.replace(/^--(?:kit-)?/, '').replaceAll('-', '_').toUpperCase()}"`;
  return flag === '--kit-token' ? `${shellWord(value.slice(0, Math.max(0, value.indexOf('='))))}=${variable}` : variable;
}

function shellWord(word: string): string {
  return /^[\w./:@%+=,#-]+$/.test(word) && !word.startsWith('#') ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
