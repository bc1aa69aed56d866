/** Where a seller answered differently over MCP and over A2A, in the data of a report and for people. */
import type { JsonObject } from '../json/object.ts';
import { showId, showText } from './quote.ts';
import type { Redactor } from './redact.ts';
import type { RunRecord } from './run-record.ts';

const MAX_LINES = 40;

export function transportDifferences({ transportDifferences: found }: RunRecord, redact: Redactor): readonly JsonObject[] {
  return found.flatMap(({ storyboard_id, differences }) => differences.map(({ step, at, mcp, a2a }) => ({
    storyboard_id, step, at: redact.text(at), mcp: mcp === null ? null : redact.text(mcp), a2a: a2a === null ? null : redact.text(a2a),
  })));
}

/** One line a difference; nothing when the run was over one transport. */
export function transportLines({ run, transportDifferences: found }: RunRecord): readonly string[] {
  if (run?.transport !== 'both') return [];
  const lines = found.flatMap(({ storyboard_id: id, differences }) => differences.map(
    ({ step, at, mcp, a2a }) => `differs   ${showId(`${id}#${step}`)} at ${at === '' ? 'the whole' : at}: MCP ${shown(mcp)}, A2A ${shown(a2a)}`
  ));
  if (lines.length === 0) return ['transport the answers over MCP and A2A differ nowhere'];
  const more = lines.length - MAX_LINES;
  return [...lines.slice(0, MAX_LINES), ...(more > 0 ? [`          and ${more} more: see transport_differences of the JSON report`] : [])];
}

const shown = (value: string | null): string => (value === null ? 'nothing' : value === '' ? 'none' : showText(value));
