/** Which of several agents a step talks to. With a single one, every step talks to that. */
import type { Credential } from '../credential.ts';
import { claims } from '../plan/select-storyboards.ts';
import type { SellerProfile } from '../seller.ts';
import type { Step, Storyboard } from '../storyboard.ts';
import { protocolOf } from '../task-protocols.ts';
import type { Agent } from './agent.ts';
import { resolveTask } from './resolve-task.ts';
import type { RunEnvironment, ScenarioMemory } from './run-environment.ts';

/** An agent that the operator named with `--agent`. */
export interface NamedAgent {
  readonly key: string;
  readonly agent: Agent;
  readonly profile: SellerProfile;
  readonly scenarios: ScenarioMemory;
}

export type Route =
  | { readonly kind: 'agent'; readonly env: RunEnvironment }
  | { readonly kind: 'unrouted'; readonly code: 'unrouted_step' | 'default_agent_unresolved'; readonly problem: string };

/**
 * The environment in which a step runs: the agent that it names; the only one that claims the protocol of its task; the storyboard's
 * default; the run's own.
 */
export function routeOf(step: Step, kit: unknown, storyboard: Storyboard, env: RunEnvironment): Route {
  if (env.agents.size === 0) return { kind: 'agent', env };
  if (step.agent !== undefined) return named(step.agent, env, 'unrouted_step');
  const resolved = resolveTask(step, kit, env.profile);
  return routeTask(resolved.kind === 'task' ? resolved.task : step.task, storyboard, env);
}

/** The same for a step that watches for webhooks: the agent that it names, else the one that was sent what triggers them. */
export function routeOfWatch(step: Step, trigger: Step | undefined, kit: unknown, storyboard: Storyboard, env: RunEnvironment): Route {
  return routeOf(step.agent === undefined && trigger !== undefined ? trigger : step, kit, storyboard, env);
}

/** The same for a task that no step names an agent for. */
export function routeTask(task: string, storyboard: Storyboard, env: RunEnvironment): Route {
  if (env.agents.size === 0) return { kind: 'agent', env };
  const protocol = protocolOf(task);
  const claimants = protocol === undefined ? [] : everyone(env).filter(({ profile }) => claims(profile, 'supported_protocols').includes(protocol));
  if (claimants.length > 1)
    return {
      kind: 'unrouted', code: 'unrouted_step',
      problem: `could go to ${claimants.map(({ key }) => key).join(' or ')}, which all claim ${protocol}: the step names no agent`,
    };
  if (claimants[0] !== undefined) return { kind: 'agent', env: under(claimants[0], env) };
  return storyboard.default_agent === undefined || env.policy.defaultAgent === 'ignored'
    ? { kind: 'agent', env }
    : named(storyboard.default_agent, env, 'default_agent_unresolved');
}

function named(key: string, env: RunEnvironment, code: 'unrouted_step' | 'default_agent_unresolved'): Route {
  const found = env.agents.get(key);
  return found === undefined
    ? { kind: 'unrouted', code, problem: `names the agent ${JSON.stringify(key)}, which is none of ${[...env.agents.keys()].join(', ')}` }
    : { kind: 'agent', env: under(found, env) };
}

/** The named agents, and the seller itself unless it is one of them. */
function everyone(env: RunEnvironment): readonly NamedAgent[] {
  const all = [...env.agents.values()];
  return all.some(({ agent }) => agent.url === env.agent.url) ? all : [{ key: 'the seller', ...env }, ...all];
}

const under = ({ agent, profile, scenarios }: NamedAgent, env: RunEnvironment): RunEnvironment => ({ ...env, agent, profile, scenarios });

/**
 * An agent with a credential of its own. Whatever would go out in the name of the run, or as one of its secrets, goes out under that
 * instead; credentials that a step makes up stay.
 */
export function withCredential(agent: Agent, own: Credential, secrets: ReadonlySet<string>): Agent {
  return {
    url: agent.url, transport: agent.transport,
    introduce: () => agent.introduce(own), call: (task, args, _credential, conversation) => agent.call(task, args, own, conversation),
    probe: (task, args, credential) => agent.probe(task, args, credential.kind === 'bearer' && secrets.has(credential.token) ? own : credential),
    isListening: () => agent.isListening(), close: () => agent.close(),
  };
}
