/** Small agents that speak just enough A2A for a test, over real HTTP on loopback. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { listening } from './listening.ts';

type Json = Record<string, unknown>;

/** What a skill answers: an AdCP payload, or something that is none. */
export type SkillAnswer =
  | Json
  /** The result of JSON-RPC as it goes on the wire. */
  | { readonly $result: unknown }
  | { readonly $rpcError: { readonly code: number; readonly message: string; readonly data?: unknown } }
  /** The task has this state, and this payload once it is asked about `polls` times. */
  | { readonly $later: { readonly state: string; readonly polls: number; readonly payload: Json } }
  | { readonly $state: string; readonly payload?: Json; readonly text?: string }
  | { readonly $http: (response: ServerResponse) => void };

export type Skill = (input: Json, call: SkillCall) => SkillAnswer;

export interface SkillCall {
  readonly skill: string;
  readonly input: Json;
  readonly headers: IncomingMessage['headers'];
  readonly contextId: string;
}

export interface A2aManner {
  /** Version that the card offers: 1.0 by default. */
  readonly version?: '1.0' | '0.3';
  readonly token?: string;
  /** Names conversations anew whatever the client says. */
  readonly forgetful?: boolean;
  /** Stands in for the card. */
  readonly card?: (origin: string) => unknown;
  readonly intercept?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

export interface TestA2aAgent {
  readonly url: string;
  readonly calls: readonly SkillCall[];
  readonly methods: readonly string[];
  close(): Promise<void>;
}

export async function startA2aAgent(skills: Readonly<Record<string, Skill>>, manner: A2aManner = {}): Promise<TestA2aAgent> {
  const agent = new ScriptedA2aAgent(skills, manner);
  const server = await listening((request, response) => {
    if (manner.intercept?.(request, response) === true) return;
    let body = '';
    request.on('data', (chunk: Buffer) => { body += chunk.toString(); });
    request.on('end', () => agent.answer(request, response, body, `http://${request.headers.host}`));
  });
  return { url: `${server.origin}/a2a`, calls: agent.calls, methods: agent.methods, close: server.close };
}

class ScriptedA2aAgent {
  readonly calls: SkillCall[] = [];
  readonly methods: string[] = [];
  readonly #skills: Readonly<Record<string, Skill>>;
  readonly #manner: A2aManner;
  readonly #waiting = new Map<string, { left: number; readonly payload: Json; readonly state: string; readonly contextId: string }>();

  constructor(skills: Readonly<Record<string, Skill>>, manner: A2aManner) {
    this.#skills = skills;
    this.#manner = manner;
  }

  answer(request: IncomingMessage, response: ServerResponse, body: string, origin: string): void {
    const { token } = this.#manner;
    if (request.method === 'GET') {
      const card = request.url === '/.well-known/agent-card.json' ? this.#manner.card?.(origin) ?? this.#card(origin) : undefined;
      response.writeHead(card === undefined ? 404 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(card));
    } else if (token !== undefined && request.headers.authorization !== `Bearer ${token}`)
      response.writeHead(401, { 'www-authenticate': 'Bearer realm="test"', 'content-type': 'application/json' }).end('{}');
    else this.#call(request, response, JSON.parse(body) as { id: number; method: string; params: Json });
  }

  #card(origin: string): Json {
    const skills = Object.keys(this.#skills).map((id) => ({ id, name: id, description: id, tags: [] }));
    const common = { name: 'test', description: 'test', version: '1', skills, defaultInputModes: [], defaultOutputModes: [], capabilities: {} };
    return this.#manner.version === '0.3'
      ? { ...common, protocolVersion: '0.3.0', url: `${origin}/a2a`, preferredTransport: 'JSONRPC' }
      : { ...common, supportedInterfaces: [{ url: `${origin}/a2a`, protocolBinding: 'JSONRPC', protocolVersion: '1.0', tenant: '' }] };
  }

  #call(request: IncomingMessage, response: ServerResponse, message: { id: number; method: string; params: Json }): void {
    this.methods.push(message.method);
    const say = (outcome: Json): void => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ jsonrpc: '2.0', id: message.id, ...outcome }));
    };
    if (message.method === 'GetTask' || message.method === 'tasks/get') {
      say({ result: this.#waited(String(message.params['id'])) });
      return;
    }
    const sent = message.params['message'] as { contextId?: string; parts: readonly { data: Json }[] };
    const { skill, input, parameters } = sent.parts[0]!.data as { skill: string; input?: Json; parameters?: Json };
    const contextId = this.#manner.forgetful !== true && sent.contextId ? sent.contextId : `context-${this.calls.length + 1}`;
    const call = { skill, input: (this.#manner.version === '0.3' ? parameters : input) ?? {}, headers: request.headers, contextId };
    const given: SkillAnswer = this.#skills[skill]?.(call.input, call) ?? { $rpcError: { code: -32602, message: `Unknown skill: ${skill}` } };
    this.calls.push(call);
    if ('$http' in given) (given as { $http: (response: ServerResponse) => void }).$http(response);
    else if ('$rpcError' in given) say({ error: given['$rpcError'] });
    else if ('$result' in given) say({ result: given['$result'] });
    else say({ result: this.#wrapped(this.#taskOf(given, contextId)) });
  }

  #taskOf(given: SkillAnswer, contextId: string): Json {
    const id = `task-${this.calls.length}`;
    if ('$later' in given) {
      const { state, polls, payload } = given['$later'] as { state: string; polls: number; payload: Json };
      this.#waiting.set(id, { left: polls, payload, state, contextId });
      return this.#task(id, contextId, state);
    }
    if ('$state' in given) {
      const { $state: state, payload, text } = given as { $state: string; payload?: Json; text?: string };
      return this.#task(id, contextId, state, payload, text);
    }
    return this.#task(id, contextId, 'completed', given as Json);
  }

  #waited(id: string): Json {
    const task = this.#waiting.get(id)!;
    task.left -= 1;
    return task.left > 0 ? this.#task(id, task.contextId, task.state) : this.#task(id, task.contextId, 'completed', task.payload);
  }

  #wrapped(task: Json): Json {
    return this.#manner.version === '0.3' ? task : { task };
  }

  #task(id: string, contextId: string, state: string, payload?: Json, text?: string): Json {
    const old = this.#manner.version === '0.3';
    const parts = payload === undefined ? [] : [{ ...(old && { kind: 'text' }), text: 'here it is' }, { ...(old && { kind: 'data' }), data: payload }];
    const adcpId = payload?.['task_id'];
    const message = { messageId: 'm', role: old ? 'agent' : 'ROLE_AGENT', parts: [{ ...(old && { kind: 'text' }), text }], ...(old && { kind: 'message' }) };
    return {
      ...(old && { kind: 'task' }), id, contextId,
      status: { state: old ? state : `TASK_STATE_${state.toUpperCase().replaceAll('-', '_')}`, ...(text !== undefined && { message }) },
      artifacts: parts.length === 0 ? [] : [{ artifactId: 'a', parts, ...(adcpId !== undefined && { metadata: { adcp_task_id: adcpId } }) }],
    };
  }
}
