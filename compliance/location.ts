/** Where something stands in a YAML file. Lines and columns count from 1. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The line of the file as written, for showing it under a finding. Foreign text. */
  readonly source: string;
}

export function formatLocation(location: Location): string {
  return `${location.file}:${location.line}:${location.column}`;
}
