/** Web sites that may report events of a source: registered by domain, which stands for its subdomains too. */

const HOST = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i;

/** A bare host name: no scheme, port or path. */
export const isDomain = (text: string): boolean => HOST.test(text);

/** A URL without a host that can exist, such as `http://999.1.1.1/`, lies in no domain. */
export function mayReport(url: string, domains: readonly string[]): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return domains.some((domain) => hostname === domain.toLowerCase() || hostname.endsWith(`.${domain.toLowerCase()}`));
}
