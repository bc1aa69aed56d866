import { isObject } from '../json/object.ts';

/** The `index.json` of a bundle, as far as the judge needs it. */
export interface BundleIndex {
  readonly published_version?: string;
  readonly adcp_version?: string;
  /** File stems below `universal/`, in the order in which they run. */
  readonly universal?: readonly string[];
  readonly specialisms?: readonly SpecialismEntry[];
}

export interface SpecialismEntry {
  readonly id: string;
  readonly protocol: string;
  readonly status: string;
}

/** Whether the bundle is a release of AdCP as such, which knows every protocol and specialism; others hold a part of them. */
export function isRelease(index: BundleIndex): boolean {
  return index.adcp_version !== undefined && (index.published_version ?? index.adcp_version) === index.adcp_version;
}

/** Reads the index leniently: members of another shape count as absent. */
export function readBundleIndex(json: unknown): BundleIndex {
  if (!isObject(json)) return {};
  const { published_version, adcp_version, universal, specialisms } = json;
  return {
    ...(typeof published_version === 'string' && { published_version }),
    ...(typeof adcp_version === 'string' && { adcp_version }),
    ...(Array.isArray(universal) && { universal: universal.filter((each) => typeof each === 'string') }),
    ...(Array.isArray(specialisms) && { specialisms: specialisms.flatMap(specialismOf) }),
  };
}

function specialismOf(entry: unknown): SpecialismEntry[] {
  if (!isObject(entry) || typeof entry['id'] !== 'string') return [];
  return [{ id: entry['id'], protocol: String(entry['protocol'] ?? ''), status: String(entry['status'] ?? 'stable') }];
}
