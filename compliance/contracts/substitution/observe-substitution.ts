/** The step `expect_substitution_safe`: takes the preview out of the reply before it, or fetches it, and grades its URLs. */
import { send } from '../../execute/http.ts';
import { failure, skippedReport, type StepRun } from '../../execute/step-run.ts';
import type { TransportFailureCode } from '../../exchange.ts';
import { own } from '../../json/object.ts';
import { failed, misauthored, PASSED } from '../../judge/checks/check.ts';
import type { CatalogBinding, SubstitutionProbe } from '../../special-step.ts';
import { type FailedFinding, type Skip, type StepReport, synthesized } from '../../step-report.ts';
import { decoded, encodeForUrl } from './encoding.ts';
import { type BoundValue, judgeSubstitution } from './judge-substitution.ts';
import { trackerUrls } from './tracker-urls.ts';

type Preview =
  | { readonly kind: 'html'; readonly html: string }
  | { readonly kind: 'none'; readonly code: 'preview_source_unavailable' | 'preview_url_unusable'; readonly finding: FailedFinding };

const VECTORS = 'test-vectors/catalog-macro-substitution.json';
const MAX_PREVIEW = { timeoutMs: 10_000, maxBytes: 256 * 1024 };
const HTML_TYPES: ReadonlySet<string> = new Set(['text/html', 'application/xhtml+xml']);
/** The contract's names for why a preview could not be fetched; whatever is not listed got no usable HTTP status. */
const SUB_REASONS: Readonly<Partial<Record<TransportFailureCode, string>>> = {
  timed_out: 'fetch_timeout', too_large: 'size_exceeded', redirected: 'redirect_returned', barred: 'ssrf_blocked',
};

export async function observeSubstitution(run: StepRun, report: StepReport, probe: SubstitutionProbe): Promise<StepReport> {
  const excuse = withoutPreview(run);
  if (excuse !== undefined) return skippedReport(run, report, excuse);
  const from = run.env.clock.elapsed();
  const source = valueAtPointer(run.state.lastReply?.data, probe.source_path);
  const preview = await previewOf(run, probe, source);
  const timed = { ...report, duration_ms: run.env.clock.elapsed() - from };
  if (preview.kind === 'none') return ended(run, timed, [{ code: preview.code, finding: preview.finding }]);
  const bound = probe.bindings.map((binding) => boundValue(run, binding));
  const unknown = probe.bindings.find((_, i) => bound[i] === undefined);
  if (unknown !== undefined)
    return ended(run, timed, [
      { code: 'substitution_misconfigured', finding: misauthored(unknown.vector_name ?? unknown.macro, 'is no vector of the bundle') },
    ]);
  return ended(run, timed, judgeSubstitution(probe, bound.filter((each) => each !== undefined), trackerUrls(preview.html)));
}

/** A preview comes of the step before. A seller that lacks its tool shows none; one that failed it is graded there. */
function withoutPreview({ phase, step, state }: StepRun): Skip | undefined {
  const maker = phase.steps[phase.steps.indexOf(step) - 1];
  const outcome = state.reports.find(({ address }) => address.phase_id === phase.id && address.step_id === maker?.id)?.outcome;
  if (maker === undefined || outcome === undefined) return { reason: 'not_applicable', detail: 'no step before it in the phase makes a preview' };
  if (outcome.kind === 'skipped') return { reason: 'not_applicable', detail: `no preview: step ${maker.id} was skipped (${outcome.skip.reason})` };
  return outcome.kind === 'passed' ? undefined : { reason: 'prerequisite_failed', detail: `needs the preview of step ${maker.id}, which failed` };
}

async function previewOf(run: StepRun, { source, source_path: path }: SubstitutionProbe, value: unknown): Promise<Preview> {
  if (typeof value !== 'string' || value === '')
    return {
      kind: 'none', code: 'preview_source_unavailable',
      finding: failed(path, 'leads to no preview', { json_pointer: path, expected: 'a text', actual: value ?? null }),
    };
  return source === 'html_inline' ? { kind: 'html', html: value } : fetchPreview(run, value);
}

async function fetchPreview({ env }: StepRun, url: string): Promise<Preview> {
  const unusable = (reason: string, detail: string): Preview => ({
    kind: 'none', code: 'preview_url_unusable',
    finding: failed('the preview', `cannot be fetched: ${detail}`, { actual: { sub_reason: reason, url } }),
  });
  if (!URL.canParse(url) || (new URL(url).protocol !== 'https:' && !env.reach.vouchedFor(url)))
    return unusable('ssrf_blocked', 'schemes_allowed: only https may be fetched');
  const reply = await send({ method: 'GET', url, headers: { accept: [...HTML_TYPES].join(', ') } }, {
    ...env.contracts.outgoing, limits: MAX_PREVIEW, maxRedirects: 0,
  });
  if (reply.kind === 'failed') return unusable(SUB_REASONS[reply.failure.code] ?? 'http_status', reply.failure.message);
  if (reply.http.status >= 300 && reply.http.status < 400) return unusable('redirect_returned', `HTTP ${reply.http.status}`);
  if (reply.http.status !== 200) return unusable('http_status', `HTTP ${reply.http.status}`);
  const type = (reply.http.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  return HTML_TYPES.has(type) ? { kind: 'html', html: reply.body } : unusable('content_type', `its type is ${type === '' ? 'missing' : type}`);
}

/** The values of a binding: written in the step, else those of the published vector. */
function boundValue({ env }: StepRun, binding: CatalogBinding): BoundValue | undefined {
  const { macro, vector_name: vector, raw_value: raw, expected_encoded: expected } = binding;
  if (raw !== undefined || expected !== undefined)
    return { macro, name: binding.catalog_item_id, raw: raw ?? decoded(expected!), encoded: expected ?? encodeForUrl(raw!), custom: true };
  const listed = own(env.bundle.vectors.document(VECTORS), 'vectors');
  const value: unknown = own(Array.isArray(listed) ? listed.find((each) => own(each, 'name') === vector) : undefined, 'value');
  return typeof value === 'string' ? { macro, name: vector!, raw: value, encoded: encodeForUrl(value), custom: false } : undefined;
}

function valueAtPointer(root: unknown, pointer: string): unknown {
  return pointer.replace(/^\//, '').split('/').filter((name) => name !== '').map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(own, root);
}

function ended(run: StepRun, report: StepReport, faults: readonly { readonly code: string; readonly finding: FailedFinding }[]): StepReport {
  const { step } = run;
  if (faults.length === 0)
    return { ...report, validations: [synthesized(step.task, 'values of the catalogue stand encoded in URLs', PASSED, step.location)] };
  return {
    ...report, outcome: failure(run),
    validations: faults.map(({ code, finding }) => synthesized(code, 'values of the catalogue stand encoded in URLs', finding, step.location)),
  };
}
