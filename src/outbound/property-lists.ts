import type { Clock } from '../domain/ports/clock.ts';
import type { PropertyIdentifier, PropertyLists } from '../domain/ports/property-lists.ts';
import type { ListRef } from '../protocol/wire/core/targeting.ts';
import type { AgentAnswer, AgentCall } from './agent-caller.ts';

/** How long a list is believed that does not say itself, and one that could not be read is not asked for again. */
const BELIEVED_MS = 5 * 60_000;
const LONGEST_MS = 24 * 3_600_000;
const UNREAD_MS = 30_000;
/** At most this many entries are read of a list, in pages of as many as its agent may give at once. */
const PAGE = 10_000;
const PAGES = 10;
/** How many lists are remembered; the one that was read longest ago is forgotten first. */
const REMEMBERED = 500;

interface Remembered {
  readonly until: number;
  readonly identifiers: Promise<readonly PropertyIdentifier[] | undefined>;
}

/** Asks the agents that keep the lists (`get_property_list`), and remembers what they said as long as they say it holds. */
export function askedPropertyLists(call: (call: AgentCall) => Promise<AgentAnswer>, clock: Pick<Clock, 'now'>): PropertyLists {
  const known = new Map<string, Remembered>();
  return {
    identifiers(list) {
      const key = JSON.stringify([list.agent_url, list.list_id, list.auth_token]);
      const now = clock.now().getTime();
      const before = known.get(key);
      if (before && before.until > now) return before.identifiers;
      const remember = (until: number, identifiers: Remembered['identifiers']) => {
        known.delete(key);
        known.set(key, { until, identifiers });
        if (known.size > REMEMBERED) known.delete(known.keys().next().value!);
      };
      const reading = readList(list, call);
      const identifiers = reading.then((read) => {
        remember(now + (read === undefined ? UNREAD_MS : believed(read, now)), identifiers);
        return read?.identifiers;
      });
      remember(now + UNREAD_MS, identifiers);
      return identifiers;
    },
  };
}

const believed = ({ valid_until = '' }: ReadList, now: number): number => Math.min(Math.max(Date.parse(valid_until) - now || BELIEVED_MS, 0), LONGEST_MS);

interface ReadList {
  readonly identifiers: readonly PropertyIdentifier[];
  readonly valid_until?: string;
}

/** The whole list, or nothing: a part of a list would exclude what is on the rest of it. */
async function readList({ agent_url, list_id, auth_token }: ListRef, call: (call: AgentCall) => Promise<AgentAnswer>): Promise<ReadList | undefined> {
  const identifiers: PropertyIdentifier[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const request = { list_id, resolve: true, pagination: { max_results: PAGE, ...(cursor === undefined ? {} : { cursor }) } };
    const answered = await call({ agent_url, tool: 'get_property_list', request, ...(auth_token === undefined ? {} : { token: auth_token }) });
    if (answered.kind !== 'answer' || !Array.isArray(answered.document['identifiers'])) return undefined;
    identifiers.push(...answered.document['identifiers'].filter(isIdentifier));
    const { has_more, cursor: next } = (answered.document['pagination'] ?? {}) as { has_more?: unknown; cursor?: unknown };
    const valid_until = answered.document['cache_valid_until'];
    if (has_more !== true || typeof next !== 'string') return { identifiers, ...(typeof valid_until === 'string' ? { valid_until } : {}) };
    cursor = next;
  }
  return undefined;
}

const isIdentifier = (entry: unknown): entry is PropertyIdentifier => {
  const { type, value } = (entry ?? {}) as { type?: unknown; value?: unknown };
  return typeof type === 'string' && typeof value === 'string';
};
