import { own } from '../../json/object.ts';
import { type CheckFunction, failed, PASSED } from './check.ts';

/** Passes when `resource` of OAuth's protected-resource metadata is the seller's own URL, path included. */
export const resourceEqualsAgentUrl: CheckFunction = (_authored, { data, agentUrl }) => {
  const resource = own(data, 'resource');
  const same = typeof resource === 'string' && normalized(resource) !== undefined && normalized(resource) === normalized(agentUrl);
  return same
    ? PASSED
    : failed('resource', 'is not the URL of the agent', { json_pointer: '/resource', expected: agentUrl, actual: resource ?? null });
};

/** Scheme and host in lower case, default port dropped; the path counts as written. */
function normalized(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).href : undefined;
}
