/** What a sandbox puts in the place of the strict ports of production. Supplied from outside `src`, loaded by configuration. */
import type { AccountScope } from '../domain/ports/account-scope.ts';
import type { AttributionPolicy } from '../domain/ports/attribution-policy.ts';
import type { Catalogue } from '../domain/ports/catalogue.ts';
import type { Clock } from '../domain/ports/clock.ts';
import type { Signer } from '../domain/ports/signers.ts';
import type { SigningPolicy } from '../domain/request-signing.ts';
import type { Platform } from '../domain/ports/platform.ts';
import type { Features } from '../domain/features.ts';
import type { Recorder } from '../domain/ports/recorder.ts';
import type { GovernancePolicy } from '../usecases/desk.ts';
import type { Pipeline } from './pipeline.ts';
import type { PrincipalSource } from './principals.ts';
import type { SignatureGuard } from './signed/ruling.ts';
import type { Toolbox } from './toolbox.ts';

export interface SandboxSetting {
  /** A folder of the sandbox's own, or `:memory:`. */
  readonly data: string;
  readonly agent_url: string;
  readonly features: Features;
  readonly clock: Clock;
}

export interface Sandbox {
  readonly principals: PrincipalSource;
  readonly scope: AccountScope;
  readonly attribution: AttributionPolicy;
  readonly catalogue: Catalogue;
  readonly platform: Platform;
  /** Where what the seller sends is written down, so that the test controller can show it; absent: with the process. */
  readonly recorder?: Recorder;
  /** What becomes of purchases for which no governance plan is known; absent: what production does. */
  readonly unplanned?: GovernancePolicy['unplanned'];
  /** Where the https hosts of the platform really stand, `https://host` -> `http://127.0.0.1:port`. */
  readonly hosts: Pick<ReadonlyMap<string, string>, 'get'>;
  /** The test controller. */
  readonly toolbox: Toolbox;
  /** Scenarios of the test controller, as capabilities list them. */
  readonly scenarios: readonly string[];
  /** A token to try the server with. */
  readonly demo_token: string;
  /** Stands around the guard of signed calls, likewise. */
  readonly signatures?: (honest: SignatureGuard) => SignatureGuard;
  /** Which calls are to be signed, where the configuration does not say and the seller has a public URL. */
  readonly request_signing?: { readonly policy: SigningPolicy; readonly signers: readonly Signer[] };
  /** A seller that only pretends, for proving the judge: stands between transports and the honest pipeline. */
  readonly facade?: (honest: Pipeline) => Pipeline;
  close(): Promise<void>;
}

/** What a sandbox module exports as `openSandbox`. */
export type OpenSandbox = (setting: SandboxSetting) => Promise<Sandbox>;
