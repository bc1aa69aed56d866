/** Spans that an OpenTelemetry collector takes. Loaded only where one is configured. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Link, type SpanContext } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { BatchSpanProcessor, ParentBasedSampler, TraceIdRatioBasedSampler, TracerProvider, type TracerProviderOptions } from '@opentelemetry/sdk-trace';
import type { OpenSpan, Spans } from './spans.ts';

export interface CollectorSettings {
  readonly url: string;
  readonly service_name: string;
  readonly service_version: string;
  /** Of the traces that begin here, from 0 to 1. */
  readonly sampled: number;
}

const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT, consumer: SpanKind.CONSUMER, internal: SpanKind.INTERNAL } as const;
const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

export function otelSpans(settings: CollectorSettings): Spans {
  const provider = new TracerProvider({
    resource: resourceOf(settings), sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(settings.sampled) }),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: settings.url }) })],
  });
  const tracer = provider.getTracer('adwright', settings.service_version);
  const current = new AsyncLocalStorage<SpanContext>();
  return {
    span(name, { kind, attributes = {}, caused_by }, work) {
      const parent = current.getStore();
      const cause = contextOf(caused_by);
      const links: Link[] = cause ? [{ context: cause }] : [];
      const span = tracer.startSpan(name, { kind: KINDS[kind], attributes, links }, parent ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT);
      const open: OpenSpan = {
        traceparent: traceparentOf(span.spanContext()),
        set: (attribute, value) => void span.setAttribute(attribute, value),
        failed: () => void span.setStatus({ code: SpanStatusCode.ERROR }),
      };
      return current.run(span.spanContext(), async () => {
        try {
          return await work(open);
        } catch (error) {
          open.failed();
          throw error;
        } finally {
          span.end();
        }
      });
    },
    within(traceparent, work) {
      const context = contextOf(traceparent);
      return context ? current.run(context, work) : work();
    },
    // A collector that is away must not keep the server from stopping.
    close: () => provider.shutdown().catch(() => undefined),
  };
}

function contextOf(traceparent: string | undefined): SpanContext | undefined {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(traceparent ?? '') ?? [];
  return traceId && spanId && flags ? { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true } : undefined;
}

const traceparentOf = ({ traceId, spanId, traceFlags }: SpanContext): string => `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;

/** Who sends the spans. Nothing of it is found out, so that there is nothing to wait for and nothing to merge. */
function resourceOf({ service_name, service_version }: CollectorSettings): NonNullable<TracerProviderOptions['resource']> {
  const attributes = { 'service.name': service_name, 'service.version': service_version };
  const resource = { attributes, asyncAttributesPending: false, merge: () => resource, getRawAttributes: () => Object.entries(attributes) } as unknown as NonNullable<TracerProviderOptions['resource']>;
  return resource;
}
