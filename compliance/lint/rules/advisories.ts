/** Advisory checks whose time is over: they are graded as required by now, and the text says otherwise. */
import { CAPABILITY_VERSION } from '../../judge/checks/registry.ts';
import { isReached } from '../../judge/checks/semver.ts';
import { doubtful, type LintRule } from '../rule.ts';
import { mapsOf } from '../suite.ts';
import { textOf } from '../texts.ts';

export const advisories: LintRule = ({ storyboards }) => storyboards.flatMap(({ steps }) => steps)
  .flatMap(({ node }) => mapsOf(node.member('validations')))
  .flatMap((check) => textOf(check, 'expires_after_version') ?? [])
  .filter(({ text }) => isReached(CAPABILITY_VERSION, text))
  .map(({ text, at }) => doubtful('expired_advisory', at, `the check has been required since ${text}: this judge grades ${CAPABILITY_VERSION}`,
    'remove `severity` and the expiry, or name a later version'));
