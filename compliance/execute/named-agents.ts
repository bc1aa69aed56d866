/** The agents that the operator named beside the seller, each discovered before anything is planned. */
import type { Credential } from '../credential.ts';
import { type Discovery, discover } from './discover.ts';
import type { Agent } from './agent.ts';
import { type NamedAgent, withCredential } from './routing.ts';

export interface AgentAddress {
  /** As storyboards name it: `sales`. */
  readonly key: string;
  readonly url: string;
  readonly token?: string;
}

export type NamedAgents =
  | { readonly kind: 'discovered'; readonly agents: ReadonlyMap<string, NamedAgent> }
  | Extract<Discovery, { kind: 'failed' }>;

export interface NamedAgentTools {
  readonly connect: (url: string) => Agent;
  /** What the seller itself is asked with. */
  readonly credential: Credential;
  readonly sellerUrl: string;
  /** Tokens of the run: none of them goes to another origin than the seller's. */
  readonly secrets: ReadonlySet<string>;
  readonly adcpVersion: string;
}

export async function discoverNamed(addresses: readonly AgentAddress[], tools: NamedAgentTools): Promise<NamedAgents> {
  const agents = new Map<string, NamedAgent>();
  for (const address of addresses) {
    const agent = credentialed(tools.connect(address.url), address, tools);
    const found = await discover(agent, tools.credential, tools.adcpVersion);
    if (found.kind === 'failed')
      return { ...found, failure: { ...found.failure, message: `agent ${address.key}: ${found.failure.message}` } };
    agents.set(address.key, { key: address.key, agent, profile: found.profile, scenarios: {} });
  }
  return { kind: 'discovered', agents };
}

/** An agent without a token of its own gets the run's at the seller's origin, and none elsewhere. */
function credentialed(agent: Agent, { url, token }: AgentAddress, { sellerUrl, secrets }: NamedAgentTools): Agent {
  if (token !== undefined) return withCredential(agent, { kind: 'bearer', token }, secrets);
  return new URL(url).origin === new URL(sellerUrl).origin ? agent : withCredential(agent, { kind: 'none' }, secrets);
}
