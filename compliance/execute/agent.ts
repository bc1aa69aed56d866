/** The seller under test, as steps see it: one call in, one exchange out, whatever the transport. */
import type { Credential } from '../credential.ts';
import type { Exchange, HttpHead, Transport, TransportFailure } from '../exchange.ts';
import type { JsonObject } from '../json/object.ts';

export interface Agent {
  readonly url: string;
  readonly transport: Transport;
  /** Connects with a credential and asks what the agent offers. */
  introduce(credential: Credential): Promise<Introduction>;
  /** Calls a task. Only an aborted run throws; every other way to fail is an exchange. */
  call(task: string, args: JsonObject, credential: Credential, conversation?: Conversation): Promise<Exchange>;
  /** Calls a task with exactly this credential, apart from every other call. A refusal at the door is the result. */
  probe(task: string, args: JsonObject, credential: Credential): Promise<Exchange>;
  /** Whether anybody takes connections at the agent's address. */
  isListening(): Promise<boolean>;
  close(): Promise<void>;
}

/** What an agent calls the conversation that a storyboard has with it; over MCP there is none. */
export interface Conversation {
  context_id?: string;
  /** What it was called before the latest reply. */
  before?: string;
}

export type Introduction =
  | {
    readonly kind: 'introduced';
    /** Names of the tasks that it offers. */
    readonly tools: readonly string[];
    /** The members that each task lists for its input, for tasks that list any. */
    readonly inputs: ReadonlyMap<string, ReadonlySet<string>>;
    /** The revision of the transport's protocol that was agreed on. */
    readonly version: string;
  }
  | { readonly kind: 'failed'; readonly failure: TransportFailure; readonly http?: HttpHead };
