import { expect, test } from 'vitest';
import { failed, replayed, succeeded } from './envelope.ts';
import { adcpError, refused } from './errors.ts';

test('echoes the context as it came, on success, refusal and replay, and invents none', () => {
  const context = { correlation_id: 'c-1', deep: { list: [1, null] } };
  const refusal = refused(adcpError('INVALID_REQUEST', 'no'));
  for (const answer of [succeeded({}, context), failed(refusal, context), replayed({ context: 'old' }, context)])
    expect(answer.document['context']).toEqual(context);
  for (const answer of [succeeded({}, undefined), failed(refusal, undefined), replayed({ context: 'old' }, undefined)])
    expect(answer.document).not.toHaveProperty('context');
});

test('repeats the first error in both layers, identical', () => {
  const { document, isError } = failed(refused(adcpError('BUDGET_TOO_LOW', 'a', { field: 'packages[0].budget' }), adcpError('BUDGET_TOO_LOW', 'b')), undefined);
  expect(isError).toBe(true);
  expect(document['status']).toBe('failed');
  expect(document['adcp_error']).toBe((document['errors'] as unknown[])[0]);
  expect(document['errors']).toHaveLength(2);
});

test('keeps an error object under 4096 bytes', () => {
  const issues = Array.from({ length: 200 }, (_, at) => ({ pointer: `/packages/${at}/budget`, message: 'x'.repeat(80), keyword: 'minimum' }));
  const { document } = failed(refused(adcpError('INVALID_REQUEST', 'y'.repeat(9000), { issues, field: 'packages[0].budget', details: { list: 'z'.repeat(5000) } })), undefined);
  expect(Buffer.byteLength(JSON.stringify(document['adcp_error']))).toBeLessThanOrEqual(4096);
  expect(document['adcp_error']).toMatchObject({ code: 'INVALID_REQUEST', field: 'packages[0].budget' });
});
