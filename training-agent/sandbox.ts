import type { Sandbox, SandboxSetting } from '../src/pipeline/sandbox.ts';
import { createMediaBuy } from '../src/usecases/create-media-buy.ts';
import { getProducts } from '../src/usecases/get-products.ts';
import { sandboxAccountScope } from './account-scope.ts';
import { timelessAttribution } from './attribution.ts';
import { readBaseCatalogue } from './catalogue/base.ts';
import { sandboxCatalogue } from './catalogue/sandbox-catalogue.ts';
import { testController } from './controller/controller.ts';
import { scenariosOf } from './controller/scenarios.ts';
import { openDirectives } from './directives.ts';
import { amongNewestSeeds } from './get-products.ts';
import { DEMO_TOKEN } from './kits.ts';
import { PLATFORM_ORIGIN } from './platform/interface.ts';
import { trainingPlatform } from './platform/platform.ts';
import { startPlatform, type PlatformServer } from './platform/server.ts';
import { kitPrincipals } from './principals.ts';
import { openSeeds } from './seeds.ts';
import { staleWhenForced } from './stale.ts';
import { submittedWhenForced } from './submitted.ts';

export interface TrainingSandbox extends Sandbox {
  /** The platform behind it, for tests that look at what arrived or make it fail. */
  readonly server: PlatformServer;
}

/** Everything that a sandbox puts in the place of production's ports; its platform listens until it is closed. */
export async function openTrainingSandbox(setting: SandboxSetting): Promise<TrainingSandbox> {
  const { data, agent_url, features, clock, recorder } = setting;
  const base = readBaseCatalogue(features);
  const seeds = openSeeds(data);
  const catalogue = sandboxCatalogue(base, seeds, agent_url);
  const server = await startPlatform(clock);
  const directives = openDirectives();
  const opened = clock.now();
  const scenarios = scenariosOf({ catalogue, recorder, features, opened, directives });
  const products = staleWhenForced(amongNewestSeeds(getProducts), directives, opened);
  return {
    principals: kitPrincipals,
    scope: sandboxAccountScope,
    attribution: timelessAttribution(features),
    catalogue,
    platform: trainingPlatform,
    hosts: new Map([[PLATFORM_ORIGIN, server.origin]]),
    toolbox: {
      comply_test_controller: testController(scenarios),
      get_products: submittedWhenForced('get_products', products, directives, (request) => request['buying_mode'] === 'wholesale'),
      create_media_buy: submittedWhenForced('create_media_buy', createMediaBuy, directives),
    },
    scenarios: Object.keys(scenarios),
    demo_token: DEMO_TOKEN,
    server,
    async close() {
      await server.close();
      seeds.close();
    },
  };
}
