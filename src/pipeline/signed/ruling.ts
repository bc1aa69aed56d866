import type { Principal } from '../../domain/caller.ts';
import type { Operation } from '../../domain/request-signing.ts';
import type { FaultCode } from '../../protocol/signatures/verify.ts';

/** A message as far as signatures go. */
export interface SignableCall {
  readonly method: string;
  /** As the caller addressed it. */
  readonly url: string;
  /** Names in lower case; several values where a header came several times. */
  readonly headers: Readonly<Record<string, readonly string[] | undefined>>;
  /** The bytes as they came. */
  readonly body: Uint8Array;
  /** The network address that it came from. */
  readonly peer: string;
  /** What it asks for. */
  readonly operations: readonly Operation[];
  /** Whose key or token came with it. */
  readonly bearer?: Principal;
}

export type RequestFault = FaultCode<'request_signature_'>;

export type Ruling =
  /** @property principal whom a signature in the place of a key speaks for */
  | { readonly kind: 'taken'; readonly principal?: Principal }
  | { readonly kind: 'refused'; readonly code: RequestFault }
  /** So many bad signatures came that the next is not looked at. */
  | { readonly kind: 'too_many_failures'; readonly retry_after: number };

/** Says whether a message may be heard, as far as signatures go. */
export interface SignatureGuard {
  /** @throws CredentialsUnavailable when the keys of its signer cannot be had */
  judge(call: SignableCall): Promise<Ruling>;
}
