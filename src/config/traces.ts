/** Where traces go: said by the standard variables of OpenTelemetry, since the same ones tell every program of a deployment. */
import { ConfigError } from './yaml-file.ts';

export interface TraceSettings {
  /** The collector's address for traces, over OTLP/HTTP with JSON. */
  readonly url: string;
  readonly service_name: string;
  /** Of the traces that begin here, from 0 to 1; callers decide about theirs. */
  readonly sampled: number;
}

/**
 * Headers for the collector (`OTEL_EXPORTER_OTLP_HEADERS`), which may be secret, and its time-out are read by the exporter itself.
 * @returns nothing unless an endpoint is set
 * @throws ConfigError for one that is no http address, and for a share that is none
 */
export function traceSettings(env: Readonly<Record<string, string | undefined>>): TraceSettings | undefined {
  if (env['OTEL_SDK_DISABLED']?.toLowerCase() === 'true' || env['OTEL_TRACES_EXPORTER'] === 'none') return undefined;
  const [traces, base] = [env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] || undefined, env['OTEL_EXPORTER_OTLP_ENDPOINT'] || undefined];
  const url = traces ?? (base === undefined ? undefined : `${base.replace(/\/+$/, '')}/v1/traces`);
  if (url === undefined) return undefined;
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '')) throw new ConfigError(`OTEL_EXPORTER_OTLP_ENDPOINT: "${traces ?? base}" is no http address`);
  if (new URL(url).username !== '') throw new ConfigError('OTEL_EXPORTER_OTLP_ENDPOINT: credentials stand in OTEL_EXPORTER_OTLP_HEADERS, not in the address');
  return { url, service_name: env['OTEL_SERVICE_NAME'] || 'adwright', sampled: sampledShare(env) };
}

function sampledShare(env: Readonly<Record<string, string | undefined>>): number {
  const [sampler = 'parentbased_always_on', given] = [env['OTEL_TRACES_SAMPLER'] || undefined, env['OTEL_TRACES_SAMPLER_ARG'] || undefined];
  switch (sampler.replace(/^parentbased_/, '')) {
    case 'always_on': return 1;
    case 'always_off': return 0;
    case 'traceidratio': {
      const share = Number(given ?? 1);
      if (!(share >= 0 && share <= 1)) throw new ConfigError(`OTEL_TRACES_SAMPLER_ARG: "${given}" is no share from 0 to 1`);
      return share;
    }
    default: throw new ConfigError(`OTEL_TRACES_SAMPLER: "${sampler}" is not known here; take parentbased_always_on, parentbased_always_off or parentbased_traceidratio`);
  }
}
