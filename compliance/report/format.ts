/** The formats in which a run can be written down. */
export const REPORT_FORMATS = ['json', 'ndjson', 'junit', 'html', 'md'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** A report that the operator asked for. `file`: a path, or `-` for standard output. */
export interface ReportTarget {
  readonly format: ReportFormat;
  readonly file: string;
}

export function isReportFormat(text: string): text is ReportFormat {
  return (REPORT_FORMATS as readonly string[]).includes(text);
}
