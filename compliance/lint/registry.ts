import type { LintRule } from './rule.ts';
import { advisories } from './rules/advisories.ts';
import { bundleIndex } from './rules/bundle-index.ts';
import { capabilities } from './rules/capabilities.ts';
import { contextKeys } from './rules/context-keys.ts';
import { contradictions } from './rules/contradictions.ts';
import { contributions } from './rules/contributions.ts';
import { credentials } from './rules/credentials.ts';
import { duplicates } from './rules/duplicates.ts';
import { errorCodesExist } from './rules/error-codes.ts';
import { fixtures } from './rules/fixtures.ts';
import { idleMembers } from './rules/idle-members.ts';
import { pagination } from './rules/pagination.ts';
import { paths } from './rules/paths.ts';
import { ranges } from './rules/ranges.ts';
import { requests } from './rules/requests.ts';
import { requirements } from './rules/requirements.ts';
import { schemaReferences } from './rules/schemas.ts';
import { stepReferences } from './rules/step-references.ts';
import { testKits } from './rules/test-kits.ts';
import { values } from './rules/values.ts';

/** Rules that look at one storyboard after the other, whatever the others say. */
export const RULES_OF_ONE: readonly LintRule[] = [
  advisories, capabilities, contextKeys, contributions, errorCodesExist, fixtures, idleMembers, pagination, paths, ranges, requests,
  requirements, schemaReferences, stepReferences, testKits, values,
];

/** Rules that need all of the bundle. */
export const RULES_OF_ALL: readonly LintRule[] = [bundleIndex, contradictions, credentials, duplicates];
