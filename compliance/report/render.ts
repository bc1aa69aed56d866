import type { FinishedRun } from './finished-run.ts';
import type { ReportFormat } from './format.ts';
import { htmlReport } from './html/page.ts';
import { jsonReport } from './json-report.ts';
import { junitReport } from './junit.ts';
import { markdownReport } from './markdown.ts';

/** A report that is written when the run is over; `ndjson` is written while it goes on. */
export function renderReport(format: Exclude<ReportFormat, 'ndjson'>, run: FinishedRun): string {
  switch (format) {
    case 'json': return `${JSON.stringify(jsonReport(run), null, 2)}\n`;
    case 'junit': return junitReport(run);
    case 'html': return htmlReport(run);
    case 'md': return markdownReport(run);
  }
}
