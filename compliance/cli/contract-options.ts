/** The flags of `storyboard run` for special contracts. */
import type { Command } from 'commander';
import type { ContractSettings } from '../contracts/contract-scope.ts';
import { UsageError } from './io.ts';

/** As commander hands them over. */
export interface ContractFlags {
  /** False: no receiver, even where one could be reached. */
  readonly webhooks: boolean;
  readonly webhookUrl?: string;
  readonly webhookPort?: string;
  readonly webhookEndpoint?: string;
  readonly tripRateLimits?: boolean;
  readonly signingTransport: string;
  readonly contract?: readonly string[];
}

export function withContractOptions(command: Command): Command {
  return command
    .option('--webhook-url <url>', 'public https URL that leads to the webhook receiver (default: loopback, for a seller on loopback)')
    .option('--webhook-port <port>', 'port of the webhook receiver on 127.0.0.1 (default: any free one)')
    .option('--no-webhooks', 'start no webhook receiver: what needs one is skipped')
    .option('--webhook-endpoint <url>', 'where the seller itself takes webhooks: published ones are replayed to it')
    .option('--trip-rate-limits', 'let steps drive the seller into its limits (a sandbox only: it disturbs whoever else uses it)')
    .option('--signing-transport <mcp|raw>', 'how request-signing vectors travel: as tool calls, or to the paths they are written for', 'mcp')
    .option('--contract <id>', 'contract of a test kit whose surroundings are set up, distributed_brand_runner (repeatable)',
      (value: string, earlier: readonly string[] | undefined) => [...(earlier ?? []), value]);
}

/** @param host where the seller is reached, after what stands in for it */
export function contractSettings(flags: ContractFlags, host: string): ContractSettings {
  const { signingTransport: transport } = flags;
  if (transport !== 'mcp' && transport !== 'raw')
    throw new UsageError(`--signing-transport ${JSON.stringify(transport)} is unknown: write mcp or raw`);
  const webhooks = receiver(flags, host);
  return {
    tripRateLimits: flags.tripRateLimits === true, signingTransport: transport, declared: flags.contract ?? [],
    ...(webhooks !== undefined && { webhooks }),
    ...(flags.webhookEndpoint !== undefined && { replayEndpoint: httpUrl('--webhook-endpoint', flags.webhookEndpoint).href }),
  };
}

/** Only a seller on this machine reaches a receiver on loopback; another one needs a public URL. */
function receiver({ webhooks, webhookUrl: url, webhookPort: port }: ContractFlags, host: string): ContractSettings['webhooks'] {
  if (!webhooks && (url ?? port) !== undefined) throw new UsageError('--no-webhooks contradicts --webhook-url and --webhook-port');
  if (!webhooks || (url === undefined && !isLoopback(host) && port === undefined)) return undefined;
  const publicUrl = url === undefined ? undefined : httpUrl('--webhook-url', url);
  if (publicUrl !== undefined && publicUrl.protocol !== 'https:' && !isLoopback(publicUrl.hostname))
    throw new UsageError('--webhook-url has to be https: sellers deliver to nothing else');
  return { port: port === undefined ? 0 : portNumber(port), ...(publicUrl !== undefined && { publicUrl: publicUrl.href }) };
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageError(`--webhook-port ${JSON.stringify(text)} is no port`);
  return port;
}

function httpUrl(flag: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '')
    throw new UsageError(`${flag} ${JSON.stringify(text)} is no URL: write it as https://judge.example/hooks`);
  return url;
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
