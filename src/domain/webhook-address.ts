/** Where a buyer may have itself called: only over TLS, or a sandbox on its own machine. What an address leads to is seen when it is called. */

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** What is wrong with an address; undefined when it may be tried. */
export function webhookAddressFlaw(url: string, sandbox: boolean): string | undefined {
  const parsed = URL.parse(url);
  if (parsed === null) return 'is no URL';
  if (parsed.protocol === 'https:' || (sandbox && parsed.protocol === 'http:' && LOOPBACK.includes(parsed.hostname))) return undefined;
  return 'must begin with https://';
}

interface Addressed {
  readonly push_notification_config?: { readonly url?: unknown };
  readonly reporting_webhook?: { readonly url?: unknown };
}

/** The first address of a request that will never be called, with its path. */
export function requestAddressFlaw(request: Addressed, sandbox: boolean): { readonly field: string; readonly message: string } | undefined {
  for (const member of ['push_notification_config', 'reporting_webhook'] as const) {
    const url = request[member]?.url;
    const flaw = typeof url === 'string' ? webhookAddressFlaw(url, sandbox) : undefined;
    if (flaw) return { field: `${member}.url`, message: `${member}.url ${flaw}` };
  }
  return undefined;
}
