/** The flags of `storyboard run`, checked. */
import { randomInt } from 'node:crypto';
import { type Address, parseAddress } from '../plan/address.ts';
import type { OperatorTokens } from '../plan/kit-credential.ts';
import { type CliIo, UsageError } from './io.ts';

/** As commander hands them over. */
export interface RunFlags {
  readonly token?: string;
  readonly kitToken?: readonly string[];
  readonly bundle?: string;
  readonly select?: readonly string[];
  readonly exclude?: readonly string[];
  readonly json?: string;
  readonly report?: readonly string[];
  readonly baseline?: string;
  readonly updateBaseline?: boolean;
  readonly timeout: string;
  readonly deadline?: string;
  readonly maxBody: string;
  readonly seed?: string;
  readonly verbose?: boolean;
  readonly color: boolean;
}

export interface RunSettings {
  readonly url: string;
  readonly tokens: OperatorTokens;
  readonly bundle?: string;
  readonly select: readonly Address[];
  readonly exclude: readonly Address[];
  readonly jsonFiles: readonly string[];
  readonly baseline?: string;
  readonly updateBaseline: boolean;
  readonly timeoutMs: number;
  readonly deadlineMs?: number;
  readonly maxBytes: number;
  readonly seed: string;
  readonly verbose: boolean;
  readonly color: boolean;
}

export function runSettings(url: string, flags: RunFlags, env: CliIo['env']): RunSettings {
  if (flags.updateBaseline === true && flags.baseline === undefined) throw new UsageError('--update-baseline needs --baseline FILE');
  return {
    url: sellerUrl(url),
    tokens: {
      kitTokens: new Map((flags.kitToken ?? []).map(kitToken)), environment: (name) => env[name],
      ...(flags.token !== undefined && { token: nonEmpty('--token', flags.token) }),
    },
    select: (flags.select ?? []).map((text) => address('--select', text)),
    exclude: (flags.exclude ?? []).map(wholeStoryboard),
    jsonFiles: [...new Set([...(flags.json === undefined ? [] : [flags.json]), ...(flags.report ?? []).map(reportFile)])],
    updateBaseline: flags.updateBaseline === true, timeoutMs: seconds('--timeout', flags.timeout),
    maxBytes: Math.round(positive('--max-body', flags.maxBody) * 1024 * 1024),
    seed: flags.seed ?? String(randomInt(2 ** 31)), verbose: flags.verbose === true, color: flags.color,
    ...(flags.deadline !== undefined && { deadlineMs: seconds('--deadline', flags.deadline) }),
    ...(flags.bundle !== undefined && { bundle: flags.bundle }), ...(flags.baseline !== undefined && { baseline: flags.baseline }),
  };
}

function sellerUrl(text: string): string {
  if (!URL.canParse(text)) throw new UsageError(`${JSON.stringify(text)} is no URL: write it as http://127.0.0.1:4100/mcp`);
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new UsageError(`the seller's URL has the scheme ${url.protocol}: http: or https: is needed`);
  if (url.username !== '' || url.password !== '') throw new UsageError('the seller\'s URL holds a credential: give it with --token');
  return text;
}

function kitToken(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at <= 0 || at === text.length - 1) throw new UsageError('--kit-token is written as ID=TOKEN');
  return [text.slice(0, at), text.slice(at + 1)];
}

function reportFile(text: string): string {
  const [format, ...rest] = text.split('=');
  if (format !== 'json' || rest.join('=') === '') throw new UsageError(`--report ${JSON.stringify(text)} is unknown: write json=FILE`);
  return rest.join('=');
}

function address(flag: string, text: string): Address {
  const parsed = parseAddress(text);
  if (parsed === undefined) throw new UsageError(`${flag} ${JSON.stringify(text)} is no address: write ID, ID#phase or ID#phase/step`);
  return parsed;
}

/** Steps of a storyboard depend on each other, so that only all of them can be left out. */
function wholeStoryboard(text: string): Address {
  const parsed = address('--exclude', text);
  if (parsed.phase !== undefined) throw new UsageError(`--exclude ${JSON.stringify(text)} names a part: only whole storyboards can be left out`);
  return parsed;
}

function positive(flag: string, text: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value)) throw new UsageError(`${flag} ${JSON.stringify(text)} is no positive number`);
  return value;
}

/** Node's timers count whole milliseconds in 31 bits. */
const seconds = (flag: string, text: string): number => Math.min(Math.ceil(positive(flag, text) * 1000), 2 ** 31 - 1);

function nonEmpty(flag: string, text: string): string {
  if (text.trim() === '') throw new UsageError(`${flag} is empty`);
  return text;
}
