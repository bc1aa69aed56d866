import type { LintRule } from './rule.ts';
import { capabilities } from './rules/capabilities.ts';
import { contextKeys } from './rules/context-keys.ts';
import { contributions } from './rules/contributions.ts';
import { duplicates } from './rules/duplicates.ts';
import { errorCodesExist } from './rules/error-codes.ts';
import { paths } from './rules/paths.ts';
import { requests } from './rules/requests.ts';
import { schemaReferences } from './rules/schemas.ts';
import { stepReferences } from './rules/step-references.ts';
import { values } from './rules/values.ts';

export const RULES: readonly LintRule[] = [
  paths, values, requests, errorCodesExist, contextKeys, stepReferences, duplicates, contributions, schemaReferences, capabilities,
];
