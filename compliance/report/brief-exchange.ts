import { jsonEquals } from '../json/equality.ts';
import { isObject, type JsonObject } from '../json/object.ts';
import type { StepReport } from '../step-report.ts';
import type { Redactor } from './redact.ts';
import { exchangeOf } from './step-result.ts';

const SAME = '[the same as structuredContent]';

/** The exchange of a step for people: MCP sends most payloads twice, as a structure and as text; where both say the same, once is enough. */
export function briefExchange(report: StepReport, redact: Redactor): JsonObject {
  const exchange = exchangeOf(report, redact);
  const { response } = exchange;
  return isObject(response) ? { ...exchange, response: { ...response, payload: withoutTwin(response['payload']) } } : exchange;
}

function withoutTwin(result: unknown): unknown {
  if (!isObject(result) || result['structuredContent'] === undefined || !Array.isArray(result['content'])) return result;
  const content = result['content'].map((block: unknown) => (
    isObject(block) && typeof block['text'] === 'string' && says(block['text'], result['structuredContent']) ? { ...block, text: SAME } : block
  ));
  return { ...result, content };
}

function says(text: string, structure: unknown): boolean {
  try {
    return jsonEquals(JSON.parse(text), structure);
  } catch {
    return false;
  }
}
