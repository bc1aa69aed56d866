/** Shapes that several tasks share and that are published as files of their own, under AdCP's paths. */
import { Type, type TSchema } from 'typebox';
import { ACCOUNT_STATUSES, Account, AccountAuthorization, AccountWithAuthorization, BILLING_PARTIES, PAYMENT_TERMS } from './core/account.ts';
import { AccountRef } from './core/account-ref.ts';
import { ADVERTISER_INDUSTRIES } from './core/advertiser-industry.ts';
import { Asset } from './core/asset.ts';
import { AttributionWindow } from './core/attribution-window.ts';
import { AudienceMember } from './core/audience.ts';
import { BrandRef } from './core/brand-ref.ts';
import { BusinessEntity } from './core/business-entity.ts';
import { Catalog } from './core/catalog.ts';
import { Channel } from './core/channel.ts';
import { ConversionEvent, EventCustomData, UserMatch } from './core/conversion-event.ts';
import { CREATIVE_STATUSES, CreativeAsset } from './core/creative-asset.ts';
import { CreativeAssignment, PlacementRef } from './core/creative-assignment.ts';
import { CreativeBrief } from './core/creative-brief.ts';
import { CreativeManifest } from './core/creative-manifest.ts';
import { CreativePolicy } from './core/creative-policy.ts';
import { CatalogItemDelivery, CreativeDelivery, GeoDelivery, KeywordDelivery } from './core/delivery-breakdown.ts';
import { DeliveryMetrics } from './core/delivery-metrics.ts';
import { Deployment, Destination } from './core/deployment.ts';
import { Duration } from './core/duration.ts';
import { ResponseEnvelope } from './core/envelope.ts';
import { AdcpError } from './core/error.ts';
import { EventSourceHealth, EventSurface } from './core/event-source.ts';
import { ActionSource, EventType } from './core/event-type.ts';
import { DeliveryForecast, ForecastPoint, ForecastRange } from './core/forecast.ts';
import { Format } from './core/format.ts';
import { FormatId } from './core/format-id.ts';
import { FormatKind, FormatOption, FormatOptionRef } from './core/format-option.ts';
import { FrequencyCap } from './core/frequency-cap.ts';
import { PostalArea, PostalAreaSupport } from './core/geography.ts';
import { ImageAsset } from './core/image-asset.ts';
import { Impairment } from './core/impairment.ts';
import { MeasurementTerms, MeasurementWindow, PerformanceStandard } from './core/measurement-terms.ts';
import { MediaBuyStatus } from './core/media-buy-status.ts';
import { AvailableAction, MediaBuyAction, ProductAllowedAction, SlaWindow } from './core/media-buy-action.ts';
import { AvailableMetric, CommittedMetric, MetricAggregate, MetricName, VendorMetricValue } from './core/metric.ts';
import { NOTIFICATION_TYPES, NotificationConfig } from './core/notification-config.ts';
import { OptimizationGoal } from './core/optimization-goal.ts';
import { Package } from './core/package.ts';
import { PackageRequest } from './core/package-request.ts';
import { PackageUpdate } from './core/package-update.ts';
import { PaginationRequest, PaginationResponse } from './core/pagination.ts';
import { Placement } from './core/placement.ts';
import { PlannedDelivery } from './core/planned-delivery.ts';
import { PriceBreakdown, PriceGuidance, PricingModel, PricingOption } from './core/pricing-option.ts';
import { Product } from './core/product.ts';
import { ProductFilters } from './core/product-filters.ts';
import { InsertionOrder, ProductAllocation, Proposal } from './core/proposal.ts';
import { Provenance } from './core/provenance.ts';
import { PushNotificationConfig } from './core/push-notification-config.ts';
import { ReachUnit } from './core/reach.ts';
import { GeoBreakdownSupport, ReportingCapabilities } from './core/reporting-capabilities.ts';
import { ReportingWebhook } from './core/reporting-webhook.ts';
import {
  ProductSignalOption, SelectionGroupRule, SIGNAL_VALUE_TYPES, SignalRef, SignalTargeting, SignalTargetingGroups, SignalTargetingRules,
} from './core/signal.ts';
import { CONSENT_BASES, RESTRICTED_ATTRIBUTES } from './core/signal-definition.ts';
import { DaypartTarget, ListRef, TargetingOverlay } from './core/targeting.ts';
import { UidType } from './core/uid.ts';
import { VendorPricingOption } from './core/vendor-pricing-option.ts';
import { WebhookActivity } from './core/webhook-activity.ts';
import { WebhookPayload } from './core/webhook-payload.ts';
import { SIGNAL_TYPES, SignalFilters } from './get-signals.ts';
import { ValidateInputResult } from './validate-input.ts';

export const CORE_SHAPES: Readonly<Record<string, TSchema>> = {
  'core/account-authorization.json': AccountAuthorization,
  'core/account-ref.json': AccountRef,
  'core/account-with-authorization.json': AccountWithAuthorization,
  'core/account.json': Account,
  'core/assets/asset-union.json': Asset,
  'core/assets/image-asset.json': ImageAsset,
  'core/attribution-window.json': AttributionWindow,
  'core/audience-member.json': AudienceMember,
  'core/brand-ref.json': BrandRef,
  'core/business-entity.json': BusinessEntity,
  'core/canonical-format-kind.json': FormatKind,
  'core/catalog-item-delivery-metrics.json': CatalogItemDelivery,
  'core/catalog.json': Catalog,
  'core/committed-metric.json': CommittedMetric,
  'core/creative-asset.json': CreativeAsset,
  'core/creative-assignment.json': CreativeAssignment,
  'core/creative-brief.json': CreativeBrief,
  'core/creative-delivery-metrics.json': CreativeDelivery,
  'core/creative-manifest.json': CreativeManifest,
  'core/creative-policy.json': CreativePolicy,
  'core/daypart-target.json': DaypartTarget,
  'core/delivery-forecast.json': DeliveryForecast,
  'core/delivery-metric-aggregate.json': MetricAggregate,
  'core/delivery-metrics.json': DeliveryMetrics,
  'core/deployment.json': Deployment,
  'core/destination.json': Destination,
  'core/duration.json': Duration,
  'core/error.json': AdcpError,
  'core/event-custom-data.json': EventCustomData,
  'core/event-source-health.json': EventSourceHealth,
  'core/event-surface.json': EventSurface,
  'core/event.json': ConversionEvent,
  'core/forecast-point.json': ForecastPoint,
  'core/forecast-range.json': ForecastRange,
  'core/format-id.json': FormatId,
  'core/format-option-ref.json': FormatOptionRef,
  'core/format.json': Format,
  'core/frequency-cap.json': FrequencyCap,
  'core/geo-breakdown-support.json': GeoBreakdownSupport,
  'core/geo-delivery-metrics.json': GeoDelivery,
  'core/impairment.json': Impairment,
  'core/insertion-order.json': InsertionOrder,
  'core/keyword-delivery-metrics.json': KeywordDelivery,
  'core/mcp-webhook-payload.json': WebhookPayload,
  'core/measurement-terms.json': MeasurementTerms,
  'core/measurement-window.json': MeasurementWindow,
  'core/media-buy-available-action.json': AvailableAction,
  'core/missing-metric.json': MetricName,
  'core/notification-config.json': NotificationConfig,
  'core/optimization-goal.json': OptimizationGoal,
  'core/package-signal-targeting-groups.json': SignalTargetingGroups,
  'core/package.json': Package,
  'core/pagination-request.json': PaginationRequest,
  'core/pagination-response.json': PaginationResponse,
  'core/performance-standard.json': PerformanceStandard,
  'core/placement-ref.json': PlacementRef,
  'core/placement.json': Placement,
  'core/planned-delivery.json': PlannedDelivery,
  'core/postal-area-support.json': PostalAreaSupport,
  'core/postal-area.json': PostalArea,
  'core/pricing-option.json': PricingOption,
  'core/product-allocation.json': ProductAllocation,
  'core/product-allowed-action.json': ProductAllowedAction,
  'core/product-filters.json': ProductFilters,
  'core/product-format-declaration.json': FormatOption,
  'core/product-signal-targeting-option.json': ProductSignalOption,
  'core/product.json': Product,
  'core/property-list-ref.json': ListRef,
  'core/proposal.json': Proposal,
  'core/protocol-envelope.json': ResponseEnvelope,
  'core/provenance.json': Provenance,
  'core/push-notification-config.json': PushNotificationConfig,
  'core/reporting-capabilities.json': ReportingCapabilities,
  'core/reporting-webhook.json': ReportingWebhook,
  'core/signal-filters.json': SignalFilters,
  'core/signal-ref.json': SignalRef,
  'core/signal-selection-group-rule.json': SelectionGroupRule,
  'core/signal-targeting-rules.json': SignalTargetingRules,
  'core/signal-targeting.json': SignalTargeting,
  'core/sla-window.json': SlaWindow,
  'core/targeting.json': TargetingOverlay,
  'core/user-match.json': UserMatch,
  'core/vendor-metric-value.json': VendorMetricValue,
  'core/vendor-pricing-option.json': VendorPricingOption,
  'core/webhook-activity-record.json': WebhookActivity,
  'enums/account-status.json': Type.Enum(ACCOUNT_STATUSES),
  'enums/action-source.json': ActionSource,
  'enums/advertiser-industry.json': Type.Enum(ADVERTISER_INDUSTRIES),
  'enums/available-metric.json': AvailableMetric,
  'enums/billing-party.json': Type.Enum(BILLING_PARTIES),
  'enums/channels.json': Channel,
  'creative/validate-input-result.json': ValidateInputResult,
  'enums/consent-basis.json': Type.Enum(CONSENT_BASES),
  'enums/creative-status.json': Type.Enum(CREATIVE_STATUSES),
  'enums/event-type.json': EventType,
  'enums/media-buy-status.json': MediaBuyStatus,
  'enums/media-buy-valid-action.json': MediaBuyAction,
  'enums/notification-type.json': Type.Enum(NOTIFICATION_TYPES),
  'enums/payment-terms.json': Type.Enum(PAYMENT_TERMS),
  'enums/pricing-model.json': PricingModel,
  'enums/reach-unit.json': ReachUnit,
  'enums/restricted-attribute.json': Type.Enum(RESTRICTED_ATTRIBUTES),
  'enums/signal-catalog-type.json': Type.Enum(SIGNAL_TYPES),
  'enums/signal-value-type.json': Type.Enum(SIGNAL_VALUE_TYPES),
  'enums/uid-type.json': UidType,
  'media-buy/package-request.json': PackageRequest,
  'media-buy/package-update.json': PackageUpdate,
  'pricing-options/price-breakdown.json': PriceBreakdown,
  'pricing-options/price-guidance.json': PriceGuidance,
};
