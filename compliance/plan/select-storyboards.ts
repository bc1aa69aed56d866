/** Which storyboards of a bundle a seller is to be graded with, by what it claims. */
import { own } from '../json/object.ts';
import { isRelease } from '../load/bundle-index.ts';
import type { Bundle, BundleFile } from '../load/bundle.ts';
import type { SellerProfile } from '../seller.ts';

export interface Selected {
  readonly file: BundleFile;
  /** Why it was selected, for people. */
  readonly because: string;
  /** Asked for by itself, without the scenarios that it requires. */
  readonly alone?: true;
}

/** A name that leads to no file of the bundle. */
export interface UnresolvedReference {
  readonly id: string;
  readonly named_by: string;
}

export type Selection =
  | {
    readonly kind: 'selected';
    readonly storyboards: readonly Selected[];
    readonly unresolved: readonly UnresolvedReference[];
    /** Claims that select nothing, for people. */
    readonly remarks: readonly string[];
  }
  /** The claims contradict the bundle or themselves, so that nothing can be graded. */
  | { readonly kind: 'refused'; readonly code: SelectionRefusal; readonly message: string };

export type SelectionRefusal = 'unsupported_adcp_version' | 'unknown_specialism' | 'specialism_parent_protocol_missing';

/** Claims that select no storyboards of their own. */
const NO_STORYBOARDS: ReadonlySet<string> = new Set(['compliance_testing', 'measurement']);
const DEPRECATED_SIGNING = 'signed-requests';

/** Universal storyboards, then those of each claimed protocol, then those of each claimed specialism; each id once. */
export function selectByCapabilities(bundle: Bundle, profile: SellerProfile): Selection {
  const version = uncoveredVersion(bundle, profile);
  if (version !== undefined) return { kind: 'refused', code: 'unsupported_adcp_version', message: `${version}; storyboards that are named are run all the same: --select` };
  const protocols = claims(profile, 'supported_protocols').filter((id) => !NO_STORYBOARDS.has(id)).map((id) => id.replaceAll('_', '-'));
  const specialisms = claims(profile, 'specialisms');
  for (const id of specialisms) {
    const refusal = specialismRefusal(bundle, id, protocols);
    if (refusal !== undefined) return refusal;
  }
  const universal = universalFiles(bundle);
  const parts = [
    ...protocols.map((id) => ({ id, kind: 'protocol' as const, files: filesOf(bundle, 'protocol', id) })),
    ...specialisms.filter((id) => id !== DEPRECATED_SIGNING).map(
      (id) => ({ id, kind: 'specialism' as const, files: filesOf(bundle, 'specialism', id) })
    ),
  ];
  const empty = parts.filter(({ files }) => files.length === 0);
  const indexed = (id: string): boolean => bundle.index.specialisms?.some((entry) => entry.id === id) ?? false;
  return {
    kind: 'selected',
    storyboards: [
      ...universal.files.map((file) => ({ file, because: 'universal' })),
      ...parts.flatMap(({ id, kind, files }) => files.map((file) => ({ file, because: `${kind} ${id} is claimed` }))),
    ],
    unresolved: [
      ...universal.absent,
      ...empty.filter(({ kind, id }) => kind === 'specialism' && indexed(id)).map(
        ({ id }) => ({ id: `specialisms/${id}`, named_by: 'index.json' })
      ),
    ],
    remarks: empty.filter(({ kind, id }) => kind === 'protocol' || !indexed(id)).map(
      ({ id, kind }) => `the seller claims the ${kind} ${id}, for which this bundle has no storyboards`
    ),
  };
}

/** Why a release that the bundle grades is not among those that the seller supports. */
export function uncoveredVersion(bundle: Bundle, profile: SellerProfile): string | undefined {
  const supported = own(profile.capabilities?.['adcp'], 'supported_versions');
  if (!Array.isArray(supported) || supported.some((each) => covers(String(each), bundle.adcp_version))) return undefined;
  return `the bundle grades AdCP ${bundle.adcp_version}, the seller supports ${supported.map(String).join(', ') || 'no version'}`;
}

/** `3`, `3.1` and `3.1.19` all cover the release 3.1. */
const covers = (supported: string, release: string): boolean =>
  supported === release || supported.startsWith(`${release}.`) || release.startsWith(`${supported}.`);

/** The strings that a claim of the capabilities lists. */
export function claims(profile: SellerProfile, key: 'supported_protocols' | 'specialisms'): readonly string[] {
  const value = profile.capabilities?.[key];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

function specialismRefusal(bundle: Bundle, id: string, protocols: readonly string[]): Extract<Selection, { kind: 'refused' }> | undefined {
  const { specialisms } = bundle.index;
  if (isRelease(bundle.index) && id !== DEPRECATED_SIGNING && specialisms?.some((entry) => entry.id === id) === false)
    return {
      kind: 'refused', code: 'unknown_specialism',
      message: `the seller claims the specialism ${id}, which the bundle's index does not know`,
    };
  const parent = parentProtocol(bundle, id);
  if (parent === undefined || id === DEPRECATED_SIGNING || protocols.includes(parent)) return undefined;
  return {
    kind: 'refused', code: 'specialism_parent_protocol_missing',
    message: `the seller claims the specialism ${id} and not its protocol ${parent}`,
  };
}

/** From the index; without one, from the storyboards of the specialism. */
function parentProtocol(bundle: Bundle, id: string): string | undefined {
  const indexed = bundle.index.specialisms?.find((entry) => entry.id === id)?.protocol;
  if (indexed !== undefined && indexed !== '') return indexed.replaceAll('_', '-');
  return filesOf(bundle, 'specialism', id).flatMap(({ outline }) => (outline.kind === 'storyboard' ? [outline.protocol] : []))
    .find((each) => each !== undefined)?.replaceAll('_', '-');
}

/** The universal storyboards, and those that the index names and the bundle lacks. */
function universalFiles(bundle: Bundle): { readonly files: readonly BundleFile[]; readonly absent: readonly UnresolvedReference[] } {
  const files = bundle.files.filter(({ place }) => place.kind === 'universal');
  const known = new Set(files.map(({ path }) => path.replace(/^universal\/|\.ya?ml$/g, '')));
  const absent = (bundle.index.universal ?? []).filter((name) => !known.has(name));
  return { files, absent: absent.map((name) => ({ id: `universal/${name}`, named_by: 'index.json' })) };
}

function filesOf(bundle: Bundle, kind: 'protocol' | 'specialism', id: string): readonly BundleFile[] {
  return bundle.files.filter(({ place }) => place.kind === kind && place.id === id);
}
