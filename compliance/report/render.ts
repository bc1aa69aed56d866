import type { FinishedRun } from './finished-run.ts';
import type { ReportFormat } from './format.ts';
import { htmlReport } from './html/page.ts';
import { jsonReportText } from './json-report.ts';
import { junitReport } from './junit.ts';
import { markdownReport } from './markdown.ts';

/** A report that is written when the run is over, piece by piece; `ndjson` is written while it goes on. */
export function renderReport(format: Exclude<ReportFormat, 'ndjson'>, run: FinishedRun): Iterable<string> {
  switch (format) {
    case 'json': return jsonReportText(run);
    case 'junit': return [junitReport(run)];
    case 'html': return [htmlReport(run)];
    case 'md': return [markdownReport(run)];
  }
}
