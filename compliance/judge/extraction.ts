import { isObject, own } from '../json/object.ts';
import type { Extraction } from '../step-report.ts';

/** The AdCP payload of a tool result, and by which way it was found. */
export interface ExtractedPayload {
  readonly payload: unknown;
  readonly extraction: Extraction;
  /** The result was marked as an error by MCP. */
  readonly isError: boolean;
}

/** Takes the payload out of a tool result. Structured content wins over text; text must be a JSON object. */
export function extractPayload(result: unknown): ExtractedPayload {
  const structured = own(result, 'structuredContent');
  const texts = textBlocks(result);
  if (own(result, 'isError') === true) return { payload: errorPayload(structured, texts), extraction: { path: 'error' }, isError: true };
  if (structured !== undefined && structured !== null)
    return { payload: structured, extraction: { path: 'structured_content' }, isError: false };
  const parsed = texts.map(parseObject).find((each) => each !== undefined);
  if (parsed !== undefined) return { payload: parsed, extraction: { path: 'text_fallback' }, isError: false };
  return {
    payload: { status: 'failed', errors: [{ code: 'invalid_response', synthetic: true }] },
    extraction: { path: 'none', note: 'neither structuredContent nor a text block that holds a JSON object' }, isError: false,
  };
}

function errorPayload(structured: unknown, texts: readonly string[]): unknown {
  if (structured !== undefined && structured !== null) return structured;
  const parsed = texts.map(parseObject).find((each) => typeof own(own(each, 'adcp_error'), 'code') === 'string');
  return parsed ?? { adcp_error: { code: 'mcp_error', message: texts.join('\n'), synthetic: true } };
}

function textBlocks(result: unknown): readonly string[] {
  const content = own(result, 'content');
  if (!Array.isArray(content)) return [];
  return content.flatMap(
    (block) => (own(block, 'type') === 'text' && typeof own(block, 'text') === 'string' ? [own(block, 'text') as string] : [])
  );
}

function parseObject(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
