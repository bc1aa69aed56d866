import { download } from '../execute/download.ts';
import { Reach } from '../execute/reach.ts';
import { cacheFolder, isBundleVersion } from '../load/bundle-cache.ts';
import { fetchBundle } from '../load/fetch-bundle.ts';
import { TARBALL_LIMITS } from '../load/tarball-source.ts';
import { escapeControls } from '../report/quote.ts';
import { LOAD_RULES } from './bundle-option.ts';
import { type CliIo, EXIT_INCOMPLETE, UsageError } from './io.ts';
import { standIn } from './run-options.ts';

export interface FetchFlags {
  readonly base: string;
  readonly map?: readonly string[];
  readonly allowPrivate?: boolean;
}

const FETCH_TIMEOUT_MS = 120_000;

/** `bundle fetch VERSION`: exit code 3 when it cannot be had. */
export async function fetchCommand(version: string, flags: FetchFlags, io: CliIo): Promise<number> {
  if (!isBundleVersion(version)) throw new UsageError(`${JSON.stringify(version)} is no version: write it as 3.1.19`);
  if (!URL.canParse(flags.base) || new URL(flags.base).protocol !== 'https:')
    throw new UsageError(`--base ${JSON.stringify(flags.base)} is no URL of HTTPS`);
  const reach = new Reach({
    given: [flags.base], map: new Map((flags.map ?? []).map(standIn)), ...(flags.allowPrivate === true && { allowPrivate: true }),
  });
  const limits = { timeoutMs: FETCH_TIMEOUT_MS, maxBytes: TARBALL_LIMITS.packedBytes };
  const fetched = await fetchBundle({
    version, base: flags.base, folder: cacheFolder(io.env), rules: LOAD_RULES, download: (url) => download(url, { limits, reach, signal: io.signal }),
  });
  if (fetched.kind === 'refused') {
    io.stderr.write(`adwright: ${escapeControls(fetched.problem)}\n`);
    return EXIT_INCOMPLETE;
  }
  io.stdout.write(`${version} ${fetched.kind === 'fetched' ? 'fetched' : 'is up to date'}: ${fetched.path}\nsha256 ${fetched.digest}\n`);
  return 0;
}
