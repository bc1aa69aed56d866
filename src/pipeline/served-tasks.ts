import type { Features } from '../domain/features.ts';
import type { Toolbox } from './toolbox.ts';
import type { TaskName } from '../protocol/tasks.ts';
import { createMediaBuy } from '../usecases/create-media-buy.ts';
import { getAccountFinancials } from '../usecases/get-account-financials.ts';
import { getAdcpCapabilities } from '../usecases/get-adcp-capabilities.ts';
import { getMediaBuyDelivery } from '../usecases/get-media-buy-delivery.ts';
import { getMediaBuys } from '../usecases/get-media-buys.ts';
import { getProducts } from '../usecases/get-products.ts';
import { getSignals } from '../usecases/get-signals.ts';
import { getTaskStatus } from '../usecases/get-task-status.ts';
import { listAccounts } from '../usecases/list-accounts.ts';
import { listCreativeFormats } from '../usecases/list-creative-formats.ts';
import { listCreatives } from '../usecases/list-creatives.ts';
import { listTasks } from '../usecases/list-tasks.ts';
import { logEvent } from '../usecases/log-event.ts';
import { previewCreative } from '../usecases/preview-creative.ts';
import { providePerformanceFeedback } from '../usecases/provide-performance-feedback.ts';
import { reportUsage } from '../usecases/report-usage.ts';
import { syncAccounts } from '../usecases/sync-accounts.ts';
import { syncAudiences } from '../usecases/sync-audiences.ts';
import { syncCatalogs } from '../usecases/sync-catalogs.ts';
import { syncCreatives } from '../usecases/sync-creatives.ts';
import { syncEventSources } from '../usecases/sync-event-sources.ts';
import { syncGovernance } from '../usecases/sync-governance.ts';
import { updateMediaBuy } from '../usecases/update-media-buy.ts';
import { validateInput } from '../usecases/validate-input.ts';
import { governed } from './governed.ts';
import { reviewed } from './reviewed.ts';

const TOOLBOX = {
  get_adcp_capabilities: getAdcpCapabilities,
  sync_accounts: syncAccounts,
  list_accounts: listAccounts,
  sync_governance: syncGovernance,
  get_account_financials: getAccountFinancials,
  report_usage: reportUsage,
  get_products: reviewed('get_products', getProducts),
  list_creative_formats: listCreativeFormats,
  get_signals: getSignals,
  validate_input: validateInput,
  create_media_buy: reviewed('create_media_buy', governed('create_media_buy', createMediaBuy)),
  update_media_buy: governed('update_media_buy', updateMediaBuy),
  get_media_buys: getMediaBuys,
  get_media_buy_delivery: getMediaBuyDelivery,
  provide_performance_feedback: providePerformanceFeedback,
  sync_creatives: syncCreatives,
  list_creatives: listCreatives,
  preview_creative: previewCreative,
  sync_event_sources: syncEventSources,
  log_event: logEvent,
  sync_audiences: syncAudiences,
  sync_catalogs: syncCatalogs,
  get_task_status: getTaskStatus,
  tasks_get: getTaskStatus,
  list_tasks: listTasks,
} satisfies Toolbox;

/** Tasks that exist only for a feature. */
const NEEDS: readonly (readonly [keyof Features, readonly TaskName[]])[] = [
  ['account_financials', ['get_account_financials']],
  ['conversion_tracking', ['sync_event_sources', 'log_event']],
  ['audience_targeting', ['sync_audiences']],
  ['catalogs', ['sync_catalogs']],
  ['signals', ['get_signals']],
  ['creative_library', ['sync_creatives', 'list_creatives', 'preview_creative']],
];

/** The tasks of a seller with these features; those of a feature that is off are not served. */
export function toolboxFor(features: Features, more: Toolbox = {}): Toolbox {
  const off = new Set(NEEDS.flatMap(([feature, tasks]) => (features[feature] ? [] : tasks)));
  return Object.fromEntries(Object.entries({ ...TOOLBOX, ...more }).filter(([task]) => !off.has(task as TaskName)));
}
