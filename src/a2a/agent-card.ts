/** What the seller says of itself to A2A clients (seller specification §1.11): where it is reached, and a skill for every task. */
import { AgentCard, type AgentSkill } from 'a2a';
import type { Task } from '../protocol/tasks.ts';

export const A2A_VERSION = '1.0';
/** AdCP over A2A; whoever does not activate it does not speak AdCP. */
export const ADCP_EXTENSION = 'https://adcontextprotocol.org/extensions/adcp/v3';

export interface CardFacts {
  readonly version: string;
  /** Who sells. */
  readonly seller: string;
  /** The A2A endpoint, as buyers call it. */
  readonly url: string;
}

export function agentCard(tasks: readonly Task[], { version, seller, url }: CardFacts): AgentCard {
  return {
    name: seller,
    description: `Sells media to software agents over AdCP: ${tasks.length} tasks, each a skill of its name.`,
    version,
    supportedInterfaces: [{ url, protocolBinding: 'JSONRPC', protocolVersion: A2A_VERSION, tenant: '' }],
    provider: undefined,
    capabilities: {
      streaming: false, pushNotifications: false, extendedAgentCard: false,
      extensions: [{ uri: ADCP_EXTENSION, description: 'One data part {skill, input} a message; the answer is the AdCP document', required: true, params: undefined }],
    },
    securitySchemes: { key: { scheme: { $case: 'httpAuthSecurityScheme', value: { description: 'An API key of this seller', scheme: 'Bearer', bearerFormat: '' } } } },
    securityRequirements: [{ schemes: { key: { list: [] } } }],
    defaultInputModes: ['application/json'],
    defaultOutputModes: ['application/json'],
    skills: tasks.map(skillOf),
    signatures: [],
  };
}

/** The card in the form in which it is published. */
export const agentCardDocument = (card: AgentCard): object => AgentCard.toJSON(card) as object;

const skillOf = ({ name, summary, mutating, open }: Task): AgentSkill => ({
  id: name, name, description: summary, tags: ['adcp', mutating ? 'write' : 'read'], examples: [], inputModes: [], outputModes: [],
  securityRequirements: open ? [{ schemes: {} }] : [],
});
