/** Every task that this seller serves, with its shapes; `ref` is the path of AdCP's own schema, and of ours in `schemas/`. */
import type { Static, TSchema } from 'typebox';
import { ComplyTestControllerRequest, ComplyTestControllerResponse, ComplyTestControllerSuccess } from './comply-test-controller.ts';
import { CreateMediaBuyRequest, CreateMediaBuyResponse, CreateMediaBuySuccess } from './create-media-buy.ts';
import { GetAccountFinancialsRequest, GetAccountFinancialsResponse, GetAccountFinancialsSuccess } from './get-account-financials.ts';
import { GetAdcpCapabilitiesRequest, GetAdcpCapabilitiesResponse, GetAdcpCapabilitiesSuccess } from './get-adcp-capabilities.ts';
import { GetMediaBuyDeliveryRequest, GetMediaBuyDeliveryResponse, GetMediaBuyDeliverySuccess } from './get-media-buy-delivery.ts';
import { GetMediaBuysRequest, GetMediaBuysResponse, GetMediaBuysSuccess } from './get-media-buys.ts';
import { GetProductsRequest, GetProductsResponse, GetProductsSuccess } from './get-products.ts';
import { GetTaskStatusRequest, GetTaskStatusResponse, GetTaskStatusSuccess } from './get-task-status.ts';
import { GetSignalsRequest, GetSignalsResponse, GetSignalsSuccess } from './get-signals.ts';
import { ListAccountsRequest, ListAccountsResponse, ListAccountsSuccess } from './list-accounts.ts';
import { ListCreativeFormatsRequest, ListCreativeFormatsResponse, ListCreativeFormatsSuccess } from './list-creative-formats.ts';
import { ListCreativesRequest, ListCreativesResponse, ListCreativesSuccess } from './list-creatives.ts';
import { ListTasksRequest, ListTasksResponse, ListTasksSuccess } from './list-tasks.ts';
import { LogEventRequest, LogEventResponse, LogEventSuccess } from './log-event.ts';
import { PreviewCreativeRequest, PreviewCreativeResponse, PreviewCreativeSuccess } from './preview-creative.ts';
import {
  ProvidePerformanceFeedbackRequest, ProvidePerformanceFeedbackResponse, ProvidePerformanceFeedbackSuccess,
} from './provide-performance-feedback.ts';
import { ReportUsageRequest, ReportUsageResponse, ReportUsageSuccess } from './report-usage.ts';
import { SyncAccountsRequest, SyncAccountsResponse, SyncAccountsSuccess } from './sync-accounts.ts';
import { SyncAudiencesRequest, SyncAudiencesResponse, SyncAudiencesSuccess } from './sync-audiences.ts';
import { SyncCatalogsRequest, SyncCatalogsResponse, SyncCatalogsSuccess } from './sync-catalogs.ts';
import { SyncCreativesRequest, SyncCreativesResponse, SyncCreativesSuccess } from './sync-creatives.ts';
import { SyncEventSourcesRequest, SyncEventSourcesResponse, SyncEventSourcesSuccess } from './sync-event-sources.ts';
import { SyncGovernanceRequest, SyncGovernanceResponse, SyncGovernanceSuccess } from './sync-governance.ts';
import { UpdateMediaBuyRequest, UpdateMediaBuyResponse, UpdateMediaBuySuccess } from './update-media-buy.ts';
import { ValidateInputRequest, ValidateInputResponse, ValidateInputSuccess } from './validate-input.ts';

export interface TaskShape {
  readonly request: TSchema;
  readonly response: TSchema;
  /** What the task itself answers with when it succeeds at once, without the envelope. */
  readonly success: TSchema;
  readonly ref: { readonly request: string; readonly response: string };
}

const ref = (folder: string, stem: string) => ({ request: `${folder}/${stem}-request.json`, response: `${folder}/${stem}-response.json` });

export const SHAPES = {
  get_adcp_capabilities: {
    request: GetAdcpCapabilitiesRequest, response: GetAdcpCapabilitiesResponse, success: GetAdcpCapabilitiesSuccess,
    ref: ref('protocol', 'get-adcp-capabilities'),
  },
  sync_accounts: {
    request: SyncAccountsRequest, response: SyncAccountsResponse, success: SyncAccountsSuccess, ref: ref('account', 'sync-accounts'),
  },
  list_accounts: {
    request: ListAccountsRequest, response: ListAccountsResponse, success: ListAccountsSuccess, ref: ref('account', 'list-accounts'),
  },
  sync_governance: {
    request: SyncGovernanceRequest, response: SyncGovernanceResponse, success: SyncGovernanceSuccess, ref: ref('account', 'sync-governance'),
  },
  get_account_financials: {
    request: GetAccountFinancialsRequest, response: GetAccountFinancialsResponse, success: GetAccountFinancialsSuccess,
    ref: ref('account', 'get-account-financials'),
  },
  report_usage: { request: ReportUsageRequest, response: ReportUsageResponse, success: ReportUsageSuccess, ref: ref('account', 'report-usage') },
  provide_performance_feedback: {
    request: ProvidePerformanceFeedbackRequest, response: ProvidePerformanceFeedbackResponse, success: ProvidePerformanceFeedbackSuccess,
    ref: ref('media-buy', 'provide-performance-feedback'),
  },
  get_products: {
    request: GetProductsRequest, response: GetProductsResponse, success: GetProductsSuccess, ref: ref('media-buy', 'get-products'),
  },
  list_creative_formats: {
    request: ListCreativeFormatsRequest, response: ListCreativeFormatsResponse, success: ListCreativeFormatsSuccess,
    ref: ref('creative', 'list-creative-formats'),
  },
  create_media_buy: {
    request: CreateMediaBuyRequest, response: CreateMediaBuyResponse, success: CreateMediaBuySuccess,
    ref: ref('media-buy', 'create-media-buy'),
  },
  update_media_buy: {
    request: UpdateMediaBuyRequest, response: UpdateMediaBuyResponse, success: UpdateMediaBuySuccess,
    ref: ref('media-buy', 'update-media-buy'),
  },
  get_media_buys: {
    request: GetMediaBuysRequest, response: GetMediaBuysResponse, success: GetMediaBuysSuccess, ref: ref('media-buy', 'get-media-buys'),
  },
  get_media_buy_delivery: {
    request: GetMediaBuyDeliveryRequest, response: GetMediaBuyDeliveryResponse, success: GetMediaBuyDeliverySuccess,
    ref: ref('media-buy', 'get-media-buy-delivery'),
  },
  sync_creatives: {
    request: SyncCreativesRequest, response: SyncCreativesResponse, success: SyncCreativesSuccess, ref: ref('creative', 'sync-creatives'),
  },
  list_creatives: {
    request: ListCreativesRequest, response: ListCreativesResponse, success: ListCreativesSuccess, ref: ref('creative', 'list-creatives'),
  },
  preview_creative: {
    request: PreviewCreativeRequest, response: PreviewCreativeResponse, success: PreviewCreativeSuccess, ref: ref('creative', 'preview-creative'),
  },
  sync_event_sources: {
    request: SyncEventSourcesRequest, response: SyncEventSourcesResponse, success: SyncEventSourcesSuccess,
    ref: ref('media-buy', 'sync-event-sources'),
  },
  log_event: { request: LogEventRequest, response: LogEventResponse, success: LogEventSuccess, ref: ref('media-buy', 'log-event') },
  sync_audiences: {
    request: SyncAudiencesRequest, response: SyncAudiencesResponse, success: SyncAudiencesSuccess, ref: ref('media-buy', 'sync-audiences'),
  },
  sync_catalogs: {
    request: SyncCatalogsRequest, response: SyncCatalogsResponse, success: SyncCatalogsSuccess, ref: ref('media-buy', 'sync-catalogs'),
  },
  get_task_status: {
    request: GetTaskStatusRequest, response: GetTaskStatusResponse, success: GetTaskStatusSuccess, ref: ref('protocol', 'get-task-status'),
  },
  tasks_get: { request: GetTaskStatusRequest, response: GetTaskStatusResponse, success: GetTaskStatusSuccess, ref: ref('core', 'tasks-get') },
  list_tasks: { request: ListTasksRequest, response: ListTasksResponse, success: ListTasksSuccess, ref: ref('protocol', 'list-tasks') },
  get_signals: { request: GetSignalsRequest, response: GetSignalsResponse, success: GetSignalsSuccess, ref: ref('signals', 'get-signals') },
  validate_input: {
    request: ValidateInputRequest, response: ValidateInputResponse, success: ValidateInputSuccess, ref: ref('creative', 'validate-input'),
  },
  comply_test_controller: {
    request: ComplyTestControllerRequest, response: ComplyTestControllerResponse, success: ComplyTestControllerSuccess,
    ref: ref('compliance', 'comply-test-controller'),
  },
} as const satisfies Readonly<Record<string, TaskShape>>;

/** A task that has shapes here. */
export type WireTask = keyof typeof SHAPES;

/** The documents of each task: what comes in, what the task itself answers, and the whole of what goes out. */
export type Wire = {
  readonly [T in WireTask]: {
    readonly request: Static<(typeof SHAPES)[T]['request']>;
    readonly success: Static<(typeof SHAPES)[T]['success']>;
    readonly response: Static<(typeof SHAPES)[T]['response']>;
  };
};
