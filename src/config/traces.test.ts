import { expect, test } from 'vitest';
import { traceSettings } from './traces.ts';

test('nothing is traced unless an endpoint is set, or when tracing is switched off', () => {
  expect(traceSettings({})).toBeUndefined();
  expect(traceSettings({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318', OTEL_SDK_DISABLED: 'true' })).toBeUndefined();
  expect(traceSettings({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318', OTEL_TRACES_EXPORTER: 'none' })).toBeUndefined();
});

test('reads the standard variables', () => {
  expect(traceSettings({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318/' })).toEqual({ url: 'http://c:4318/v1/traces', service_name: 'adwright', sampled: 1 });
  expect(traceSettings({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://c/t', OTEL_SERVICE_NAME: 'desk', OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.1' }))
    .toEqual({ url: 'https://c/t', service_name: 'desk', sampled: 0.1 });
});

test.each([
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' }, /OTEL_EXPORTER_OTLP_ENDPOINT/],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c', OTEL_TRACES_SAMPLER: 'jaeger_remote' }, /OTEL_TRACES_SAMPLER/],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c', OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '2' }, /OTEL_TRACES_SAMPLER_ARG/],
])('refuses %j by name', (env, message) => {
  expect(() => traceSettings(env)).toThrow(message);
});
