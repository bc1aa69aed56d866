/** What every report says of a bundle without schemas. */
export const NO_SCHEMAS = 'none: response_schema cannot be graded';
