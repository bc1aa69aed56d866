/** Which calls have to be signed (AdCP's profile of RFC 9421 for requests), as the operator says and capabilities declare. */
import type { DigestPolicy } from '../protocol/signatures/profile.ts';

/** The block `request_signing` of capabilities, less `supported`. Tasks by name; methods are those of the transport: `tasks/cancel`. */
export interface SigningPolicy {
  readonly covers_content_digest: DigestPolicy;
  readonly required_for: readonly string[];
  readonly warn_for: readonly string[];
  readonly supported_for: readonly string[];
  readonly protocol_methods_required_for: readonly string[];
  readonly protocol_methods_warn_for: readonly string[];
  readonly protocol_methods_supported_for: readonly string[];
}

export type Operation = { readonly kind: 'task'; readonly name: string; readonly request: unknown } | { readonly kind: 'method'; readonly name: string };

/**
 * What a signature means to an operation: it must be there and good; it is looked at, and only told of when it is bad; it must be
 * good if it is there; it is not looked at.
 */
export type Posture = 'required' | 'warned' | 'supported' | 'ignored';

const STRICTEST: readonly Posture[] = ['required', 'warned', 'supported', 'ignored'];

/** The strictest posture of all operations that a message asks for. */
export function postureOf(policy: SigningPolicy, operations: readonly Operation[]): Posture {
  const postures = operations.map((operation) => (operation.kind === 'task' && registersSecret(operation.request) ? 'required' : listed(policy, operation)));
  return STRICTEST.find((posture) => postures.includes(posture)) ?? 'ignored';
}

function listed(policy: SigningPolicy, { kind, name }: Operation): Posture {
  const lists = kind === 'task'
    ? { required: policy.required_for, warned: policy.warn_for, supported: policy.supported_for }
    : { required: policy.protocol_methods_required_for, warned: policy.protocol_methods_warn_for, supported: policy.protocol_methods_supported_for };
  return (['required', 'warned', 'supported'] as const).find((posture) => lists[posture].includes(name)) ?? 'ignored';
}

/**
 * Whether a request hands over the secret that a webhook is to prove itself with. Who could slip one in would have what the seller
 * tells sent to an address of their own, in the name of the buyer: such a request is taken with a signature only.
 */
function registersSecret(request: unknown): boolean {
  const accounts = membersOf(request)['accounts'];
  const configs = Array.isArray(accounts) ? accounts.flatMap((account) => { const given = membersOf(account)['notification_configs']; return Array.isArray(given) ? given : []; }) : [];
  return [membersOf(request)['push_notification_config'], ...configs].some((config) => (membersOf(config)['authentication'] ?? undefined) !== undefined);
}

const membersOf = (value: unknown): Readonly<Record<string, unknown>> =>
  (typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : {});

/** The first flaw of a policy, as the schema of capabilities sees it. @param tasks what is served */
export function policyFlaw(policy: SigningPolicy, tasks: ReadonlySet<string>): string | undefined {
  for (const list of ['required_for', 'warn_for', 'supported_for'] as const) {
    const unknown = policy[list].find((name) => !tasks.has(name));
    if (unknown !== undefined) return `${list} names ${JSON.stringify(unknown)}, which is no task that is served`;
  }
  for (const prefix of ['', 'protocol_methods_'] as const) {
    const { required, warned, supported } = {
      required: policy[`${prefix}required_for`], warned: policy[`${prefix}warn_for`], supported: policy[`${prefix}supported_for`],
    };
    const both = warned.find((name) => required.includes(name));
    if (both !== undefined) return `${both} stands in ${prefix}warn_for, and in ${prefix}required_for`;
    const unsupported = [...required, ...warned].find((name) => !supported.includes(name));
    if (unsupported !== undefined) return `${prefix}supported_for does not name ${unsupported}, which is to be signed`;
  }
  return undefined;
}
