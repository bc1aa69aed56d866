/** The JSON Schemas of the files that authors write: what an editor completes and checks. Emitted by `npm run schemas`. */
import { check } from './check.ts';
import { capabilityGate, phase } from './phase.ts';
import { step } from './step.ts';
import { storyboardFile } from './storyboard-file.ts';
import { testKit } from './test-kit.ts';
import type { Schema } from './words.ts';

const DRAFT = 'http://json-schema.org/draft-07/schema#';

/** Path below `schemas/` -> the schema. They say what the loader takes, as far as one file and a schema can tell. */
export function authoringSchemas(): ReadonlyMap<string, Schema> {
  return new Map([
    ['adwright/storyboard.json', {
      $schema: DRAFT, title: 'Storyboard', ...storyboardFile, definitions: { capability_gate: capabilityGate, phase, step, check },
    }],
    ['adwright/test-kit.json', { $schema: DRAFT, title: 'Test kit', ...testKit }],
  ]);
}
