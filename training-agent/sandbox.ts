import type { Sandbox, SandboxSetting } from '../src/pipeline/sandbox.ts';
import { getProducts } from '../src/usecases/get-products.ts';
import { sandboxAccountScope } from './account-scope.ts';
import { timelessAttribution } from './attribution.ts';
import { readBaseCatalogue } from './catalogue/base.ts';
import { sandboxCatalogue } from './catalogue/sandbox-catalogue.ts';
import { testController } from './controller/controller.ts';
import { scenariosOf } from './controller/scenarios.ts';
import { amongNewestSeeds } from './get-products.ts';
import { DEMO_TOKEN } from './kits.ts';
import { PLATFORM_ORIGIN } from './platform/interface.ts';
import { trainingPlatform } from './platform/platform.ts';
import { startPlatform, type PlatformServer } from './platform/server.ts';
import { kitPrincipals } from './principals.ts';
import { openSeeds } from './seeds.ts';

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
  const scenarios = scenariosOf({ catalogue, recorder, features, opened: clock.now() });
  return {
    principals: kitPrincipals,
    scope: sandboxAccountScope,
    attribution: timelessAttribution(features),
    catalogue,
    platform: trainingPlatform,
    hosts: new Map([[PLATFORM_ORIGIN, server.origin]]),
    toolbox: { comply_test_controller: testController(scenarios), get_products: amongNewestSeeds(getProducts) },
    scenarios: Object.keys(scenarios),
    demo_token: DEMO_TOKEN,
    server,
    async close() {
      await server.close();
      seeds.close();
    },
  };
}
