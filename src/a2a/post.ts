/** A2A over HTTP: one POST, one message, one JSON reply, of callers that speak AdCP. */
import type { IncomingMessage } from 'node:http';
import { A2A_VERSION_HEADER, type AgentCard, Extensions, HTTP_EXTENSION_HEADER } from 'a2a';
import { ExtensionSupportRequiredError } from 'a2a/errors';
import { JsonRpcTransportHandler, ServerCallContext, validateVersion } from 'a2a/server';
import type { Principal } from '../domain/caller.ts';
import type { Operation } from '../domain/request-signing.ts';
import { admitting, type AdmitOptions, type Admitted, type Post } from '../http/admit.ts';
import { CORRELATION_HEADER } from '../http/correlation.ts';
import { sendJson } from '../http/rpc-error.ts';
import { isTask, taskOf } from '../protocol/tasks.ts';
import { ADCP_EXTENSION } from './agent-card.ts';
import { CORRELATION, PRINCIPAL, requestHandler, type HandlerOptions } from './request-handler.ts';

export type A2aOptions = AdmitOptions & HandlerOptions;

export function a2aPost(options: A2aOptions): Post {
  const { card } = options;
  const transport = new JsonRpcTransportHandler(requestHandler(options));
  return admitting(options, { needsCredentials: (message) => !invokesOpenSkill(message), callsTask, operations: operationsOf }, async ({ message, principal, correlation_id }, request, response) => {
    const context = contextOf(request, principal, correlation_id);
    const reply = flawOf(context, card) ?? (await transport.handle(message as Record<string, unknown>, context));
    const id = (message as { id?: unknown }).id ?? null;
    const headers = { [CORRELATION_HEADER]: correlation_id, ...(context.activatedExtensions ? { [HTTP_EXTENSION_HEADER]: [...context.activatedExtensions].join(', ') } : {}) };
    const document = reply instanceof Error ? { jsonrpc: '2.0', id, error: JsonRpcTransportHandler.mapToJSONRPCError(reply) } : reply;
    sendJson(response, 200, JSON.stringify(document), headers);
  });
}

/** Methods by the names that AdCP's capabilities know them under: those of A2A before 1.0. */
const METHODS: Readonly<Record<string, string>> = { GetTask: 'tasks/get', ListTasks: 'tasks/list', CancelTask: 'tasks/cancel', SubscribeToTask: 'tasks/resubscribe' };

/** Every skill that a message names is a task of AdCP. */
function operationsOf(message: Admitted['message']): readonly Operation[] {
  const { method, params } = message as { method?: unknown; params?: { message?: { parts?: unknown } } };
  if (typeof method !== 'string') return [];
  if (method !== 'SendMessage') return [{ kind: 'method', name: METHODS[method] ?? method }];
  const parts: unknown = params?.message?.parts;
  const named = Array.isArray(parts) ? parts.flatMap((part: { data?: { skill?: unknown; input?: unknown } } | null) => (part?.data ? [part.data] : [])) : [];
  return named.map(({ skill, input }) => ({ kind: 'task', name: String(skill), request: input }));
}

const callsTask = (message: object): boolean => (message as { method?: unknown }).method === 'SendMessage';

/** Only a message that invokes an open skill may come from anybody. */
function invokesOpenSkill(message: Admitted['message']): boolean {
  const { params } = message as { params?: { message?: { parts?: unknown } } };
  if (!callsTask(message)) return false;
  const parts: unknown = params?.message?.parts;
  return Array.isArray(parts) && parts.every((part: { data?: { skill?: unknown } } | null) => {
    const skill = part?.data?.skill;
    return part?.data === undefined || (typeof skill === 'string' && isTask(skill) && taskOf(skill).open);
  });
}

function contextOf({ headers }: IncomingMessage, principal: Principal | undefined, correlation_id: string): ServerCallContext {
  const header = (name: string) => [headers[name.toLowerCase()] ?? []].flat().join(',') || undefined;
  const version = header(A2A_VERSION_HEADER);
  return new ServerCallContext({
    requestedExtensions: Extensions.parseServiceParameter(header(HTTP_EXTENSION_HEADER)),
    ...(version === undefined ? {} : { requestedVersion: version }),
    state: new Map<string, unknown>([[CORRELATION, correlation_id], ...(principal ? [[PRINCIPAL, principal] as const] : [])]),
  });
}

/** Why a caller cannot be served at all. */
function flawOf(context: ServerCallContext, card: AgentCard): Error | undefined {
  try {
    validateVersion(context.requestedVersion, card, 'JSONRPC');
  } catch (error) {
    return error as Error;
  }
  const speaksAdcp = [...(context.requestedExtensions ?? [])].includes(ADCP_EXTENSION);
  return speaksAdcp ? undefined : new ExtensionSupportRequiredError(`send ${HTTP_EXTENSION_HEADER}: ${ADCP_EXTENSION}`);
}
