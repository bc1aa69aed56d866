/** Which release a call is served in (seller specification §1.6). */
import { invalid, refuse, type Refused } from './errors.ts';

export const SERVED_VERSION = '3.1';
export const SERVED_VERSIONS: readonly string[] = ['3.1'];
export const SERVED_MAJORS: readonly number[] = [3];

/** A release at release precision, with an optional prerelease tag. */
const RELEASE = /^(\d+)\.(\d+)(?:-[a-zA-Z0-9.-]+)?$/;

/**
 * Checks the version members of a request, which stand on every task.
 * A higher minor of a served major gets the highest release served; a prerelease of a served release counts as that release.
 */
export function negotiateVersion(request: Readonly<Record<string, unknown>>): { kind: 'served'; version: string } | Refused {
  const { adcp_version: release, adcp_major_version: major } = request;
  if (major !== undefined && !(Number.isInteger(major) && (major as number) >= 1 && (major as number) <= 99))
    return invalid('adcp_major_version', 'adcp_major_version must be an integer from 1 to 99');
  if (release === undefined) return major === undefined || SERVED_MAJORS.includes(major as number) ? served() : unsupported(`major version ${major}`);
  const parts = typeof release === 'string' ? RELEASE.exec(release) : null;
  if (parts === null) return invalid('adcp_version', 'adcp_version must be a release such as "3.1"');
  const [asked, minor] = [Number(parts[1]), Number(parts[2])];
  if (major !== undefined && major !== asked) return unsupported(`release ${release} with major version ${major}`);
  const lowest = Number(SERVED_VERSIONS[0]!.split('.')[1]);
  return SERVED_MAJORS.includes(asked) && minor >= lowest ? served() : unsupported(`release ${release}`);
}

const served = () => ({ kind: 'served', version: SERVED_VERSION }) as const;

function unsupported(asked: string): Refused {
  return refuse('VERSION_UNSUPPORTED', `${asked} is not served; served: ${SERVED_VERSIONS.join(', ')}`, {
    details: { supported_versions: SERVED_VERSIONS, supported_majors: SERVED_MAJORS },
  });
}
