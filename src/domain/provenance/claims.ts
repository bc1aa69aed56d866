import type { CreativeAsset } from '../../protocol/wire/core/creative-asset.ts';
import type { Provenance } from '../../protocol/wire/core/provenance.ts';

/** One statement of where a creative, or an asset of it, comes from. */
export interface Claim {
  /** Literal path below the creative: `provenance`, `assets.image.provenance`. */
  readonly path: string;
  readonly provenance: Provenance;
}

/** An agent that a claim names for checking it. */
export interface Nominated {
  readonly path: string;
  readonly agent_url: string;
  readonly feature_id?: string;
}

/** Everything that a creative says of its provenance, the creative as a whole first. */
export function claimsOf(asset: CreativeAsset): readonly Claim[] {
  const { provenance, assets } = asset as { readonly provenance?: unknown; readonly assets?: unknown };
  return [
    ...(isObject(provenance) ? [{ path: 'provenance', provenance: provenance as Provenance }] : []),
    ...Object.entries(isObject(assets) ? assets : {}).flatMap(([slot, value]) =>
      Array.isArray(value) ? value.flatMap((each, at) => ofAsset(`assets.${slot}[${at}]`, each)) : ofAsset(`assets.${slot}`, value)),
  ];
}

const ofAsset = (path: string, asset: unknown): readonly Claim[] =>
  isObject(asset) && isObject(asset['provenance']) ? [{ path: `${path}.provenance`, provenance: asset['provenance'] as Provenance }] : [];

export function nominatedBy({ path, provenance }: Claim): readonly Nominated[] {
  return (['embedded_provenance', 'watermarks'] as const).flatMap((member) =>
    (provenance[member] ?? []).flatMap(({ verify_agent }, at) =>
      verify_agent ? [{ path: `${path}.${member}[${at}].verify_agent.agent_url`, ...verify_agent }] : []));
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
