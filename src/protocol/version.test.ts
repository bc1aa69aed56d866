import { expect, test } from 'vitest';
import { negotiateVersion } from './version.ts';

const codeOf = (request: Record<string, unknown>) => {
  const outcome = negotiateVersion(request);
  return outcome.kind === 'served' ? outcome.version : outcome.errors[0].code;
};

test.each([
  [{}], [{ adcp_major_version: 3 }], [{ adcp_version: '3.1' }], [{ adcp_version: '3.1', adcp_major_version: 3 }],
  [{ adcp_version: '3.4' }], [{ adcp_version: '3.1-beta.5' }],
])('serves 3.1 to %j', (request) => expect(codeOf(request)).toBe('3.1'));

test.each([
  [{ adcp_major_version: 99 }], [{ adcp_version: '3.1', adcp_major_version: 99 }], [{ adcp_version: '99.0', adcp_major_version: 3 }],
  [{ adcp_version: '99.0' }], [{ adcp_version: '3.0' }], [{ adcp_version: '2.5' }],
])('refuses VERSION_UNSUPPORTED to %j', (request) => expect(codeOf(request)).toBe('VERSION_UNSUPPORTED'));

test.each([[{ adcp_version: 'three' }], [{ adcp_version: 3.1 }], [{ adcp_major_version: 0 }], [{ adcp_major_version: '3' }]])(
  'refuses INVALID_REQUEST to %j', (request) => expect(codeOf(request)).toBe('INVALID_REQUEST'));

test('names the versions that are served', () => {
  const outcome = negotiateVersion({ adcp_version: '99.0' });
  expect(outcome.kind === 'refused' && outcome.errors[0].details).toEqual({ supported_versions: ['3.1'], supported_majors: [3] });
});
