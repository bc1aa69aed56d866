/**
 * Sellers that break one promise each, for proving that a judge notices. Everything else about them is the honest seller:
 * a lie stands between the transport and its pipeline, around its platform, before its door, or on the way of its webhooks.
 */
import type { Platform } from '../../src/domain/ports/platform.ts';
import type { Call } from '../../src/pipeline/call.ts';
import type { Pipeline } from '../../src/pipeline/pipeline.ts';
import type { PrincipalSource } from '../../src/pipeline/principals.ts';
import type { SandboxSetting } from '../../src/pipeline/sandbox.ts';
import type { Answer } from '../../src/protocol/envelope.ts';
import type { SignatureGuard } from '../../src/pipeline/signed/ruling.ts';
import { WANTS_SIGNATURES } from '../signers.ts';
import { startRelay, type Meddling } from './relaying.ts';
import { openTrainingSandbox, type TrainingSandbox } from '../sandbox.ts';

/** Answers a call in the place of the honest seller, which it may ask. */
export type Telling = (call: Call, honest: (call: Call) => Promise<Answer>) => Promise<Answer>;

export interface Lie {
  /** What the seller promises and does not keep, in one sentence. */
  readonly promise: string;
  /** Made once a seller, so that a lie can remember what it was told. */
  readonly tells?: () => Telling;
  readonly platform?: (honest: Platform) => Platform;
  readonly principals?: (honest: PrincipalSource) => PrincipalSource;
  /** Around the guard of signed calls, of a seller that wants calls signed. */
  readonly signatures?: (honest: SignatureGuard) => SignatureGuard;
  /** Made once a seller, likewise. @param data the sandbox's folder */
  readonly webhooks?: (data: string) => Meddling;
}

export interface LyingSeller {
  readonly promise: string;
  readonly facade: (honest: Pipeline) => Pipeline;
  readonly openSandbox: (setting: SandboxSetting) => Promise<TrainingSandbox>;
}

export function lying({ promise, tells = () => (call, honest) => honest(call), platform = (honest) => honest, principals = (honest) => honest, signatures, webhooks }: Lie): LyingSeller {
  const facade = (honest: Pipeline): Pipeline => {
    const tell = tells();
    return { ...honest, dispatch: (call) => tell(call, (asked) => honest.dispatch(asked)) };
  };
  return {
    promise, facade,
    async openSandbox(setting) {
      const sandbox = await openTrainingSandbox(setting);
      const relay = webhooks && await startRelay(webhooks(setting.data));
      return {
        ...sandbox, ...(signatures && { ...WANTS_SIGNATURES, signatures }), platform: platform(sandbox.platform), principals: principals(sandbox.principals), facade: (pipeline) => facade(sandbox.facade?.(pipeline) ?? pipeline),
        ...(relay && { hosts: relay.hosts(sandbox.hosts), close: async () => { await relay.close(); await sandbox.close(); } }),
      };
    },
  };
}
