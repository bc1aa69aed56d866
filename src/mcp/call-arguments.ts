/** A message as the SDK takes it. */
export interface PreparedMessage {
  readonly message: unknown;
  /** It calls a tool with arguments that are no object. */
  readonly malformed: boolean;
}

/**
 * The SDK refuses arguments that are no object in words of its own, before any tool is asked. They are for the tool to refuse, so
 * they are taken out here; `null` is as good as none.
 */
export function prepared(body: unknown): PreparedMessage {
  const { method, params } = body as { readonly method?: unknown; readonly params?: unknown };
  if (method !== 'tools/call' || !isObject(params) || params['arguments'] === undefined || isObject(params['arguments']))
    return { message: body, malformed: false };
  const { arguments: given, ...rest } = params;
  return { message: { ...(body as object), params: rest }, malformed: given !== null };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
