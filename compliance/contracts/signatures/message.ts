/** What a signature is made over: an HTTP request, with its body byte for byte. */
export interface SignedMessage {
  readonly method: string;
  /** As the other side addressed it. */
  readonly url: string;
  /** Names in lower case; several values of one field joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}
