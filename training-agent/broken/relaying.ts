/** What a lie does to webhooks: it stands on their way out, behind the signature and before the receiver. */
import { request as httpRequest, createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { signingKey, type SigningKey } from '../../src/protocol/signatures/keys.ts';
import { signedHeaders } from '../../src/protocol/signatures/sign.ts';
import type { Sandbox } from '../../src/pipeline/sandbox.ts';
import type { JsonObject } from '../../src/protocol/envelope.ts';
import { retold, rowsOf } from './retelling.ts';

/** One attempt to deliver, as the honest seller sends it. */
export interface Attempt {
  /** The receiver's. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Delivers an attempt, or something else in its place; what it returns the honest seller takes for the receiver's reply. */
export type Meddling = (attempt: Attempt, deliver: (attempt: Attempt) => Promise<Reply>) => Promise<Reply>;

type HostMap = Sandbox['hosts'];

export interface Relay {
  /** Leads what goes to this machine through the relay; everything else as the honest seller has it. */
  hosts(honest: HostMap): HostMap;
  close(): Promise<void>;
}

/** A receiver's answer that the lie makes up. */
export const TAKEN: Reply = { status: 204, headers: {}, body: '' };

export async function startRelay(meddle: Meddling): Promise<Relay> {
  let receiver = '';
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      meddle({ url: `${receiver}${incoming.url!}`, headers: incoming.headers, body: Buffer.concat(chunks).toString('utf8') }, delivered)
        .then(({ status, headers, body }) => outgoing.writeHead(status, headers).end(body), () => outgoing.destroy());
    });
  });
  const own = await listening(server);
  return {
    hosts: (honest) => ({
      get(origin) {
        const known = honest.get(origin);
        if (known !== undefined || !origin.startsWith('http://127.0.0.1:')) return known;
        receiver = origin;
        return own;
      },
    }),
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

function delivered({ url, headers, body }: Attempt): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const { host: _relay, connection: _kept, 'content-length': _before, ...rest } = headers;
    const outgoing = httpRequest(url, { method: 'POST', headers: { ...rest, 'content-length': Buffer.byteLength(body) } }, (reply) => {
      const chunks: Buffer[] = [];
      reply.on('data', (chunk: Buffer) => chunks.push(chunk));
      reply.on('end', () => {
        const { 'transfer-encoding': _chunked, connection: _theirs, ...told } = reply.headers;
        resolve({ status: reply.statusCode!, headers: told, body: Buffer.concat(chunks).toString('utf8') });
      });
      reply.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function listening(server: Server): Promise<string> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)));
}

/** Whether an attempt asks an endpoint who it is: lies are about what is told to those who answered. */
export const isChallenge = ({ body }: Attempt): boolean => body.includes('webhook.challenge');

/** An attempt signed by this key in the place of the honest one. */
export const signedBy = (attempt: Attempt, key: SigningKey): Attempt => ({ ...attempt, headers: { ...attempt.headers, ...signedHeaders(attempt, key, new Date()) } });

/** Tells something else in what is posted, under a signature that is the seller's own; challenges stay as they are. */
export const rewrites = (change: (body: JsonObject, attempt: Attempt) => JsonObject) => (data: string): Meddling => (attempt, deliver) =>
  deliver(isChallenge(attempt) ? attempt : rewritten(attempt, (body) => change(body, attempt), data));

export function rewritten(attempt: Attempt, change: (body: JsonObject) => JsonObject, data: string): Attempt {
  const told = { ...attempt, body: JSON.stringify(change(JSON.parse(attempt.body) as JsonObject)) };
  return 'signature' in attempt.headers ? signedBy(told, ownKey(data)) : told;
}

/** @param data the sandbox's folder, which lies in the seller's */
function ownKey(data: string): SigningKey {
  const folder = join(data, '..', 'signing-keys');
  const [file] = readdirSync(folder);
  return signingKey(JSON.parse(readFileSync(join(folder, file!), 'utf8')) as Parameters<typeof signingKey>[0]);
}

/** A posted report with other rows of its packages. */
export const withReported = (body: JsonObject, change: (row: JsonObject) => JsonObject): JsonObject =>
  retold(body, (object) => ('by_package' in object ? { ...object, by_package: rowsOf(object['by_package']).map(change) } : object)) as JsonObject;
