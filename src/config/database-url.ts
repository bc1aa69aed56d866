/** Where the store is kept when several servers share it: the URL of a PostgreSQL database, out of the environment or out of a file that only the server may read. */
import { readFileSync } from 'node:fs';
import { ConfigError } from './yaml-file.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `DATABASE_URL`, or the first line of the file that `DATABASE_URL_FILE` names; undefined when neither is set.
 * @throws ConfigError when both are set, the file cannot be read, or the URL is none of PostgreSQL; its message never holds the URL
 */
export function databaseUrl(env: Environment): string | undefined {
  const [url, file] = [env['DATABASE_URL'] || undefined, env['DATABASE_URL_FILE'] || undefined];
  if (url !== undefined && file !== undefined) throw new ConfigError('DATABASE_URL and DATABASE_URL_FILE are both set: keep one of them');
  if (url !== undefined) return postgresUrl(url, 'DATABASE_URL');
  return file === undefined ? undefined : postgresUrl(lineOf(file), `DATABASE_URL_FILE (${file})`);
}

function lineOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').split('\n')[0]!.trim();
  } catch (error) {
    throw new ConfigError(`DATABASE_URL_FILE: ${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
}

/** @throws ConfigError */
export function postgresUrl(url: string, name: string): string {
  if (!/^postgres(ql)?:$/.test(URL.parse(url)?.protocol ?? '')) throw new ConfigError(`${name} is no URL of a PostgreSQL database, such as postgres://adwright:PASSWORD@db.example/adwright`);
  return url;
}

/** For people to read: who and where, without the password and other parameters that may hold one. */
export function maskedDatabaseUrl(url: string): string {
  const { protocol, username, host, pathname } = new URL(url);
  return `${protocol}//${username === '' ? '' : `${username}:...@`}${host}${pathname}`;
}
