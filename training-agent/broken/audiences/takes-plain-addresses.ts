import { createHash } from 'node:crypto';
import type { JsonObject } from '../../../src/protocol/envelope.ts';
import { lying } from '../lying.ts';
import { retold } from '../retelling.ts';
import { mishears } from '../telling.ts';

/** Hashes what should never have been sent. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A person who is not hashed is refused.',
  tells: mishears(['sync_audiences'], (request) => retold(request, (object) =>
    (typeof object['hashed_email'] === 'string' && !/^[0-9a-f]{64}$/.test(object['hashed_email'])
      ? { ...object, hashed_email: createHash('sha256').update(object['hashed_email'].toLowerCase()).digest('hex') }
      : object)) as JsonObject),
});
