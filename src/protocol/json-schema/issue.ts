/** One reason why a document does not satisfy a schema. Paths are JSON Pointers. */
export interface SchemaIssue {
  readonly instance_path: string;
  readonly schema_path: string;
  readonly keyword: string;
  readonly message: string;
  readonly params: Readonly<Record<string, unknown>>;
}
