/** A collector of traces on loopback: takes OTLP over HTTP with JSON, and remembers the spans. */
import { listening } from './listening.ts';

export interface CollectedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string; readonly intValue?: number } }[];
}

export interface Collector {
  readonly origin: string;
  readonly spans: readonly CollectedSpan[];
  /** Everything that came, as text. */
  readonly texts: readonly string[];
  close(): Promise<void>;
}

interface Sent { readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly CollectedSpan[] }[] }[] }

export async function collector(): Promise<Collector> {
  const [spans, texts]: [CollectedSpan[], string[]] = [[], []];
  const server = await listening((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => { text += chunk; }).on('end', () => {
      texts.push(text);
      for (const { scopeSpans } of (JSON.parse(text) as Sent).resourceSpans) for (const scope of scopeSpans) spans.push(...scope.spans);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  return { origin: server.origin, spans, texts, close: server.close };
}

/** An attribute of a span, as text. */
export const attributeOf = ({ attributes }: CollectedSpan, name: string): string | undefined => {
  const value = attributes.find(({ key }) => key === name)?.value;
  return value?.stringValue ?? (value?.intValue === undefined ? undefined : String(value.intValue));
};
