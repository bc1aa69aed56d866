import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { InventoryFile } from '../../src/catalogue/shape.ts';
import { ConfigFile } from '../../src/config/shape.ts';
import { PUBLISHED } from '../../src/protocol/wire/published.ts';

/** At run time nobody looks: a start would take longer for it. */
test.each(Object.entries({ ...PUBLISHED, 'the configuration': ConfigFile, 'a file of inventory': InventoryFile }))('%s is a schema of draft 7', (_name, shape) => {
  const ajv = new Ajv({ strict: false });
  expect([ajv.validateSchema(shape), ajv.errors ?? []]).toEqual([true, []]);
});

test('what is none would be noticed', () => {
  expect(new Ajv({ strict: false }).validateSchema({ type: 'objekt' })).toBe(false);
});
