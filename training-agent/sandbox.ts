import type { Caller } from '../src/domain/caller.ts';
import type { Recorder } from '../src/domain/ports/recorder.ts';
import { governed } from '../src/pipeline/governed.ts';
import { reviewed } from '../src/pipeline/reviewed.ts';
import type { Sandbox, SandboxSetting } from '../src/pipeline/sandbox.ts';
import { createMediaBuy } from '../src/usecases/create-media-buy.ts';
import { getAdcpCapabilities } from '../src/usecases/get-adcp-capabilities.ts';
import { getMediaBuys } from '../src/usecases/get-media-buys.ts';
import { getProducts } from '../src/usecases/get-products.ts';
import { getSignals } from '../src/usecases/get-signals.ts';
import { listCreativeFormats } from '../src/usecases/list-creative-formats.ts';
import { listCreatives } from '../src/usecases/list-creatives.ts';
import { previewCreative } from '../src/usecases/preview-creative.ts';
import { syncAccounts } from '../src/usecases/sync-accounts.ts';
import { syncCreatives } from '../src/usecases/sync-creatives.ts';
import { sandboxAccountScope } from './account-scope.ts';
import { timelessAttribution } from './attribution.ts';
import { readBaseCatalogue } from './catalogue/base.ts';
import { sandboxCatalogue, spending } from './catalogue/sandbox-catalogue.ts';
import { testController } from './controller/controller.ts';
import { scenariosOf } from './controller/scenarios.ts';
import { FEEDS_ORIGIN, startFeeds } from './feeds/server.ts';
import { openDirectives } from './directives.ts';
import { oneProposalExpired } from './expired-proposal.ts';
import { countedAtOnce } from './first-counts.ts';
import { GOVERNANCE_ORIGIN, startGovernance, type GovernanceServer } from './governance/server.ts';
import { amongNewestSeeds } from './get-products.ts';
import { DEMO_TOKEN } from './kits.ts';
import { PLATFORM_ORIGIN } from './platform/interface.ts';
import { trainingPlatform } from './platform/platform.ts';
import { startPlatform, type PlatformServer } from './platform/server.ts';
import { kitPrincipals } from './principals.ts';
import { withoutFillers } from './filler-words.ts';
import { LibraryPolicies } from './library-policy.ts';
import { previewFormatNamed } from './preview-creative.ts';
import { openSeeds } from './seeds.ts';
import { sharedRecorder } from './shared-recorder.ts';
import { openSharedState, type SharedState } from './shared-state.ts';
import { staleWhenForced } from './stale.ts';
import { submittedWhenForced } from './submitted.ts';
import { VendorCatalogues } from './vendor-catalogues.ts';
import { startVerifier, VERIFIER_ORIGIN, type VerifierServer } from './verifier/server.ts';

export interface TrainingSandbox extends Sandbox {
  readonly recorder: Recorder;
  /** The platform behind it, for tests that look at what arrived or make it fail. */
  readonly server: PlatformServer;
  /** The governance agent that the harness's products name. */
  readonly verifier: VerifierServer;
  /** The governance agent that buyers of the sandbox may register. */
  readonly governance: GovernanceServer;
}

/** Everything that a sandbox puts in the place of production's ports; its platform listens until it is closed. */
export async function openTrainingSandbox(setting: SandboxSetting): Promise<TrainingSandbox> {
  const { data, agent_url, features, clock } = setting;
  const base = readBaseCatalogue(features);
  const seeds = openSeeds(data);
  const state = openSharedState(data);
  const recorder = sharedRecorder(state);
  const policies = new LibraryPolicies(state);
  const vendors = new VendorCatalogues(state);
  const catalogue = {
    ...sandboxCatalogue(base, seeds, agent_url),
    library_policies: async ({ principal }: Caller) => policies.of(principal.principal_id),
    vendor_metrics: async ({ principal }: Caller, domain: string) => vendors.of(principal.principal_id, domain),
  };
  const server = await startPlatform(clock);
  const verifier = await startVerifier();
  const feeds = await startFeeds(clock, state);
  const governance = await startGovernance(() => clock.now(), state);
  const directives = openDirectives(state);
  const opened = clock.now();
  const scenarios = scenariosOf({ catalogue, recorder, vendors, features, opened: firstOpened(state, opened), directives, feeds, governance });
  const products = policies.beginning(staleWhenForced(amongNewestSeeds(getProducts), directives, opened));
  return {
    principals: kitPrincipals,
    scope: sandboxAccountScope,
    recorder,
    attribution: timelessAttribution(features),
    catalogue,
    platform: trainingPlatform,
    unplanned: 'proceed',
    hosts: new Map([[PLATFORM_ORIGIN, server.origin], [VERIFIER_ORIGIN, verifier.origin], [GOVERNANCE_ORIGIN, governance.origin], [FEEDS_ORIGIN, feeds.origin]]),
    toolbox: {
      comply_test_controller: testController(scenarios),
      get_products: submittedWhenForced('get_products', reviewed('get_products', products), directives, (request) => request['buying_mode'] === 'wholesale'),
      get_signals: submittedWhenForced('get_signals', getSignals, directives, (request) => request['discovery_mode'] === 'wholesale'),
      create_media_buy: policies.ending(submittedWhenForced('create_media_buy', reviewed('create_media_buy', governed('create_media_buy', countedAtOnce(oneProposalExpired(createMediaBuy)))), directives)),
      ...(features.creative_library ? { sync_creatives: spending(syncCreatives, catalogue.spend) } : {}),
      get_adcp_capabilities: vendors.forgetting(policies.ending(getAdcpCapabilities)),
      sync_accounts: vendors.forgetting(policies.ending(syncAccounts)),
      get_media_buys: policies.ending(getMediaBuys),
      list_creative_formats: policies.ending(listCreativeFormats),
      ...(features.creative_library ? { list_creatives: policies.ending(listCreatives), preview_creative: previewFormatNamed(previewCreative) } : {}),
    },
    facade: withoutFillers,
    scenarios: Object.keys(scenarios),
    demo_token: DEMO_TOKEN,
    server,
    verifier,
    governance,
    async close() {
      await server.close();
      await verifier.close();
      await feeds.close();
      await governance.close();
      seeds.close();
      state.close();
    },
  };
}

/** When the first server of the sandbox opened it. */
function firstOpened(state: SharedState, now: Date): Date {
  const times = state.shelf<string>('opened');
  const first = times.get('first') ?? now.toISOString();
  times.put('first', first);
  return new Date(first);
}
