/** The value at a path such as `packages[0].budget`. */
export const valueAt = (document: unknown, path: string): unknown =>
  path.split(/[.[\]]+/).filter((step) => step !== '').reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[step] : undefined), document);
