/** The flags of `storyboard run`, checked. */
import { randomInt } from 'node:crypto';
import { type Address, parseAddress, unmarked } from '../plan/address.ts';
import type { AgentAddress } from '../execute/named-agents.ts';
import type { OperatorTokens } from '../plan/kit-credential.ts';
import { AUTHORED, POLICIES, type Policy, type PolicyName } from '../policy.ts';
import type { ContractSettings } from '../contracts/contract-scope.ts';
import { isReportFormat, REPORT_FORMATS, type ReportTarget } from '../report/format.ts';
import type { GivenFlag } from '../report/rerun.ts';
import { type ContractFlags, contractSettings } from './contract-options.ts';
import { type CliIo, UsageError } from './io.ts';
import { STANDARD_OUTPUT } from './report-files.ts';

const MAX_JOBS = 64;
const RESERVED_HEADERS = /^(?:host|authorization|cookie|connection|upgrade|content-.*|accept.*|transfer-encoding|mcp-.*)$/;

/** As commander hands them over. */
export interface RunFlags extends ContractFlags {
  readonly token?: string;
  readonly kitToken?: readonly string[];
  readonly compat?: string;
  readonly transport?: string;
  readonly agent?: readonly string[];
  readonly bundle?: string;
  readonly select?: readonly string[];
  readonly exclude?: readonly string[];
  readonly track?: readonly string[];
  readonly specialism?: readonly string[];
  readonly dryRun?: boolean;
  readonly watch?: boolean;
  readonly json?: string;
  readonly report?: readonly string[];
  readonly baseline?: string;
  readonly updateBaseline?: boolean;
  readonly timeout: string;
  readonly deadline?: string;
  readonly maxBody: string;
  readonly seed?: string;
  readonly shuffle?: boolean;
  readonly jobs: string;
  readonly sessionHeader?: string;
  readonly allowPrivate?: boolean;
  readonly map?: readonly string[];
  readonly verbose?: boolean;
  readonly color: boolean;
}

/** The words of the command line that are no flags. */
export interface RunTarget {
  readonly url: string;
  readonly paths: readonly string[];
}

export interface RunSettings {
  readonly url: string;
  /** As they were typed. */
  readonly given: readonly GivenFlag[];
  readonly tokens: OperatorTokens;
  readonly policy: Policy;
  readonly transport: 'mcp' | 'a2a' | 'both';
  readonly agents: readonly AgentAddress[];
  readonly bundle?: string;
  readonly select: readonly Address[];
  readonly exclude: readonly Address[];
  /** Files and folders as they were typed. */
  readonly paths: readonly string[];
  readonly tracks: readonly string[];
  readonly specialisms: readonly string[];
  /** Says what would run, and stops. */
  readonly dryRun: boolean;
  /** Runs again what failed, until the operator ends it. */
  readonly watch: boolean;
  readonly reports: readonly ReportTarget[];
  readonly baseline?: string;
  readonly updateBaseline: boolean;
  readonly contracts: ContractSettings;
  readonly timeoutMs: number;
  readonly deadlineMs?: number;
  readonly maxBytes: number;
  readonly seed: string;
  /** In an order that follows from the seed. */
  readonly shuffled: boolean;
  /** Storyboards that may run at a time. */
  readonly jobs: number;
  readonly sessionHeader?: string;
  readonly allowPrivate: boolean;
  /** Origin -> origin that stands in for it. */
  readonly map: ReadonlyMap<string, string>;
  readonly verbose: boolean;
  readonly color: boolean;
}

/** @param given the flags as they were typed */
export function runSettings({ url, paths }: RunTarget, flags: RunFlags, env: CliIo['env'], given: readonly GivenFlag[]): RunSettings {
  if (flags.dryRun === true && (flags.report !== undefined || flags.json !== undefined || flags.updateBaseline === true))
    throw new UsageError('--dry-run runs nothing, so that there is nothing to report: leave out --report, --json and --update-baseline');
  if (flags.updateBaseline === true && flags.baseline === undefined) throw new UsageError('--update-baseline needs --baseline FILE');
  const map = new Map((flags.map ?? []).map(standIn));
  return {
    url: sellerUrl(url), given,
    tokens: {
      kitTokens: new Map((flags.kitToken ?? []).map(kitToken)), environment: (name) => env[name],
      ...(flags.token !== undefined && { token: nonEmpty('--token', flags.token) }),
    },
    policy: policy(flags.compat), transport: transport(flags.transport), agents: agents(flags.agent ?? []),
    select: (flags.select ?? []).map((text) => address('--select', text)),
    exclude: (flags.exclude ?? []).map(wholeStoryboard), paths, tracks: flags.track ?? [], specialisms: flags.specialism ?? [],
    dryRun: flags.dryRun === true, watch: watch(flags),
    reports: reportTargets(flags),
    updateBaseline: flags.updateBaseline === true, timeoutMs: seconds('--timeout', flags.timeout),
    maxBytes: Math.round(positive('--max-body', flags.maxBody) * 1024 * 1024),
    seed: flags.seed ?? String(randomInt(2 ** 31)), shuffled: flags.shuffle === true, verbose: flags.verbose === true, color: flags.color,
    jobs: count('--jobs', flags.jobs), ...(flags.sessionHeader !== undefined && { sessionHeader: headerName(flags.sessionHeader) }),
    allowPrivate: flags.allowPrivate === true, map,
    contracts: contractSettings(flags, new URL(map.get(new URL(url).origin) ?? url).hostname),
    ...(flags.deadline !== undefined && { deadlineMs: seconds('--deadline', flags.deadline) }),
    ...(flags.bundle !== undefined && { bundle: flags.bundle }), ...(flags.baseline !== undefined && { baseline: flags.baseline }),
  };
}

function watch(flags: RunFlags): boolean {
  const other = flags.dryRun === true ? '--dry-run' : flags.updateBaseline === true ? '--update-baseline' : undefined;
  if (flags.watch === true && other !== undefined) throw new UsageError(`--watch and ${other} do not go together`);
  return flags.watch === true;
}

function sellerUrl(text: string): string {
  if (!URL.canParse(text)) throw new UsageError(`${JSON.stringify(text)} is no URL: write it as http://127.0.0.1:4100/mcp`);
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new UsageError(`the seller's URL has the scheme ${url.protocol}: http: or https: is needed`);
  if (url.username !== '' || url.password !== '') throw new UsageError('the seller\'s URL holds a credential: give it with --token');
  return text;
}

function policy(compat: string | undefined): Policy {
  if (compat === undefined) return AUTHORED;
  if (!Object.hasOwn(POLICIES, compat)) throw new UsageError(`--compat ${JSON.stringify(compat)} is unknown: write official (or authored)`);
  return POLICIES[compat as PolicyName];
}

function transport(text: string | undefined): RunSettings['transport'] {
  if (text === undefined || text === 'mcp' || text === 'a2a' || text === 'both') return text ?? 'mcp';
  throw new UsageError(`--transport ${JSON.stringify(text)} is unknown: write mcp, a2a or both`);
}

/** `sales=https://sales.example/mcp,TOKEN` */
function agents(texts: readonly string[]): readonly AgentAddress[] {
  const addresses = texts.map((text): AgentAddress => {
    const [, key, url, token] = /^([\w.-]+)=([^,]+)(?:,(.+))?$/.exec(text) ?? [];
    if (key === undefined || url === undefined) throw new UsageError('--agent is written as KEY=URL or KEY=URL,TOKEN');
    return { key, url: sellerUrl(url), ...(token !== undefined && { token }) };
  });
  const twice = addresses.find(({ key }, i) => addresses.findIndex((other) => other.key === key) !== i);
  if (twice !== undefined) throw new UsageError(`--agent names ${twice.key} twice`);
  return addresses;
}

function kitToken(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at <= 0 || at === text.length - 1) throw new UsageError('--kit-token is written as ID=TOKEN');
  return [text.slice(0, at), text.slice(at + 1)];
}

/** `https://keys.example=http://127.0.0.1:4321` */
export function standIn(text: string): readonly [string, string] {
  const [from = '', to = '', ...more] = text.split('=');
  const origins = [from, to].map((each) => (URL.canParse(each) ? new URL(each) : undefined));
  const isOrigin = (url: URL | undefined): boolean => url !== undefined && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
  if (more.length > 0 || !origins.every(isOrigin))
    throw new UsageError(`--map ${JSON.stringify(text)} is unknown: write https://host=http://127.0.0.1:PORT`);
  return [origins[0]!.origin, origins[1]!.origin];
}

/** `--json F` is `--report json=F`. Two reports in one place would leave one of them. */
function reportTargets({ json, report }: RunFlags): readonly ReportTarget[] {
  const targets = [...(json === undefined ? [] : [{ format: 'json', file: json } as const]), ...(report ?? []).map(reportTarget)];
  const twice = targets.find(({ file }, i) => targets.findIndex((other) => other.file === file) !== i);
  if (twice !== undefined)
    throw new UsageError(`two reports go to ${twice.file === STANDARD_OUTPUT ? 'standard output' : twice.file}: give each a place of its own`);
  return targets;
}

function reportTarget(text: string): ReportTarget {
  const at = text.indexOf('=');
  const [format, file] = [text.slice(0, at), text.slice(at + 1)];
  if (at <= 0 || file === '') throw new UsageError(`--report ${JSON.stringify(text)} is written as FORMAT=FILE; - for standard output`);
  if (!isReportFormat(format)) throw new UsageError(`--report knows no format ${JSON.stringify(format)}; formats: ${REPORT_FORMATS.join(', ')}`);
  return { format, file };
}

function address(flag: string, text: string): Address {
  const parsed = parseAddress(unmarked(text));
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

function count(flag: string, text: string): number {
  const value = positive(flag, text);
  if (!Number.isInteger(value) || value > MAX_JOBS) throw new UsageError(`${flag} ${JSON.stringify(text)} is no whole number from 1 to ${MAX_JOBS}`);
  return value;
}

/** A header that the judge does not send for itself. */
function headerName(text: string): string {
  const name = text.toLowerCase();
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || RESERVED_HEADERS.test(name))
    throw new UsageError(`--session-header ${JSON.stringify(text)} is no header that a session can be told by`);
  return name;
}

/** Node's timers count whole milliseconds in 31 bits. */
const seconds = (flag: string, text: string): number => Math.min(Math.ceil(positive(flag, text) * 1000), 2 ** 31 - 1);

function nonEmpty(flag: string, text: string): string {
  if (text.trim() === '') throw new UsageError(`${flag} is empty`);
  return text;
}
