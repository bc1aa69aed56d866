/** A bundle of as many storyboards as are wanted, each with ten steps that the instant agent passes. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const STEPS = 10;

export interface LargeBundle {
  readonly folder: string;
  remove(): void;
}

export function largeBundle(storyboards: number): LargeBundle {
  const folder = mkdtempSync(join(tmpdir(), 'adwright-bench-'));
  const universal = join(folder, 'compliance', 'universal');
  mkdirSync(universal, { recursive: true });
  for (let at = 0; at < storyboards; at += 1) writeFileSync(join(universal, `s${at}.yaml`), storyboard(`s${at}`));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

const storyboard = (id: string): string => `id: ${id}\nversion: "1.0.0"\ntitle: "Storyboard ${id}"\ntrack: core\nphases:\n  - id: main\n    title: "Main"\n    steps:\n${
  Array.from({ length: STEPS }, (_, at) => step(`step_${at}`)).join('')}`;

const step = (id: string): string => `      - id: ${id}
        title: "Ask"
        task: get_products
        sample_request: { buying_mode: "brief", brief: "Anything", context: { correlation_id: "${id}" } }
        validations:
          - { check: field_value, path: "context.correlation_id", value: "${id}", description: "The context comes back" }
          - { check: field_present, path: "products", description: "There are products" }
          - { check: field_value, path: "status", value: "completed", description: "It is done" }
`;
