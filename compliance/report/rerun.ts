/** The command that runs one part again. Credentials stand as `$TOKEN`, never with their value. */
export interface RerunCommand {
  readonly url: string;
  readonly bundle?: string;
  readonly hasToken: boolean;
  /** Ids of the kits that were given a token. */
  readonly kits: readonly string[];
}

export function rerunLine(command: RerunCommand, address: string): string {
  return [
    'adwright storyboard run', shellWord(command.url), ...(command.bundle === undefined ? [] : ['--bundle', shellWord(command.bundle)]),
    ...(command.hasToken ? ['--token', '"$TOKEN"'] : []), ...command.kits.flatMap((id) => ['--kit-token', `${shellWord(id)}="$TOKEN"`]),
    '--select', shellWord(address),
  ].join(' ');
}

function shellWord(word: string): string {
  return /^[\w./:@%+=,#-]+$/.test(word) && !word.startsWith('#') ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
