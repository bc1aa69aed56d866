import type { LintRule } from './rule.ts';
import { paths } from './rules/paths.ts';
import { requests } from './rules/requests.ts';
import { values } from './rules/values.ts';

export const RULES: readonly LintRule[] = [paths, values, requests];
