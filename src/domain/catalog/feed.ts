/** Reads the feed of a catalogue into items (seller specification §2.17). */
import { malformedText } from '../../protocol/well-formed.ts';
import type { Catalog } from '../../protocol/wire/core/catalog.ts';
import { inAdcpTerms } from './feed-dialects.ts';
import { mappedItem } from './feed-mapping.ts';
import { separatedRecords } from './feed-separated.ts';
import { xmlRecords } from './feed-xml.ts';
import type { CatalogItem } from './item-ids.ts';

/** What was fetched. */
export interface FeedText {
  readonly text: string;
  /** As the server calls it; may be wrong, and is believed only when the text does not tell. */
  readonly content_type: string;
}

export type FeedReading =
  | { readonly kind: 'items'; readonly items: readonly CatalogItem[] }
  /** `reason` is fit for the buyer's eyes, and repeats nothing of the feed. */
  | { readonly kind: 'unreadable'; readonly reason: string };

const MOST_DEPTH = 16;

/** Members under which documents in JSON keep their records. */
const LISTS = ['items', 'products', 'offerings', 'jobs', 'listings', 'entries', 'data', 'catalog'];

/** The records of a feed in the terms of AdCP: mapped as the buyer says, else by the format's own names, else as they are. */
export function readFeed(feed: FeedText, catalog: Pick<Catalog, 'type' | 'feed_format' | 'feed_field_mappings'>): FeedReading {
  const found = records(feed);
  if (found.kind === 'unreadable') return found;
  const deep = found.items.findIndex((item) => isDeeper(item, MOST_DEPTH));
  if (deep >= 0) return unreadable(`item ${deep} of the feed is nested more than ${MOST_DEPTH} deep`);
  if (malformedText({ items: found.items }) !== undefined) return unreadable('a text of the feed is no Unicode text: it holds half of a surrogate pair');
  const { feed_field_mappings: mappings, feed_format } = catalog;
  const items = found.items.map((record) => {
    const told = inAdcpTerms(record, feed_format);
    return mappings ? mappedItem(record, told, mappings) : told;
  });
  return { kind: 'items', items };
}

/** Whether something is nested deeper than it may be; looks no further than that. */
function isDeeper(value: unknown, most: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return most === 0 || Object.values(value).some((each) => isDeeper(each, most - 1));
}

function records({ text, content_type }: FeedText): FeedReading {
  const body = text.replace(/^\uFEFF/, '').trimStart();
  if (body === '') return unreadable('the feed is empty');
  if (body.startsWith('<')) return xmlRecords(body);
  if (body.startsWith('{') || body.startsWith('[')) return jsonRecords(body);
  if (content_type.includes('html')) return unreadable('the address leads to a page, not to a feed');
  return separatedRecords(body);
}

function jsonRecords(body: string): FeedReading {
  const whole = parsed(body);
  if (whole !== undefined) return listed(whole);
  // One document a line, as some feeds of products come.
  const lines = body.split(/\r?\n/).filter((line) => line.trim() !== '').map(parsed);
  return lines.length > 1 && lines.every(isRecord) ? { kind: 'items', items: lines } : unreadable('the feed is not JSON');
}

function listed(document: unknown): FeedReading {
  const list = Array.isArray(document) ? document : isRecord(document) ? LISTS.map((name) => document[name]).find(Array.isArray) : undefined;
  if (list === undefined) return unreadable(`the feed holds no list of items; they stand at its top, or under one of ${LISTS.join(', ')}`);
  const stray = list.findIndex((item) => !isRecord(item));
  return stray < 0 ? { kind: 'items', items: list as CatalogItem[] } : unreadable(`item ${stray} of the feed is no object`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is CatalogItem => typeof value === 'object' && value !== null && !Array.isArray(value);
const unreadable = (reason: string): FeedReading => ({ kind: 'unreadable', reason });
