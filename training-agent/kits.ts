/**
 * The callers of a sandbox. A kit is a fictional advertiser of AdCP's official test harness, which authenticates with
 * `demo-<kit>-<anything>`: the ending changes from release to release, so only the beginning counts. The names are the
 * harness's; nothing else of the seller knows them.
 */
import type { Brand } from '../src/domain/account.ts';
import type { Principal } from '../src/domain/caller.ts';

export interface Kit {
  /** Between `demo-` and the next dash of a token. */
  readonly name: string;
  readonly mode: Principal['mode'];
  /** The advertiser's own brand: what its first account is for. */
  readonly brand?: Brand;
  /** Billing parties that this caller may use; absent: all that are offered. */
  readonly billing?: readonly string[];
}

const ACME: Brand = { domain: 'acmeoutdoor.example' };

export const KITS: readonly Kit[] = [
  { name: 'acme-outdoor', mode: 'sandbox', brand: ACME },
  // A live caller on a sandbox server: proves that the test controller refuses it.
  { name: 'acme-outdoor-live', mode: 'live' },
  // An agent that only passes invoices on to its clients: proves that billing the agent itself is refused.
  { name: 'billing-passthrough', mode: 'sandbox', brand: ACME, billing: ['operator', 'advertiser'] },
  { name: 'nova-motors', mode: 'sandbox', brand: { domain: 'novamotors.example' } },
  { name: 'bistro-oranje', mode: 'sandbox', brand: { domain: 'bistro-oranje.example' } },
  { name: 'osei-natural', mode: 'sandbox', brand: { domain: 'oseinatural.example' } },
  { name: 'summit-foods', mode: 'sandbox', brand: { domain: 'summitfoods.example' } },
];

/** What is printed for a person who tries the server. */
export const DEMO_TOKEN = 'demo-acme-outdoor-v1';

const prefix = (kit: Kit): string => `demo-${kit.name}-`;

/** The kit that a bearer token belongs to: the longest name wins, because one may begin with another. */
export function kitOfToken(token: string): Kit | undefined {
  return KITS.filter((kit) => token.startsWith(prefix(kit)) && token.length > prefix(kit).length)
    .sort((a, b) => b.name.length - a.name.length)[0];
}

/** Between a kit and a session in a principal's id. */
const SESSION_MARK = '/';

/** @param session keeps what one test run does apart from every other run's */
export const principalIdOf = (kit: Kit, session?: string): string => (session === undefined ? kit.name : `${kit.name}${SESSION_MARK}${session}`);

/** The kit behind a principal of a sandbox. */
export const kitOfPrincipal = (principal_id: string): Kit | undefined => KITS.find((kit) => kit.name === principal_id.split(SESSION_MARK)[0]);
