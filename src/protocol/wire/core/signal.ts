/** Signals: facts about people or contexts that a package may be limited to. */
import { Type, type Static, type TProperties } from 'typebox';
import { anyOfMembers, equals, given, when, without } from './conditions.ts';
import { Domain, Uri } from './texts.ts';
import { VendorPricingOption } from './vendor-pricing-option.ts';

const SignalName = Type.String({ pattern: '^[a-zA-Z0-9_-]+$' });

/** Who vouches for a signal: the product itself, a data provider, or the place where it is published. */
export const SignalRef = Type.Union([
  Type.Object({ scope: Type.Literal('product'), signal_id: SignalName },
    without('data_provider_domain', 'signal_source_url', 'agent_url', 'source', 'id')),
  Type.Object({ scope: Type.Literal('data_provider'), data_provider_domain: Domain, signal_id: SignalName },
    without('agent_url', 'signal_source_url', 'source', 'id')),
  Type.Object({ scope: Type.Literal('signal_source'), signal_source_url: Uri, signal_id: SignalName },
    without('data_provider_domain', 'agent_url', 'source', 'id')),
]);
export type SignalRef = Static<typeof SignalRef>;

/** The older name of a signal. */
export const SignalId = Type.Union([
  Type.Object({ source: Type.Literal('catalog'), data_provider_domain: Domain, id: SignalName }),
  Type.Object({ source: Type.Literal('agent'), agent_url: Uri, id: SignalName }),
]);
export type SignalId = Static<typeof SignalId>;

const named = { signal_ref: Type.Optional(SignalRef), signal_id: Type.Optional(SignalId) };
const eitherName = anyOfMembers('signal_ref', 'signal_id');

const wanted = <P extends TProperties>(members: P) => Type.Union([
  Type.Object({ ...members, value_type: Type.Literal('binary'), value: Type.Boolean() }, eitherName),
  Type.Object({ ...members, value_type: Type.Literal('categorical'), values: Type.Array(Type.String(), { minItems: 1 }) }, eitherName),
  Type.Object({
    ...members, value_type: Type.Literal('numeric'), min_value: Type.Optional(Type.Number()), max_value: Type.Optional(Type.Number()),
  }, eitherName),
]);

/** The older list of signals on a package: a name and the wanted value. */
export const SignalTargeting = wanted(named);
export type SignalTargeting = Static<typeof SignalTargeting>;

export const TARGETING_MODES = ['include', 'exclude'] as const;
/** Whether people with a signal are wanted or kept away: groups of `any` include, groups of `none` exclude. */
export type TargetingMode = (typeof TARGETING_MODES)[number];

/** A signal that a buyer wants to be able to select on a product; `include` when no mode is told. */
export const WantedSignal = wanted({ ...named, targeting_mode: Type.Optional(Type.Enum(TARGETING_MODES)) });
export type WantedSignal = Static<typeof WantedSignal>;

const selected = {
  signal_ref: SignalRef,
  pricing_option_id: Type.Optional(Type.String()),
  signal_agent_segment_id: Type.Optional(Type.String()),
};

/** One signal in a group, with the value that it must have. */
export const PackageSignal = Type.Union([
  Type.Object({ ...selected, value_type: Type.Literal('binary'), value: Type.Literal(true) }),
  Type.Object({ ...selected, value_type: Type.Literal('categorical'), values: Type.Array(Type.String(), { minItems: 1 }) }),
  Type.Object({
    ...selected, value_type: Type.Literal('numeric'), min_value: Type.Optional(Type.Number()), max_value: Type.Optional(Type.Number()),
  }, anyOfMembers('min_value', 'max_value')),
]);
export type PackageSignal = Static<typeof PackageSignal>;

/** Every group must hold; `any` wants one of its signals, `none` excludes them all. */
export const SignalTargetingGroups = Type.Object({
  operator: Type.Enum(['all']),
  groups: Type.Array(Type.Object({
    operator: Type.Enum(['any', 'none']),
    signals: Type.Array(PackageSignal, { minItems: 1 }),
  }), { minItems: 1 }),
});
export type SignalTargetingGroups = Static<typeof SignalTargetingGroups>;

/** A signal as a product lists it. */
export const SIGNAL_VALUE_TYPES = ['binary', 'categorical', 'numeric'] as const;
const listing = {
  signal_ref: Type.Optional(SignalRef),
  signal_id: Type.Optional(SignalId),
  name: Type.Optional(Type.String()),
  description: Type.Optional(Type.String()),
  value_type: Type.Optional(Type.Enum(SIGNAL_VALUE_TYPES)),
  categories: Type.Optional(Type.Array(Type.String(), { minItems: 1 })),
  range: Type.Optional(Type.Object({ min: Type.Number(), max: Type.Number() }, { additionalProperties: false })),
};
/** A signal that only the product defines has to say what it is. */
export const PRODUCT_SIGNAL_IS_NAMED = given(
  { required: ['signal_ref'], properties: { signal_ref: { type: 'object', ...equals('scope', 'product') } } },
  { required: ['name', 'value_type'] },
);

export const SignalListing = Type.Object(listing, { ...eitherName, allOf: [PRODUCT_SIGNAL_IS_NAMED] });
export type SignalListing = Static<typeof SignalListing>;

/** A signal that a package on the product may select. */
export const ProductSignalOption = Type.Object({
  ...listing,
  signal_ref: SignalRef,
  signal_agent_segment_id: Type.Optional(Type.String()),
  activation_status: Type.Optional(Type.Enum(['ready', 'requires_activation'])),
  allowed_targeting_modes: Type.Optional(Type.Array(Type.Enum(TARGETING_MODES), { minItems: 1, uniqueItems: true })),
  default_selected: Type.Optional(Type.Boolean()),
  selection_group: Type.Optional(Type.String()),
  pricing_options: Type.Optional(Type.Array(VendorPricingOption, { minItems: 1 })),
}, { allOf: [PRODUCT_SIGNAL_IS_NAMED, when('activation_status', 'requires_activation', { required: ['signal_agent_segment_id'] })] });
export type ProductSignalOption = Static<typeof ProductSignalOption>;

export const SELECTION_MODES = ['optional', 'required', 'fixed'] as const;
const fewest = Type.Optional(Type.Integer({ minimum: 0 }));
const most = Type.Optional(Type.Integer({ minimum: 1 }));

/** What holds for the options of one selection group instead of what holds for the product. */
export const SelectionGroupRule = Type.Object({
  selection_group: Type.String(),
  targeting_mode: Type.Optional(Type.Enum(TARGETING_MODES)),
  selection_mode: Type.Optional(Type.Enum(SELECTION_MODES)),
  min_selected_signals: fewest,
  max_selected_signals: most,
});
export type SelectionGroupRule = Static<typeof SelectionGroupRule>;

/** How many signals a package may or must select. */
export const SignalTargetingRules = Type.Object({
  resolution_model: Type.Optional(Type.Enum(['direct_targeting', 'seller_planned'])),
  selection_mode: Type.Optional(Type.Enum(SELECTION_MODES)),
  min_selected_signals: fewest,
  max_selected_signals: most,
  max_selected_per_group: most,
  max_signal_targeting_groups: most,
  max_signals_per_targeting_group: most,
  selection_group_rules: Type.Optional(Type.Array(SelectionGroupRule, { minItems: 1 })),
});
export type SignalTargetingRules = Static<typeof SignalTargetingRules>;
