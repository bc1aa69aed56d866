/** When a receiver has to refuse a request for not being signed. */
import { isObject, type JsonObject, own } from '../../json/object.ts';
import type { SignedMessage } from '../signatures/message.ts';
import type { SignatureProfile } from '../signatures/profile.ts';

/** The block `request_signing` of a receiver's capabilities. */
export interface SigningCapability {
  readonly supported: boolean;
  readonly covers_content_digest?: SignatureProfile['digest'];
  /** Tasks of AdCP. */
  readonly required_for?: readonly string[];
  /** Methods of the transport: `tasks/cancel`. */
  readonly protocol_methods_required_for?: readonly string[];
}

/**
 * Whether a receiver with this capability takes the request only with a signature: its task or its transport method is named, or it
 * registers a webhook with credentials, which whoever can inject a request could otherwise redirect.
 */
export function requiresSignature(message: SignedMessage, capability: SigningCapability): boolean {
  if (!capability.supported) return false;
  const body = jsonBody(message);
  const method = body['method'];
  if (typeof method === 'string' && body['jsonrpc'] === '2.0' && capability.protocol_methods_required_for?.includes(method) === true) return true;
  const call = method === 'tools/call' && isObject(body['params']) ? body['params'] : undefined;
  const task = call === undefined ? message.url.replace(/[?#].*$/s, '').split('/').at(-1)! : String(call['name']);
  const request = call === undefined ? body : call['arguments'];
  return capability.required_for?.includes(task) === true || own(own(request, 'push_notification_config'), 'authentication') !== undefined;
}

function jsonBody({ body }: SignedMessage): JsonObject {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    return isObject(parsed) ? parsed : {};
  } catch {
    return {};
  }
}
