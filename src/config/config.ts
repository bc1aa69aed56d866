/** The one configuration value: defaults, then the file, then the environment, then the command line. */
import { databaseUrl, maskedDatabaseUrl } from './database-url.ts';
import { USUAL_LIMITS, withSettings, type LimitSettings, type Limits } from './limits.ts';
import { ConfigFile, type ConfiguredPrincipal, type FeatureSwitches, type OAuthSettings, type PlanOfAccount, type RequestSigningSettings } from './shape.ts';
import { traceSettings, type TraceSettings } from './traces.ts';
import { ConfigError, readYamlFile } from './yaml-file.ts';

export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug';

export interface Config {
  readonly host: string;
  readonly port: number;
  /** The folder of the store and its key. */
  readonly data: string;
  /** The PostgreSQL database that keeps the store; absent: a file of the data folder does. Only the environment says it, since it holds a password. */
  readonly database_url?: string;
  /** How many connections this server opens to it at most. */
  readonly database?: { readonly connections: number };
  /** The keys that buyers' credentials are sealed under, in the place of a file of the data folder. Only the environment says them. */
  readonly vault_key?: string;
  readonly sandbox: boolean;
  /** Whether the sandbox, whose keys everybody knows, may listen where other machines reach it. */
  readonly expose_sandbox?: boolean;
  /** The module that the sandbox is loaded from, when it is not the one that comes with the program. */
  readonly training_agent?: string;
  /** The https URL under which buyers reach the server, when it stands behind a proxy. */
  readonly public_url?: string;
  /** How long a stop waits for calls and jobs that run, in all. */
  readonly stop_within_seconds: number;
  readonly log: LogLevel;
  readonly seller: { readonly name: string; readonly publisher_domain: string; readonly supported_billing: readonly string[]; readonly payment_terms: readonly string[]; readonly signed_insertion_orders?: boolean };
  readonly features: FeatureSwitches;
  readonly principals: readonly ConfiguredPrincipal[];
  /** Whose access tokens are taken, beside keys; absent: nobody's. */
  readonly oauth?: OAuthSettings;
  /** Which calls have to be signed, and by whom; absent: signatures are not looked at. */
  readonly request_signing?: RequestSigningSettings;
  /** Files and folders of the inventory, in order of rank. */
  readonly catalogue?: string | readonly string[];
  /** What a person confirms before it is answered; absent: nothing. */
  readonly review?: {
    readonly buys?: 'none' | 'guaranteed' | 'all';
    readonly briefs?: boolean;
    readonly catalog_items?: boolean;
    readonly creatives?: 'none' | 'all' | { readonly formats?: readonly string[]; readonly products?: readonly string[] };
    readonly approve_after_seconds?: number;
  };
  /** The plans of accounts whose purchases name none. */
  readonly governance?: { readonly plans?: readonly PlanOfAccount[] };
  /** Where https hosts of a sandbox really stand, `https://host` to another origin. */
  readonly hosts?: Readonly<Record<string, string>>;
  /** `signature`: the algorithm that webhooks are signed with. */
  readonly webhooks: { readonly signature: 'ed25519' | 'ecdsa-p256-sha256' };
  /** Days for which what has ended is kept. */
  readonly retention: { readonly tasks_days: number; readonly webhooks_days: number; readonly failed_jobs_days: number };
  /** Where Prometheus reads, on a port of its own; absent: nowhere. */
  readonly metrics?: { readonly port: number; readonly host?: string };
  readonly limits: Limits;
  /** Where traces go; absent: nowhere. Only the environment says it. */
  readonly traces?: TraceSettings;
  /** How many proxies stand in front; absent: as `peerOf` finds. */
  readonly proxies?: number;
}

export interface Flags {
  readonly config?: string;
  readonly data?: string;
  readonly port?: string;
  readonly host?: string;
  readonly sandbox?: boolean;
  readonly exposeSandbox?: boolean;
  readonly trainingAgent?: string;
}

/** What one place says of the configuration. */
type Layer = Partial<Omit<Config, 'limits'>> & { readonly limits?: LimitSettings };

/** Where a setting came from, for `adwright config`. */
export type Origin = 'default' | 'file' | 'environment' | 'flag';
export interface LoadedConfig {
  readonly config: Config;
  readonly origins: Readonly<Record<string, Origin>>;
}

const DEFAULTS: Config = {
  host: '127.0.0.1', port: 4100, data: '.adwright', sandbox: false, stop_within_seconds: 10, log: 'warn',
  seller: {
    name: 'Adwright', publisher_domain: 'publisher.example', supported_billing: ['operator', 'agent'],
    payment_terms: ['net_15', 'net_30', 'net_45', 'net_60', 'net_90', 'prepay'],
  },
  features: {}, principals: [], webhooks: { signature: 'ed25519' }, retention: { tasks_days: 90, webhooks_days: 45, failed_jobs_days: 90 }, limits: USUAL_LIMITS,
};

/**
 * @param env the process's environment: `PORT`, `DATABASE_URL`, `DATABASE_URL_FILE` and those of OpenTelemetry are read
 * @throws ConfigError with one line for the operator
 */
export function loadConfig(flags: Flags, env: Readonly<Record<string, string | undefined>>): LoadedConfig {
  const file: ConfigFile = flags.config === undefined ? {} : readYamlFile<ConfigFile>(flags.config, ConfigFile);
  const shared = sharedKey(file.principals ?? []);
  if (shared !== undefined) throw new ConfigError(`${flags.config}: ${shared}; a key belongs to one caller`);
  if (file.oauth && (file.oauth.jwks_uri === undefined) === (file.oauth.jwks_file === undefined))
    throw new ConfigError(`${flags.config}: oauth needs the issuer's keys: set either jwks_uri or jwks_file`);
  const database_url = databaseUrl(env);
  const traces = traceSettings(env);
  const layers: readonly (readonly [Origin, Layer])[] = [
    ['default', DEFAULTS],
    ['file', file as Layer],
    ['environment', {
      ...(env['PORT'] === undefined || env['PORT'] === '' ? {} : { port: portOf(env['PORT'], 'PORT') }),
      ...(database_url === undefined ? {} : { database_url }), ...(traces === undefined ? {} : { traces }),
      ...(env['ADWRIGHT_VAULT_KEY'] ? { vault_key: env['ADWRIGHT_VAULT_KEY'] } : {}),
    }],
    ['flag', {
      ...(flags.port === undefined ? {} : { port: portOf(flags.port, '--port') }),
      ...(flags.data === undefined ? {} : { data: flags.data }),
      ...(flags.host === undefined ? {} : { host: flags.host }),
      ...(flags.sandbox === undefined ? {} : { sandbox: flags.sandbox }),
      ...(flags.exposeSandbox === undefined ? {} : { expose_sandbox: flags.exposeSandbox }),
      ...(flags.trainingAgent === undefined ? {} : { training_agent: flags.trainingAgent }),
    }],
  ];
  const origins: Record<string, Origin> = {};
  let config = DEFAULTS;
  for (const [origin, layer] of layers) {
    for (const key of Object.keys(layer)) origins[key] = origin;
    config = { ...config, ...layer, seller: { ...config.seller, ...layer.seller }, webhooks: { ...config.webhooks, ...layer.webhooks }, retention: { ...config.retention, ...layer.retention }, limits: withSettings(config.limits, layer.limits) };
  }
  if (config.sandbox && !config.expose_sandbox && !isThisMachine(config.host))
    throw new ConfigError(`the sandbox has keys that everybody knows, and other machines may reach ${config.host}: listen on 127.0.0.1, or say --expose-sandbox`);
  if (config.hosts && !config.sandbox) throw new ConfigError(`${flags.config}: "hosts" is for sandboxes; without --sandbox every host is looked up`);
  return { config, origins };
}

const isThisMachine = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);

/** Two principals that one key would open. */
function sharedKey(principals: readonly ConfiguredPrincipal[]): string | undefined {
  const first = principals.map(({ key_sha256 }) => principals.findIndex((each) => each.key_sha256 === key_sha256));
  const again = first.findIndex((earlier, at) => earlier < at);
  return again < 0 ? undefined : `principals[${again}].key_sha256 is that of principals[${first[again]}] too`;
}

function portOf(text: string, name: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new ConfigError(`${name}: "${text}" is not a port from 0 to 65535`);
  return port;
}

/** One line a setting, with its origin; key hashes and passwords are masked. */
export function describeConfig({ config, origins }: LoadedConfig): string {
  const masked = { ...config, ...(config.vault_key === undefined ? {} : { vault_key: '...' }), ...(config.database_url === undefined ? {} : { database_url: maskedDatabaseUrl(config.database_url) }), principals: config.principals.map((each) => ({ ...each, key_sha256: `${each.key_sha256.slice(0, 6)}...` })) };
  return Object.entries(masked).map(([key, value]) => `${key.padEnd(12)} ${JSON.stringify(value)}  (${origins[key]})`).join('\n');
}
